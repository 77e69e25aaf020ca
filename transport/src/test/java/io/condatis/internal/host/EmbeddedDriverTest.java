package io.condatis.internal.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(LeakCheck.class)
class EmbeddedDriverTest {
    private static final long NAP_NS = TimeUnit.MILLISECONDS.toNanos(10);

    /** The driver and its client run in one thread: the one cannot be dead where the other lives. */
    @Test
    void shouldOutliveAStopOrAJumpOfTheClockBetweenTheDriverAndItsClient() {
        final List<Throwable> errors = new ArrayList<>();
        try (EmbeddedDriver driver = new EmbeddedDriver(Path.of("/dev/shm", Names.unique()), errors::add)) {
            driver.invoke();
            final long looksEveryNs = driver.aeron().context().keepAliveIntervalNs();
            final long beganNs = System.nanoTime();
            while (System.nanoTime() - beganNs < looksEveryNs + 2 * NAP_NS) {
                driver.aeron()
                        .context()
                        .toDriverBuffer()
                        .consumerHeartbeatTime(System.currentTimeMillis() - TimeUnit.HOURS.toMillis(1));
                driver.aeron().conductorAgentInvoker().invoke();
                LockSupport.parkNanos(NAP_NS);
            }
            assertFalse(driver.aeron().isClosed());
            assertEquals(List.of(), errors);
        }
    }
}
