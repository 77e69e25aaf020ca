package io.condatis.internal.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.internal.os.ProcessIdentity;
import io.condatis.internal.protocol.ManagerDirectory;
import io.condatis.internal.protocol.ManagerFile;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ServerWatchTest {
    private static final long MOMENT_NS = TimeUnit.MILLISECONDS.toNanos(4);

    @Test
    void shouldSleepForMomentsHoweverLongItTakesToConnectAndFiftyTimesMore() {
        final ManagerDirectory directory = new ManagerDirectory("watch-" + ProcessIdentity.pid());
        try (ManagerFile file = directory.create()) {
            final ServerWatch watch = new ServerWatch(file);
            assertMoments(1_000, watch);
            watch.connected();
            assertMoments(50, watch);
            assertTrue(watch.napNs() > MOMENT_NS, "nothing waits for it any more");
            watch.end();
            assertMoments(10, watch);
        } finally {
            directory.remove();
        }
    }

    private static void assertMoments(final int count, final ServerWatch watch) {
        for (int i = 0; i < count; i++) {
            assertEquals(MOMENT_NS, watch.napNs());
        }
    }
}
