package io.condatis.perf.process;

import io.condatis.internal.os.DeathWatch;
import io.condatis.perf.report.Bar;
import io.condatis.perf.report.Figure;
import io.condatis.perf.report.Section;
import io.condatis.perf.suite.Run;
import io.condatis.perf.suite.Suite;
import java.io.IOException;

/** How long a lock stays with its owner after that one was killed. */
public final class RecoverySuite implements Suite {
    private static final int QUICK_KILLS = 18;
    private static final int KILLS = 30;
    private static final int FULL_KILLS = 60;
    private static final double MOST_MS_BY_SLICES = 50;
    private static final double MOST_MS_BY_WATCH = 2;
    private static final double US_PER_MS = 1_000;
    private static final double MEDIAN = 50;
    private static final double HIGH = 99;
    private static final double ALL = 100;

    @Override
    public String name() {
        return "recovery";
    }

    @Override
    public String description() {
        return "SharedLock from SIGKILL of its owner to the next one's having it, with and without the death watch";
    }

    @Override
    public Section run(final Run run) throws IOException, InterruptedException {
        final int kills = run.scale().choose(QUICK_KILLS, KILLS, FULL_KILLS);
        final Trials watch = new Trials(name(), "with the death watch", run);
        final Trials slices = new Trials(name(), "by slices alone", run);
        int killed = 0;
        for (int trial = 0; trial < TrialPlan.trialsOrOne(run.scale()); trial++) {
            if (TrialPlan.isWithAll(run.scale(), trial)) {
                watch.next(plan -> Recovery.run(plan, kills));
                slices.next(plan -> Recovery.run(plan, kills), "-D" + DeathWatch.PROPERTY + "=false");
                killed += kills;
            }
        }
        watch.writeHistograms("watch");
        slices.writeHistograms("slices");

        final Section section = new Section(name());
        add(section, watch);
        add(section, slices);
        return section.add(bar(watch, MOST_MS_BY_WATCH))
                .add(bar(slices, MOST_MS_BY_SLICES))
                .note(killed
                        + " kills each; percentiles are those of all of them together;"
                        + " the owner is a JVM with a heap of 16 MB, and its exit, which the kernel needs to take it apart,"
                        + " is from its kill until its parent knows");
    }

    private static void add(final Section section, final Trials trials) {
        section.add(trials.merged("p50", MEDIAN))
                .add(trials.merged("p99", HIGH))
                .add(trials.merged("max", ALL))
                .add(trials.number("  of that the owner's exit, p50", "us", Recovery.EXIT_MEDIAN))
                .add(trials.number("  of that the owner's exit, max", "us", Recovery.EXIT_MOST))
                .add(trials.number("  of that after the exit, p50", "us", Recovery.AFTER_MEDIAN))
                .add(trials.number("  of that after the exit, max", "us", Recovery.AFTER_MOST));
    }

    private static Bar bar(final Trials trials, final double mostMs) {
        final Figure high = trials.merged("p99", HIGH);
        return new Bar(high.name() + ", ms", high.median() / US_PER_MS, mostMs);
    }
}
