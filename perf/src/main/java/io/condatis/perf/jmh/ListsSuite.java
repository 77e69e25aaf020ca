package io.condatis.perf.jmh;

import io.condatis.perf.process.PythonPeer;
import io.condatis.perf.report.Bar;
import io.condatis.perf.report.Section;
import io.condatis.perf.suite.Run;
import io.condatis.perf.suite.Suite;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** The operations of a {@link io.condatis.list.ShareableList} beside those of the Agrona buffer below it. */
public final class ListsSuite implements Suite {
    private static final String READ = "getLong";
    private static final double MOST_TIMES_AGRONA = 3;
    private static final double NOTHING_BYTES = 0.1;
    private static final List<String> OPERATIONS = List.of(READ, "setLong", "getAndAddLong");

    @Override
    public String name() {
        return "lists";
    }

    @Override
    public String description() {
        return "ShareableList, uncontended, beside the raw Agrona calls on the same memory, and CPython";
    }

    @Override
    public Section run(final Run run) throws RunnerException, IOException, InterruptedException {
        final PythonPeer python = new PythonPeer(name(), "lists.py", run);
        final JmhResults results = new InterleavedForks(name(), run, ForkPlan.of(run.scale()))
                .repeating(READ)
                .run(python, ShareableListBenchmark.class, ListBaselineBenchmark.class);
        final Section section = new Section(name());
        for (final String operation : OPERATIONS) {
            final var raw = results.time("Agrona " + operation, ListBaselineBenchmark.class, operation);
            final var item = results.time("ShareableList " + operation, ShareableListBenchmark.class, operation);
            section.add(raw).add(item, raw);
            final var bytes = results.allocation(
                    "ShareableList " + operation + " allocates", ShareableListBenchmark.class, operation);
            section.add(bytes).add(Bar.below(bytes, NOTHING_BYTES));
            if (operation.equals(READ)) {
                section.add(Bar.ratio(item, raw, MOST_TIMES_AGRONA));
            }
        }
        section.add(results.time("ShareableList get, boxed", ShareableListBenchmark.class, "get"));
        python.addTo(section, "ns/op");
        return section.note("the list knows each item's type, and excludes other writers by a lock that survives them");
    }
}
