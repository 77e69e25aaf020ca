package io.condatis.cli;

import io.condatis.SharedObjects;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Tortures one primitive, in shared memory of its own. Several may run beside each other. */
final class TortureRun implements Callable<TortureResult> {
    private static final int STRIKE_MS = 50;
    private static final long CAPACITY = 1 << 20;

    private final TorturePlan plan;

    TortureRun(final TorturePlan plan) {
        this.plan = plan;
    }

    @Override
    public TortureResult call() throws IOException, InterruptedException {
        final String name = "condatis-torture-" + ProcessHandle.current().pid() + "-" + plan.primitive();
        try (SharedObjects shared = SharedObjects.create(name, CAPACITY)) {
            final TortureTally tally = new TortureTally(shared);
            try (TortureSubject subject = TortureSubject.of(plan.primitive(), shared, tally, plan.processes())) {
                return run(shared, tally, subject);
            }
        }
    }

    private TortureResult run(final SharedObjects shared, final TortureTally tally, final TortureSubject subject)
            throws IOException, InterruptedException {
        final TortureChamber chamber = new TortureChamber(plan, shared.name(), tally, subject);
        final Thread witness = new Thread(() -> watch(subject, tally), "witness of " + plan.primitive());
        final long kills;
        try (chamber) {
            chamber.open();
            witness.start();
            final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(plan.seconds());
            while (System.nanoTime() - endNs < 0) {
                TimeUnit.MILLISECONDS.sleep(STRIKE_MS);
                chamber.strike();
            }
            kills = tally.kills().get();
        } finally {
            witness.interrupt();
            witness.join();
        }
        verify(subject, tally);
        return new TortureResult(
                plan.primitive(),
                kills,
                chamber.stops(),
                tally.operations(),
                tally.recoveries(),
                tally.violations(),
                tally.longestNs());
    }

    private void watch(final TortureSubject subject, final TortureTally tally) {
        final Random random = new Random(plan.seed());
        try {
            while (!Thread.currentThread().isInterrupted()) {
                subject.outside(random);
                TimeUnit.MILLISECONDS.sleep(1 + random.nextInt(9));
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt(); // the run is over
        } catch (final Exception e) {
            failed("the witness", e, tally);
        }
    }

    private static void verify(final TortureSubject subject, final TortureTally tally) throws InterruptedException {
        try {
            subject.verify();
        } catch (final InterruptedException e) {
            throw e;
        } catch (final Exception e) {
            failed("the last look", e, tally);
        }
    }

    private static void failed(final String what, final Exception failure, final TortureTally tally) {
        if (!Ending.hasBegun()) {
            failure.printStackTrace();
            tally.violation(what + " failed: " + failure);
        }
    }
}
