package io.condatis.perf.jmh;

import io.condatis.perf.report.Section;
import io.condatis.perf.suite.Run;
import io.condatis.perf.suite.Suite;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** What the commands of a manager cost in its store, without the transport. */
public final class CoreSuite implements Suite {
    private static final List<String> BESIDE_A_MAP = List.of("dictGet", "dictPut");
    private static final List<String> ALONE = List.of("lockPair", "queuePassage");

    @Override
    public String name() {
        return "core";
    }

    @Override
    public String description() {
        return "commands of a manager in its store, without transport; dict beside ConcurrentHashMap";
    }

    @Override
    public Section run(final Run run) throws RunnerException, IOException {
        final JmhResults results = new InterleavedForks(name(), run, ForkPlan.late(run.scale()))
                .run(StoreBenchmark.class, MapBaselineBenchmark.class);
        final Section section = new Section(name());
        for (final String operation : BESIDE_A_MAP) {
            final var map = results.time("ConcurrentHashMap " + operation, MapBaselineBenchmark.class, operation);
            section.add(map).add(results.time("store " + operation, StoreBenchmark.class, operation), map);
        }
        for (final String operation : ALONE) {
            section.add(results.time("store " + operation, StoreBenchmark.class, operation));
        }
        for (final List<String> operations : List.of(BESIDE_A_MAP, ALONE)) {
            for (final String operation : operations) {
                section.add(results.allocation("store " + operation + " allocates", StoreBenchmark.class, operation));
            }
        }
        return section.note("a request is decoded from bytes, done, and answered in bytes; 100 bytes a value or item;"
                + " lockPair is two requests, queuePassage three: put, take, acknowledge, each asked for as by a client"
                + " without shared windows");
    }
}
