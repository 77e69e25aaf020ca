package io.condatis.perf.process;

import io.condatis.SharedObjects;
import io.condatis.process.WorkerOptions;
import io.condatis.process.WorkerProcess;
import io.condatis.sync.SharedLock;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/**
 * The owner of a lock is killed while another process sleeps for the lock: how long until that one has it. The owner is a
 * JVM with a small heap, for before anybody can know of its death the kernel takes its memory apart.
 */
final class Recovery {
    static final String EXIT_MEDIAN = "exit p50";
    static final String EXIT_MOST = "exit max";
    static final String AFTER_MEDIAN = "after p50";
    static final String AFTER_MOST = "after max";

    private static final String LOCK = "lock";
    private static final int WARM_KILLS = 5;
    private static final long DEADLINE_SECONDS = 30;
    private static final long LOOK_NS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long LEAST_SLEEP_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int SPREAD_NS = (int) TimeUnit.MILLISECONDS.toNanos(25);
    private static final double MEDIAN = 50;
    private static final double NS_PER_US = 1_000;

    private final SharedObjects shared;
    private final SharedLock lock;
    private final Random random;
    private final Histogram recoveries = RoundTrips.newHistogram();
    private final Histogram exits = RoundTrips.newHistogram();
    private final Histogram afters = RoundTrips.newHistogram();

    private Recovery(final SharedObjects shared) {
        this.shared = shared;
        lock = shared.lock(LOCK);
        random = new Random(ProcessHandle.current().pid());
    }

    /** Target of the worker that waits: starts the owners, kills them, and leaves the result. */
    static void run(final TrialPlan plan, final int kills) throws Exception {
        try (SharedObjects shared =
                SharedObjects.create("condatis-perf-" + ProcessHandle.current().pid())) {
            final Recovery recovery = new Recovery(shared);
            for (int i = 0; i < WARM_KILLS; i++) {
                recovery.kill();
            }
            recovery.recoveries.reset();
            recovery.exits.reset();
            recovery.afters.reset();
            for (int i = 0; i < kills; i++) {
                recovery.kill();
            }
            recovery.result().store(Path.of(plan.resultFile()));
        }
    }

    /** Target of the worker that owns. */
    static void hold(final String name) throws InterruptedException {
        try (SharedObjects shared = SharedObjects.attach(name)) {
            shared.lock(LOCK).lock();
            TimeUnit.SECONDS.sleep(2 * DEADLINE_SECONDS); // to be killed in
        }
    }

    private void kill() throws Exception {
        final WorkerOptions small = WorkerProcess.options()
                .name("owner")
                .jvmOptions("-Xmx16m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        try (WorkerProcess owner = WorkerProcess.start(small, Recovery::hold, shared.name())) {
            await(lock::isLocked, "the owner has not locked");
            final CompletableFuture<Long> waiter = new CompletableFuture<>();
            new Thread(() -> waiter.complete(take())).start();
            await(() -> lock.toString().contains("waiters"), "nobody waits");
            LockSupport.parkNanos(LEAST_SLEEP_NS + random.nextInt(SPREAD_NS));
            final long killedNs = System.nanoTime();
            owner.kill();
            owner.join();
            final long exitedNs = System.nanoTime();
            final long tookNs = waiter.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            recoveries.recordValue(tookNs - killedNs);
            exits.recordValue(exitedNs - killedNs);
            afters.recordValue(Math.max(0, tookNs - exitedNs));
        }
    }

    private TrialResult result() {
        return new TrialResult(
                recoveries,
                Map.of(
                        EXIT_MEDIAN,
                        exits.getValueAtPercentile(MEDIAN) / NS_PER_US,
                        EXIT_MOST,
                        exits.getMaxValue() / NS_PER_US,
                        AFTER_MEDIAN,
                        afters.getValueAtPercentile(MEDIAN) / NS_PER_US,
                        AFTER_MOST,
                        afters.getMaxValue() / NS_PER_US));
    }

    private long take() {
        lock.lock();
        final long tookNs = System.nanoTime();
        if (!lock.isAbandoned()) {
            throw new IllegalStateException("the owner was not dead: " + lock);
        }
        lock.markConsistent();
        lock.unlock();
        return tookNs;
    }

    private static void await(final BooleanSupplier condition, final String otherwise) {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IllegalStateException(otherwise + " within " + DEADLINE_SECONDS + " s");
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }
}
