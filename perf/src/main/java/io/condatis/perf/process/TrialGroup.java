package io.condatis.perf.process;

import io.condatis.perf.suite.Run;
import io.condatis.process.Worker1;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Subjects that are measured by the same trials, one after the other in the same JVMs. */
final class TrialGroup {
    private final String suite;
    private final Run run;
    private final TrialJvm jvm;
    private final Map<String, Trials> parts = new LinkedHashMap<>();
    private int trials;

    TrialGroup(final String suite, final String subject, final Run run) {
        this.suite = suite;
        this.run = run;
        jvm = new TrialJvm(suite, subject, run, run.scale());
    }

    /** Each trial leaves a result under this name. */
    void add(final String part, final String subject) {
        parts.put(part, new Trials(suite, subject, run));
    }

    Trials get(final String part) {
        return parts.get(part);
    }

    void next(final Worker1<TrialPlan> target) throws IOException, InterruptedException {
        jvm.run(++trials, target, this::read);
    }

    private void read(final TrialPlan plan) throws IOException {
        for (final Map.Entry<String, Trials> part : parts.entrySet()) {
            part.getValue().add(plan.part(part.getKey()).resultFile());
        }
    }

    /** For each subject the percentiles of each trial, and those of all together. */
    void writeHistograms(final String prefix) throws IOException {
        for (final Map.Entry<String, Trials> part : parts.entrySet()) {
            part.getValue().writeHistograms(prefix + part.getKey());
        }
    }
}
