package io.condatis.perf.process;

import io.condatis.manager.ManagedLock;
import io.condatis.manager.Manager;
import java.io.IOException;
import java.nio.file.Path;

/** One thread takes and gives back a manager's lock that nobody else wants. */
final class LockPair {
    private LockPair() {}

    /** Target of the worker: starts a manager, measures, and leaves the result. */
    static void run(final TrialPlan plan) throws IOException {
        try (Manager manager = Manager.start()) {
            final ManagedLock lock = manager.lock("perf");
            new RoundTrips(() -> {
                        lock.lock();
                        lock.unlock();
                    })
                    .measure(plan)
                    .store(Path.of(plan.resultFile()));
        }
    }
}
