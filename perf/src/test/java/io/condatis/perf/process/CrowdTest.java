package io.condatis.perf.process;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.process.WorkerProcess;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CrowdTest {
    @Test
    void shouldNotWaitForTheOthersWhenOneFails() throws InterruptedException {
        final TrialPlan plan = new TrialPlan(1, 1, "");
        try (WorkerProcess waiting = WorkerProcess.start(CrowdTest::waitForEver);
                WorkerProcess failing = WorkerProcess.start(CrowdTest::fail)) {
            final IllegalStateException e =
                    assertThrows(IllegalStateException.class, () -> Crowd.join(List.of(waiting, failing), plan));
            assertTrue(e.getMessage().contains(failing.name()), e::getMessage);
            assertTrue(waiting.isAlive());
        }
    }

    private static void waitForEver() throws InterruptedException {
        TimeUnit.DAYS.sleep(1);
    }

    private static void fail() {
        System.exit(3);
    }
}
