package io.condatis.perf.process;

import io.condatis.perf.report.Figure;
import io.condatis.perf.report.Section;
import io.condatis.perf.suite.Run;
import io.condatis.perf.suite.Suite;
import java.io.IOException;
import java.util.function.Function;

/** The start of a process: a bare JVM, a worker with and without the archive of class data, and CPython's by spawn. */
public final class StartSuite implements Suite {
    private static final String MS = "ms";

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String description() {
        return "start of a WorkerProcess, with the archive and without, beside a bare JVM and CPython's spawn";
    }

    @Override
    public Section run(final Run run) throws IOException, InterruptedException {
        final Trials starts = new Trials(name(), "starts", run);
        final PythonPeer python = new PythonPeer(name(), "start.py", run);
        for (int trial = 0; trial < TrialPlan.trialsOrOne(run.scale()); trial++) {
            starts.next(plan -> Starts.run(plan, Starts.TURNS));
            python.trial(Integer.toString(Starts.TURNS));
        }
        final Section section = new Section(name());
        add(section, starts, Starts.Child::untilItRuns);
        add(section, starts, Starts.Child::untilItEnded);
        python.addTo(section, MS);
        return section.note("medians of " + Starts.TURNS
                + " starts in turns; 'until it runs' is the first instruction of the child's own code; all are started from"
                + " a running JVM with the same class path");
    }

    private static void add(final Section section, final Trials starts, final Function<Starts.Child, String> name) {
        final Figure bare = figure(starts, name.apply(Starts.Child.BARE));
        section.add(bare)
                .add(figure(starts, name.apply(Starts.Child.WORKER)), bare)
                .add(figure(starts, name.apply(Starts.Child.WORKER_WITHOUT)), bare);
    }

    private static Figure figure(final Trials starts, final String name) {
        return starts.number(name, MS, name);
    }
}
