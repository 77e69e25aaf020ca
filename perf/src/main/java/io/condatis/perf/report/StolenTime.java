package io.condatis.perf.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much of this machine's processors its hypervisor gave to other machines while a program of this one wanted to run. Linux
 * only; elsewhere, and under hypervisors that do not tell, it does not know, or knows of none.
 */
public final class StolenTime {
    private static final Path MACHINE = Path.of("/proc/stat");
    private static final double TICKS_PER_SECOND = 100;
    private static final double NS_PER_SECOND = 1e9;
    /** In the line {@code cpu}: user nice system idle iowait irq softirq steal. */
    private static final int FIELD = 8;

    private final long startNs = System.nanoTime();
    private final double before = ticks();

    private StolenTime() {}

    /** {@return one that counts from now on} */
    public static StolenTime start() {
        return new StolenTime();
    }

    /** {@return cores, in the mean since the start; NaN when that cannot be known} */
    public double cores() {
        final double seconds = (System.nanoTime() - startNs) / NS_PER_SECOND;
        return Math.max(0, (ticks() - before) / TICKS_PER_SECOND / seconds);
    }

    private static double ticks() {
        try {
            return ticks(Files.readString(MACHINE));
        } catch (final IOException | RuntimeException e) {
            return Double.NaN;
        }
    }

    static double ticks(final String stat) {
        return Double.parseDouble(LoadMeter.machineFields(stat)[FIELD]);
    }
}
