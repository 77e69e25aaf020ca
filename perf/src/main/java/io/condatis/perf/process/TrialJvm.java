package io.condatis.perf.process;

import io.condatis.perf.suite.Run;
import io.condatis.process.Worker1;
import io.condatis.process.WorkerProcess;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Runs a trial in a JVM of its own and sees to the files that it leaves. */
record TrialJvm(String suite, String subject, Run run) {
    private static final long START_SECONDS = 60;
    /** A trial that measures several subjects takes as often the time that is planned for one. */
    private static final int MOST_SUBJECTS = 20;

    /** Reads what a trial has left. */
    @FunctionalInterface
    interface Reader {
        void read(TrialPlan plan) throws IOException;
    }

    /** Run a trial and have its results read. */
    void run(final int trial, final Worker1<TrialPlan> target, final Reader reader, final String... jvmOptions)
            throws IOException, InterruptedException {
        run.progress().println(suite + ": " + subject + ", trial " + trial + " of " + TrialPlan.trials(run.scale()));
        final Path file = Files.createTempFile(run.directory(), suite, ".trial");
        file.toFile().deleteOnExit(); // Ctrl-C skips the finally below
        try {
            final TrialPlan plan = TrialPlan.of(run.scale(), file.toString());
            final long timeoutNs =
                    TimeUnit.SECONDS.toNanos(START_SECONDS) + MOST_SUBJECTS * (plan.warmupNs() + plan.measureNs());
            try (WorkerProcess worker = WorkerProcess.start(
                    WorkerProcess.options().name(suite + "-trial").jvmOptions(jvmOptions), target, plan)) {
                if (!worker.join(timeoutNs, TimeUnit.NANOSECONDS)) {
                    throw new IOException(subject + ", trial " + trial + ": not done within "
                            + TimeUnit.NANOSECONDS.toSeconds(timeoutNs) + " s");
                }
                final int code = worker.exitCode().getAsInt();
                if (code != 0) {
                    throw new IOException(subject + ", trial " + trial + ": its JVM ended with exit code " + code
                            + "; its standard error says why");
                }
            }
            reader.read(plan);
        } finally {
            delete(file);
        }
    }

    private void delete(final Path file) throws IOException {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(run.directory(), file.getFileName() + "*")) {
            for (final Path part : parts) {
                Files.delete(part);
            }
        }
    }
}
