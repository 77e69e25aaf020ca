package io.condatis.pool;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A progress bar for a terminal: {@code prices [########........]  50 % 100/200, 1250/s}. It is drawn ten times a second at
 * most, and ends with a line end. Where the end of the input is not known it counts only.
 */
public final class ConsoleProgress implements ProgressListener {
    private static final int WIDTH = 30;
    private static final long INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final double NS_PER_S = 1e9;
    private static final int PERCENT = 100;

    private final String label;
    private final PrintStream out;
    private final long startNs = System.nanoTime();
    private long drawnNs = startNs - INTERVAL_NS;

    /**
     * A bar on the standard error.
     *
     * @param label stands before it
     */
    public ConsoleProgress(final String label) {
        this(label, System.err);
    }

    /**
     * A bar.
     *
     * @param label stands before it
     * @param out is drawn to
     */
    public ConsoleProgress(final String label, final PrintStream out) {
        this.label = Objects.requireNonNull(label, "label");
        this.out = Objects.requireNonNull(out, "out");
    }

    @Override
    public void onProgress(final long done, final long total) {
        final long nowNs = System.nanoTime();
        final boolean last = done == total;
        if (!last && nowNs - drawnNs < INTERVAL_NS) {
            return;
        }
        drawnNs = nowNs;
        final long perSecond = Math.round(done * NS_PER_S / Math.max(1, nowNs - startNs));
        out.print('\r' + label + ' ' + (total > 0 ? bar(done, total) : Long.toString(done)) + ", " + perSecond + "/s"
                + (last ? System.lineSeparator() : ""));
        out.flush();
    }

    private static String bar(final long done, final long total) {
        final int full = (int) (WIDTH * done / total);
        return String.format(
                Locale.ROOT,
                "[%s%s] %3d %% %d/%d",
                "#".repeat(full),
                ".".repeat(WIDTH - full),
                PERCENT * done / total,
                done,
                total);
    }
}
