package io.condatis.perf.process;

import io.condatis.perf.report.Bar;
import io.condatis.perf.report.Figure;
import io.condatis.perf.report.Section;
import io.condatis.perf.suite.Run;
import io.condatis.perf.suite.Suite;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A shared lock that two processes want, beside a robust mutex of C and a lock of CPython. */
public final class HandoffSuite implements Suite {
    /** What is compiled beforehand is warm sooner. */
    private static final int PEERS_WARM_PART = 4;

    private static final double MOST_TIMES_MUTEX = 1.5;
    private static final double MOST_SECTIONS_OF_MUTEX = 2;
    private static final double LARGEST_SHARE_PERCENT = 60;
    private static final double LONGEST_WAIT_MS = 20;

    @Override
    public String name() {
        return "handoff";
    }

    @Override
    public String description() {
        return "SharedLock wanted by two processes, beside a robust mutex of C and CPython's Lock";
    }

    @Override
    public Section run(final Run run) throws IOException, InterruptedException {
        final Trials lock = Trials.unhurried(name(), "SharedLock", run);
        final CPeer mutex = new CPeer("robust mutex", name(), "mutex.c", run);
        final PythonPeer python = new PythonPeer(name(), "lock.py", run);
        final TrialPlan plan = TrialPlan.of(TrialPlan.unhurried(run.scale()), "");
        final String measuredMs = Long.toString(TimeUnit.NANOSECONDS.toMillis(plan.measureNs()));
        final String warmupMs = Long.toString(TimeUnit.NANOSECONDS.toMillis(plan.warmupNs() / PEERS_WARM_PART));
        for (int trial = 0; trial < TrialPlan.trials(run.scale()); trial++) {
            lock.next(Handoff::run);
            mutex.trial(measuredMs, warmupMs);
            if (TrialPlan.isWithFew(run.scale(), trial)) {
                python.trial(measuredMs, warmupMs);
            }
        }

        final Section section = new Section(name());
        for (final Quantity quantity : Quantity.values()) {
            final Figure ours = figure(lock, quantity);
            final Figure theirs = mutex.isThere() ? figure(mutex, quantity) : null;
            if (theirs != null) {
                section.add(theirs);
            }
            // The longest of all is an accident, of which no ratio says anything.
            section.add(ours, quantity == Quantity.LONGEST_WAIT ? null : theirs);
            if (python.isThere()) {
                section.add(python.figure(quantity.key, quantity.unit));
            }
        }
        addBars(section, lock, mutex);
        return section.note(mutex.version())
                .note(python.version())
                .note(
                        "a section is lock, one addition in shared memory, unlock; the longest wait is the longest time that"
                                + " a process took for 16 sections, whatever else delayed it");
    }

    private static void addBars(final Section section, final Trials lock, final CPeer mutex) {
        final Figure pair = figure(lock, Quantity.UNCONTENDED);
        final Figure sections = figure(lock, Quantity.SECTIONS);
        section.add(new Bar(
                        "SharedLock uncontended / robust mutex",
                        mutex.isThere() ? pair.ratioTo(figure(mutex, Quantity.UNCONTENDED)) : Double.NaN,
                        MOST_TIMES_MUTEX))
                .add(new Bar(
                        "contended sections of the robust mutex / of SharedLock",
                        mutex.isThere() ? figure(mutex, Quantity.SECTIONS).ratioTo(sections) : Double.NaN,
                        MOST_SECTIONS_OF_MUTEX))
                .add(new Bar(
                        "SharedLock share of the larger process, worst trial, %",
                        figure(lock, Quantity.LARGER_SHARE).most(), LARGEST_SHARE_PERCENT))
                .add(new Bar(
                        "SharedLock longest wait, worst trial, ms",
                        figure(lock, Quantity.LONGEST_WAIT).most(),
                        LONGEST_WAIT_MS));
    }

    private static Figure figure(final Trials lock, final Quantity quantity) {
        return quantity.of(lock.number("SharedLock " + quantity.key, quantity.unit, quantity.key));
    }

    private static Figure figure(final CPeer mutex, final Quantity quantity) {
        return quantity.of(mutex.figure(quantity.key, quantity.unit));
    }

    /** What each of the three measures. */
    private enum Quantity {
        UNCONTENDED(Handoff.UNCONTENDED, "ns/section"),
        SECTIONS(Handoff.SECTIONS, "1/s"),
        LARGER_SHARE(Handoff.LARGER_SHARE, "%"),
        LONGEST_WAIT(Handoff.LONGEST_WAIT, "ms");

        private final String key;
        private final String unit;

        Quantity(final String key, final String unit) {
            this.key = key;
            this.unit = unit;
        }

        /** A trial's time without contention is that of its fastest part. */
        Figure of(final Figure figure) {
            return this == UNCONTENDED ? figure.floor() : figure;
        }
    }
}
