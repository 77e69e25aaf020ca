package io.condatis.perf.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much of the machine went to others: all CPU time that was used or stolen, less that of this process and of its
 * children that have ended. Linux only; elsewhere it does not know.
 */
public final class LoadMeter {
    private static final Path MACHINE = Path.of("/proc/stat");
    private static final Path SELF = Path.of("/proc/self/stat");
    private static final double TICKS_PER_SECOND = 100;
    private static final double NS_PER_SECOND = 1e9;

    /** In the line {@code cpu}: user nice system idle iowait irq softirq steal; idle and iowait are no work. */
    private static final int IDLE = 4;

    private static final int IO_WAIT = 5;
    private static final int STEAL = 8;

    /** After the name of the program in parentheses: own user and system time, then those of the children. */
    private static final int OWN_USER = 11;

    private static final int CHILDREN_SYSTEM = 14;

    private final long startNs = System.nanoTime();
    private final double othersBefore = ticksOfOthers();
    private final double stolenBefore = stolenTicks();

    private LoadMeter() {}

    /** {@return one that counts from now on} */
    public static LoadMeter start() {
        return new LoadMeter();
    }

    /** {@return the mean number of cores that others kept busy since the start, NaN when that cannot be known} */
    double coresOfOthers() {
        return coresSince(othersBefore, ticksOfOthers());
    }

    /** {@return how much of that the hypervisor took for other machines; NaN when that cannot be known} */
    public double coresStolen() {
        return coresSince(stolenBefore, stolenTicks());
    }

    private double coresSince(final double before, final double now) {
        final double seconds = (System.nanoTime() - startNs) / NS_PER_SECOND;
        return Math.max(0, (now - before) / TICKS_PER_SECOND / seconds);
    }

    private static double ticksOfOthers() {
        try {
            return machineTicks(Files.readString(MACHINE)) - ownTicks(Files.readString(SELF));
        } catch (final IOException | RuntimeException e) {
            return Double.NaN;
        }
    }

    private static double stolenTicks() {
        try {
            return stolenTicks(Files.readString(MACHINE));
        } catch (final IOException | RuntimeException e) {
            return Double.NaN;
        }
    }

    static double stolenTicks(final String stat) {
        return Double.parseDouble(machineFields(stat)[STEAL]);
    }

    static double machineTicks(final String stat) {
        final String[] fields = machineFields(stat);
        double ticks = 0;
        for (int i = 1; i <= STEAL; i++) {
            ticks += i == IDLE || i == IO_WAIT ? 0 : Double.parseDouble(fields[i]);
        }
        return ticks;
    }

    private static String[] machineFields(final String stat) {
        return stat.lines().findFirst().orElseThrow().split("\\s+");
    }

    static double ownTicks(final String stat) {
        final String[] fields =
                stat.substring(stat.lastIndexOf(')') + 1).strip().split("\\s+");
        double ticks = 0;
        for (int i = OWN_USER; i <= CHILDREN_SYSTEM; i++) {
            ticks += Double.parseDouble(fields[i]);
        }
        return ticks;
    }
}
