package io.condatis.internal.os;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.condatis.testing.Await;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A death is told more than once: who was about to sleep when it was first told hears of it too. */
@Timeout(60)
class DeathEchoTest {
    private static final long TIME_TO_FALL_ASLEEP_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(2);
    /** A watch that got no processor between two of its tellings may have told all within less. */
    private static final int DEATHS = 3;

    @Test
    void shouldTellAgainWhenThoseWhoFellAsleepMeanwhileCanHearIt() throws Exception {
        final DeathWatch watch = DeathWatch.get();
        assumeTrue(watch != null, "deaths are not watched here");
        boolean toldAgain = false;
        for (int i = 0; i < DEATHS && !toldAgain; i++) {
            toldAgain = isToldAgain(watch);
        }
        assertTrue(toldAgain);
    }

    private static boolean isToldAgain(final DeathWatch watch) throws Exception {
        final List<Long> toldNs = new CopyOnWriteArrayList<>();
        final Runnable onDeath = () -> toldNs.add(System.nanoTime());
        final Process process = new ProcessBuilder("sleep", "600").start();
        try {
            final long startTicks =
                    ProcessStatus.of(Long.toString(process.pid())).startTicks();
            assertTrue(watch.watch(process.pid(), startTicks, onDeath));
            process.destroyForcibly();
            Await.until("it is told", () -> !toldNs.isEmpty());
            while (toldNs.get(toldNs.size() - 1) - toldNs.get(0) < TIME_TO_FALL_ASLEEP_NS) {
                if (System.nanoTime() - toldNs.get(0) > PATIENCE_NS) {
                    return false;
                }
                LockSupport.parkNanos(TIME_TO_FALL_ASLEEP_NS);
            }
            return true;
        } finally {
            process.destroyForcibly();
            watch.forget(onDeath);
        }
    }
}
