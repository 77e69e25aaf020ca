package io.condatis.cli;

import io.condatis.internal.os.ExitHooks;
import io.condatis.internal.os.JvmFlags;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The victims of a run: starts them, stops and continues them, kills them and starts others in their place. */
final class TortureChamber implements AutoCloseable {
    private static final int KILLED = 128 + 9;
    private static final int LONGEST_STOP_MS = 100;
    private static final int STOPS_PER_KILL = 2;
    private static final int PATIENCE = 20;

    private final TorturePlan plan;
    private final String sharedName;
    private final TortureTally tally;
    private final TortureSubject subject;
    private final Random random;
    private final Process[] victims;
    private ExitHooks.Registration registration;
    private int started;
    private int stops;

    TortureChamber(
            final TorturePlan plan, final String sharedName, final TortureTally tally, final TortureSubject subject) {
        this.plan = plan;
        this.sharedName = sharedName;
        this.tally = tally;
        this.subject = subject;
        this.random = new Random(plan.seed());
        this.victims = new Process[plan.processes()];
    }

    void open() throws IOException {
        // Before the memory goes that they use, which is older.
        registration = ExitHooks.register(this::endAll);
        for (int i = 0; i < victims.length; i++) {
            start(i);
        }
    }

    int stops() {
        return stops;
    }

    /** Kills, or stops for a moment, one victim that is at work. */
    void strike() throws IOException, InterruptedException {
        final int victim = random.nextInt(victims.length);
        if (subject.needsEverybody() && !isEverybodyReady() && random.nextInt(PATIENCE) != 0) {
            return; // or nobody would ever get anywhere
        }
        if (!victims[victim].isAlive()) {
            if (Ending.hasBegun()) {
                return; // it was killed by this one's end
            }
            tally.violation("victim " + victim + " ended by itself: exit code " + victims[victim].exitValue());
            tally.kills().incrementAndGet();
            bury(victim);
            start(victim);
        } else if (tally.ready().get(victim) == 0) {
            return; // still starting
        } else if (random.nextInt(1 + STOPS_PER_KILL) == 0) {
            kill(victim);
            start(victim);
        } else {
            signal(victim, "STOP");
            stops++;
            TimeUnit.MILLISECONDS.sleep(1 + random.nextInt(LONGEST_STOP_MS));
            if (random.nextInt(4) == 0) {
                kill(victim); // stopped as it is
                start(victim);
            } else {
                signal(victim, "CONT");
            }
        }
    }

    private boolean isEverybodyReady() {
        for (int victim = 0; victim < victims.length; victim++) {
            if (tally.ready().get(victim) == 0) {
                return false;
            }
        }
        return true;
    }

    /** The JVM ends, by Ctrl-C: no victim may find its memory gone, and complain. */
    private synchronized void endAll() {
        for (final Process victim : victims) {
            if (victim != null) {
                victim.destroyForcibly();
                victim.onExit().join();
            }
        }
    }

    /** Kills all that are left. */
    @Override
    public void close() {
        if (registration != null) {
            registration.cancel();
        }
        for (int i = 0; i < victims.length; i++) {
            if (victims[i] != null) {
                kill(i);
            }
        }
    }

    private void kill(final int victim) {
        tally.kills().incrementAndGet();
        victims[victim].destroyForcibly();
        final int exitCode = victims[victim].onExit().join().exitValue();
        if (exitCode != KILLED) {
            tally.violation("victim " + victim + " ended by itself: exit code " + exitCode);
        }
        bury(victim);
    }

    private void bury(final int victim) {
        tally.ready().set(victim, 0);
        subject.buried(victim);
    }

    private synchronized void start(final int victim) throws IOException {
        if (Ending.hasBegun()) {
            return;
        }
        final Path javaHome = plan.javaHomes().get(started++ % plan.javaHomes().size());
        final List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin").resolve("java").toString());
        command.addAll(JvmFlags.requiredBy(javaHome));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), TortureVictim.class.getName()));
        command.addAll(List.of(sharedName, plan.primitive().name(), Integer.toString(victims.length)));
        command.addAll(List.of(Integer.toString(victim), Long.toString(random.nextLong())));
        victims[victim] = new ProcessBuilder(command)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.INHERIT)
                .start();
    }

    private void signal(final int victim, final String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(victims[victim].pid()))
                .start()
                .waitFor();
    }
}
