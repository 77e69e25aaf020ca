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

/** The operations of a {@link io.condatis.value.LongValue} beside those of the Agrona buffer below it. */
public final class ValuesSuite implements Suite {
    private static final double MOST_TIMES_RAW = 1.15;

    /** JMH counts its own few objects too; an operation that allocates at all would show 16 bytes. */
    private static final double NOTHING_BYTES = 0.1;

    private static final List<String> OPERATIONS = List.of("get", "set", "getAndAdd", "compareAndSet");

    @Override
    public String name() {
        return "values";
    }

    @Override
    public String description() {
        return "LongValue, uncontended, beside the raw Agrona calls on the same memory, and CPython";
    }

    @Override
    public Section run(final Run run) throws RunnerException, IOException, InterruptedException {
        final PythonPeer python = new PythonPeer(name(), "values.py", run);
        final JmhResults results = new InterleavedForks(name(), run, ForkPlan.of(run.scale()))
                .run(python, LongValueBenchmark.class, LongBaselineBenchmark.class);
        final Section section = new Section(name());
        for (final String operation : OPERATIONS) {
            final var raw = results.time("Agrona " + operation, LongBaselineBenchmark.class, operation);
            final var value = results.time("LongValue " + operation, LongValueBenchmark.class, operation);
            final var bytes =
                    results.allocation("LongValue " + operation + " allocates", LongValueBenchmark.class, operation);
            section.add(raw).add(value, raw).add(Bar.ratio(value, raw, MOST_TIMES_RAW));
            section.add(Bar.below(bytes, NOTHING_BYTES));
        }
        python.addTo(section, "ns/op");
        return section.note("both sides with Agrona's bounds checks "
                + (DirectBuffer.SHOULD_BOUNDS_CHECK ? "on, as they are by default" : "off, as this JVM was told")
                + "; LongValue also notices a closed block");
    }
}
