package io.condatis.perf.process;

import io.condatis.process.WorkerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How long it takes until a child's first own instruction, and until it has ended: of a bare JVM, and of a worker with the
 * archive of class data and without. In turns. A child prints the machine's monotonic clock, which is System.nanoTime().
 */
final class Starts {
    static final int TURNS = 5;

    private static final String ARCHIVE = "condatis.archive";
    private static final long END_SECONDS = 60;
    private static final double NS_PER_MS = 1_000_000;

    private Starts() {}

    /** What is started. */
    enum Child {
        BARE("bare JVM"),
        WORKER("WorkerProcess"),
        WORKER_WITHOUT("WorkerProcess without the archive");

        final String text;

        Child(final String text) {
            this.text = text;
        }

        String untilItRuns() {
            return text + ", until it runs";
        }

        String untilItEnded() {
            return text + ", start and end";
        }
    }

    /** Main class of the bare JVM. */
    static final class Bare {
        /**
         * Says when it runs.
         *
         * @param args none
         */
        public static void main(final String[] args) {
            sayNow();
        }
    }

    /** Target of the trial's worker: measures so many starts, and one before them, and leaves the medians. */
    static void run(final TrialPlan plan, final int turns) throws IOException, InterruptedException {
        WorkerProcess.buildArchive();
        final Map<Child, long[]> running = new EnumMap<>(Child.class);
        final Map<Child, long[]> ended = new EnumMap<>(Child.class);
        for (int turn = -1; turn < turns; turn++) {
            for (final Child child : Child.values()) {
                final long startNs = System.nanoTime();
                final long ranNs = start(child);
                final long endedNs = System.nanoTime();
                if (turn >= 0) {
                    running.computeIfAbsent(child, key -> new long[turns])[turn] = ranNs - startNs;
                    ended.computeIfAbsent(child, key -> new long[turns])[turn] = endedNs - startNs;
                }
            }
        }
        final Map<String, Double> medians = new HashMap<>();
        running.forEach((child, ns) -> medians.put(child.untilItRuns(), medianMs(ns)));
        ended.forEach((child, ns) -> medians.put(child.untilItEnded(), medianMs(ns)));
        new TrialResult(RoundTrips.newHistogram(), medians).store(Path.of(plan.resultFile()));
    }

    private static void sayNow() {
        System.out.println(System.nanoTime());
    }

    private static double medianMs(final long[] ns) {
        Arrays.sort(ns);
        return ns[ns.length / 2] / NS_PER_MS;
    }

    /** {@return when the child ran; it has ended} */
    private static long start(final Child child) throws IOException, InterruptedException {
        if (child == Child.BARE) {
            return bare();
        }
        System.setProperty(ARCHIVE, child == Child.WORKER ? "on" : "off");
        try (WorkerProcess worker =
                WorkerProcess.start(WorkerProcess.options().output(Redirect.PIPE), Starts::sayNow)) {
            final long ranNs = read(worker.output());
            if (!worker.join(END_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a worker did not end within " + END_SECONDS + " s");
            }
            return ranNs;
        } finally {
            System.clearProperty(ARCHIVE);
        }
    }

    private static long bare() throws IOException, InterruptedException {
        final Process process = BareJvm.start(Bare.class);
        try {
            final long ranNs = read(process.getInputStream());
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("a bare JVM did not start and end");
            }
            return ranNs;
        } finally {
            process.destroyForcibly();
        }
    }

    private static long read(final InputStream output) throws IOException {
        final String line = new BufferedReader(new InputStreamReader(output, StandardCharsets.US_ASCII)).readLine();
        if (line == null) {
            throw new IOException("a child ended without a word");
        }
        return Long.parseLong(line);
    }
}
