package io.condatis.process;

import io.condatis.internal.os.ExitHooks;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The workers of this JVM that live; at a normal end of the JVM they are ended, or waited for when they are no daemons,
 * before what is older than the newest.
 */
final class Children {
    private static final long GRACE_NS = TimeUnit.SECONDS.toNanos(2);
    private static final Set<WorkerProcess> LIVE = new LinkedHashSet<>();
    private static ExitHooks.Registration registration;

    private Children() {}

    static void add(final WorkerProcess child) {
        synchronized (LIVE) {
            final ExitHooks.Registration older = registration;
            registration = ExitHooks.register(Children::endAll);
            if (older != null) {
                older.cancel();
            }
            LIVE.add(child);
        }
        child.onExit().whenComplete((ended, failure) -> remove(child));
    }

    static List<WorkerProcess> live() {
        synchronized (LIVE) {
            return LIVE.stream().filter(WorkerProcess::isAlive).toList();
        }
    }

    private static void remove(final WorkerProcess child) {
        synchronized (LIVE) {
            LIVE.remove(child);
        }
    }

    private static void endAll() throws InterruptedException {
        final List<WorkerProcess> remaining = new ArrayList<>(live());
        for (final WorkerProcess child : live()) {
            if (!child.isDaemon()) {
                child.join();
                remaining.remove(child);
            }
        }
        remaining.forEach(WorkerProcess::terminate);
        final long deadlineNs = System.nanoTime() + GRACE_NS;
        for (final WorkerProcess child : remaining) {
            if (!child.join(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                child.kill();
            }
        }
        for (final WorkerProcess child : remaining) {
            child.join();
        }
    }
}
