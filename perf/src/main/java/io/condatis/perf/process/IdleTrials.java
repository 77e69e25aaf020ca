package io.condatis.perf.process;

import io.condatis.perf.report.Bar;
import io.condatis.perf.report.Figure;
import io.condatis.perf.report.Section;
import io.condatis.perf.suite.Run;
import java.io.IOException;

/** A manager that has nothing to do: what that costs, and how soon it is awake. */
final class IdleTrials {
    private static final double MOST_PERCENT = 1;
    private static final double MOST_FIRST_US = 100;

    private final Trials idle;

    IdleTrials(final String suite, final Run run) {
        idle = Trials.unhurried(suite, "first request after a pause", run);
    }

    void next() throws IOException, InterruptedException {
        idle.next(IdleSystem::run);
    }

    void publish(final Section section) throws IOException {
        idle.writeHistograms("first-request");
        Latencies.add(section, idle, null);
        final Figure percent = idle.number("idle server and 4 clients, CPU", "% of a core", IdleSystem.CPU_PERCENT);
        section.add(percent)
                .add(Bar.below(percent, MOST_PERCENT))
                .add(Bar.below(Latencies.median(idle), MOST_FIRST_US))
                .note("idle: the clients wait in a take, in JVMs that were at work before; what all threads of the five"
                        + " processes run, by the kernel's count");
    }
}
