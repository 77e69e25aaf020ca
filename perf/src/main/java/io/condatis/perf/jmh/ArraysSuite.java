package io.condatis.perf.jmh;

import io.condatis.perf.process.PythonPeer;
import io.condatis.perf.report.Bar;
import io.condatis.perf.report.Section;
import io.condatis.perf.suite.Run;
import io.condatis.perf.suite.Suite;
import java.io.IOException;
import java.util.List;
import org.agrona.DirectBuffer;
import org.openjdk.jmh.runner.RunnerException;

/** Operations on array elements and structure fields beside those of the Agrona buffer below them. */
public final class ArraysSuite implements Suite {
    private static final double MOST_TIMES_RAW = 1.15;

    /** JMH counts its own few objects too; an operation that allocates at all would show 16 bytes. */
    private static final double NOTHING_BYTES = 0.1;

    @Override
    public String name() {
        return "arrays";
    }

    @Override
    public String description() {
        return "LongArray and a structure's field, beside the raw Agrona calls on the same memory, and CPython";
    }

    @Override
    public Section run(final Run run) throws RunnerException, IOException, InterruptedException {
        final PythonPeer python = new PythonPeer(name(), "arrays.py", run);
        final JmhResults results = new InterleavedForks(name(), run, ForkPlan.of(run.scale()))
                .run(python, ArrayBenchmark.class, ArrayBaselineBenchmark.class);
        final Section section = new Section(name());
        for (final String operation : List.of("arrayGet", "arraySet", "fieldGet", "fieldSet")) {
            compare(section, results, operation);
        }
        python.addTo(section, "ns/op");
        return section.note("both sides with Agrona's bounds checks "
                + (DirectBuffer.SHOULD_BOUNDS_CHECK ? "on, as they are by default" : "off, as this JVM was told")
                + "; Condatis also notices a closed block");
    }

    private static void compare(final Section section, final JmhResults results, final String operation) {
        final var raw = results.time("Agrona " + operation, ArrayBaselineBenchmark.class, operation);
        final var figure = results.time("Condatis " + operation, ArrayBenchmark.class, operation);
        final var bytes = results.allocation("Condatis " + operation + " allocates", ArrayBenchmark.class, operation);
        section.add(raw).add(figure, raw).add(Bar.ratio(figure, raw, MOST_TIMES_RAW));
        section.add(Bar.below(bytes, NOTHING_BYTES));
    }
}
