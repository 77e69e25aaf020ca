package io.condatis.internal.os;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.condatis.testing.Await;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A death is told more than once: who was about to sleep when it was first told hears of it too. */
@Timeout(60)
class DeathEchoTest {
    private static final long TIME_TO_FALL_ASLEEP_NS = TimeUnit.MILLISECONDS.toNanos(1);

    @Test
    void shouldTellAgainWhenThoseWhoFellAsleepMeanwhileCanHearIt() throws Exception {
        final DeathWatch watch = DeathWatch.get();
        assumeTrue(watch != null, "deaths are not watched here");
        final List<Long> toldNs = new CopyOnWriteArrayList<>();
        final Runnable onDeath = () -> toldNs.add(System.nanoTime());
        final Process process = new ProcessBuilder("sleep", "600").start();
        try {
            final long startTicks =
                    ProcessStatus.of(Long.toString(process.pid())).startTicks();
            assertTrue(watch.watch(process.pid(), startTicks, onDeath));
            process.destroyForcibly();
            Await.until(
                    "it is told again",
                    () -> !toldNs.isEmpty() && toldNs.get(toldNs.size() - 1) - toldNs.get(0) >= TIME_TO_FALL_ASLEEP_NS);
        } finally {
            process.destroyForcibly();
            watch.forget(onDeath);
        }
    }
}
