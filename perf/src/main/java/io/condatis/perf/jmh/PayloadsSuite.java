package io.condatis.perf.jmh;

import io.condatis.perf.report.Section;
import io.condatis.perf.suite.Run;
import io.condatis.perf.suite.Suite;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/** Values to bytes and back, beside the JDK's serialisation. */
public final class PayloadsSuite implements Suite {
    private static final Map<String, String> OPERATIONS = operations();

    @Override
    public String name() {
        return "payloads";
    }

    @Override
    public String description() {
        return "values to bytes and back: text, byte[], long and a record, beside the JDK's serialisation";
    }

    @Override
    public Section run(final Run run) throws RunnerException, IOException {
        final JmhResults results = new InterleavedForks(name(), run, ForkPlan.late(run.scale()))
                .run(PayloadBenchmark.class, SerialisationBaselineBenchmark.class);
        final Section section = new Section(name());
        OPERATIONS.forEach((operation, name) -> {
            final var jdk = results.time("JDK " + name, SerialisationBaselineBenchmark.class, operation);
            section.add(jdk)
                    .add(results.time("own form, " + name, PayloadBenchmark.class, operation), jdk)
                    .add(results.allocation(
                            "JDK " + name + ", allocates", SerialisationBaselineBenchmark.class, operation))
                    .add(results.allocation("own form, " + name + ", allocates", PayloadBenchmark.class, operation));
        });
        return section.note(
                "text of 32 characters, 100 bytes, a record of long, text of 4, double, int and UUID; what a"
                        + " decoded value itself takes is in what it allocates; the JDK's side makes a stream for each value, as"
                        + " messages need it, and checks no allow list");
    }

    private static Map<String, String> operations() {
        final Map<String, String> operations = new LinkedHashMap<>();
        operations.put("encodeText", "encode text");
        operations.put("decodeText", "decode text");
        operations.put("encodeBytes", "encode byte[]");
        operations.put("decodeBytes", "decode byte[]");
        operations.put("encodeLong", "encode long");
        operations.put("decodeLong", "decode long");
        operations.put("encodeRecord", "encode record");
        operations.put("decodeRecord", "decode record");
        return operations;
    }
}
