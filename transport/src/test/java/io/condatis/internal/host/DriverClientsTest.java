package io.condatis.internal.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.aeron.AeronCounters;
import io.aeron.DriverProxy;
import io.condatis.internal.protocol.ManagerDirectory;
import io.condatis.internal.protocol.ManagerFile;
import io.condatis.internal.protocol.Protocol;
import io.condatis.testing.Await;
import io.condatis.testing.LeakCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(LeakCheck.class)
class DriverClientsTest {
    /** Gives the driver a command and no sign of life, as a process does that is killed at once. */
    private static final long CLIENT = 4_711;

    @Test
    void shouldGiveBackTheStreamOfAClientThatDiedBeforeItHadAName() {
        final ManagerDirectory directory =
                new ManagerDirectory("driver-clients-" + ProcessHandle.current().pid());
        try (ManagerFile file = directory.create();
                EmbeddedDriver driver = new EmbeddedDriver(directory.aeron(), Throwable::printStackTrace)) {
            final DriverClients clients = new DriverClients(driver.aeron(), file.participants());
            final Path publications = directory.aeron().resolve("publications");
            new DriverProxy(driver.aeron().context().toDriverBuffer(), CLIENT)
                    .addExclusivePublication("aeron:ipc", Protocol.REQUEST_STREAM);
            Await.until("the stream is there", () -> driver.invoke() >= 0 && count(publications) == 1);
            final long now = System.currentTimeMillis();

            clients.closeDead(now);
            for (int i = 0; i < 10; i++) {
                driver.invoke();
            }
            assertEquals(1, heartbeatsOf(driver, CLIENT));

            clients.closeDead(now + DriverClients.NAMELESS_PATIENCE_MS + 1_000);
            Await.until("the stream is gone", () -> driver.invoke() >= 0 && count(publications) == 0);
            assertEquals(0, heartbeatsOf(driver, CLIENT));
        } finally {
            directory.remove();
        }
    }

    private static int heartbeatsOf(final EmbeddedDriver driver, final long client) {
        final CountersReader counters = driver.aeron().countersReader();
        final int[] found = {0};
        counters.forEach((id, type, key, label) -> found[0] +=
                type == AeronCounters.DRIVER_HEARTBEAT_TYPE_ID && counters.getCounterRegistrationId(id) == client
                        ? 1
                        : 0);
        return found[0];
    }

    private static long count(final Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
