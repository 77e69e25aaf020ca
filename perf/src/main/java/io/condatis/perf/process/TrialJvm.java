package io.condatis.perf.process;

import io.condatis.perf.suite.Repeats;
import io.condatis.perf.suite.Run;
import io.condatis.perf.suite.Scale;
import io.condatis.process.Worker1;
import io.condatis.process.WorkerProcess;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** Runs a trial in a JVM of its own and sees to the files that it leaves. */
record TrialJvm(String suite, String subject, Run run, Scale length) {
    /** Reads what a trial has left. */
    @FunctionalInterface
    interface Reader {
        void read(TrialPlan plan) throws IOException;
    }

    /** Runs a trial; its exit code, nothing when it was not done in time. */
    @FunctionalInterface
    private interface Execution {
        OptionalInt run(TrialPlan plan) throws IOException, InterruptedException;
    }

    /** Run a trial and have its results read. */
    void run(final int trial, final Worker1<TrialPlan> target, final Reader reader, final String... jvmOptions)
            throws IOException, InterruptedException {
        run(trial, reader, plan -> {
            try (WorkerProcess worker = WorkerProcess.start(
                    WorkerProcess.options().name(suite + "-trial").jvmOptions(jvmOptions), target, plan)) {
                return worker.join(plan.longestNs(), TimeUnit.NANOSECONDS) ? worker.exitCode() : OptionalInt.empty();
            }
        });
    }

    /** Run a trial by a program that gets the plan as its last arguments, and have its results read. */
    void run(final int trial, final List<String> program, final Reader reader)
            throws IOException, InterruptedException {
        run(trial, reader, plan -> {
            final List<String> command = new ArrayList<>(program);
            command.addAll(plan.arguments());
            final Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                process.getOutputStream().close();
                return process.waitFor(plan.longestNs(), TimeUnit.NANOSECONDS)
                        ? OptionalInt.of(process.exitValue())
                        : OptionalInt.empty();
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        });
    }

    private void run(final int trial, final Reader reader, final Execution execution)
            throws IOException, InterruptedException {
        final String name = suite + ": " + subject + ", trial " + trial;
        run.progress().println(name);
        final Path file = Files.createTempFile(run.directory(), suite, ".trial");
        file.toFile().deleteOnExit(); // Ctrl-C skips the finally below
        try {
            final TrialPlan plan = TrialPlan.of(length, file.toString());
            final Repeats.Trial attempts = run.repeats().begin(name);
            do {
                check(trial, plan, execution.run(plan));
            } while (attempts.again());
            reader.read(plan);
        } finally {
            delete(file);
        }
    }

    private void check(final int trial, final TrialPlan plan, final OptionalInt code) throws IOException {
        if (code.isEmpty()) {
            throw new IOException(subject + ", trial " + trial + ": not done within "
                    + TimeUnit.NANOSECONDS.toSeconds(plan.longestNs()) + " s");
        }
        if (code.getAsInt() != 0) {
            throw new IOException(subject + ", trial " + trial + ": its JVM ended with exit code " + code.getAsInt()
                    + "; its standard error says why");
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
