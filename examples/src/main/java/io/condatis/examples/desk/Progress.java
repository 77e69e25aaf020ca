package io.condatis.examples.desk;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The progress line: rewritten in place on a terminal, a new line every few seconds elsewhere, the first one as soon as there is
 * some progress.
 */
final class Progress {
    private static final long TERMINAL_PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long OTHER_PERIOD_NS = TimeUnit.SECONDS.toNanos(3);
    private static final long LEAST_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final double NS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int PERCENT = 100;

    private final PrintStream out;
    private final Form form;
    private final long total;
    private final LongSupplier entered;
    private final LongSupplier clockNs;
    private final long periodNs;
    private long lastNs;
    private long lastEntered;
    private int width;

    /** How a line is brought up to date. */
    enum Form {
        /** By writing over it. */
        TERMINAL,
        /** By another line. */
        LINES
    }

    Progress(final PrintStream out, final Form form, final long total, final LongSupplier entered) {
        this(out, form, total, entered, System::nanoTime);
    }

    Progress(
            final PrintStream out,
            final Form form,
            final long total,
            final LongSupplier entered,
            final LongSupplier clockNs) {
        this.out = out;
        this.form = form;
        this.total = total;
        this.entered = entered;
        this.clockNs = clockNs;
        this.lastNs = clockNs.getAsLong();
        this.periodNs = form == Form.TERMINAL ? TERMINAL_PERIOD_NS : OTHER_PERIOD_NS;
    }

    /** {@return what suits this process's standard output} */
    static Form ofStandardOutput() {
        try {
            // Not System.console(): since JDK 22 there is one even when the output goes to a file.
            final Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/1"));
            return target.startsWith("/dev/pts") || target.toString().startsWith("/dev/tty")
                    ? Form.TERMINAL
                    : Form.LINES;
        } catch (final IOException | UnsupportedOperationException e) {
            return Form.LINES;
        }
    }

    void show(final long waiting) {
        final long nowNs = clockNs.getAsLong();
        final long now = entered.getAsLong();
        final long dueNs = lastEntered == 0 && now > 0 ? Math.min(LEAST_NS, periodNs) : periodNs;
        if (nowNs - lastNs < dueNs) {
            return;
        }
        final String line = String.format(
                Locale.ROOT,
                "%,d of %,d trades (%d %%), %,.0f trades/s, %,d waiting",
                now,
                total,
                PERCENT * now / total,
                (now - lastEntered) * NS_PER_SECOND / (nowNs - lastNs),
                waiting);
        print(line);
        lastNs = nowNs;
        lastEntered = now;
    }

    private void print(final String line) {
        if (form == Form.TERMINAL) {
            out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
            out.flush();
            width = Math.max(width, line.length());
        } else {
            out.println(line);
        }
    }

    /** Gives the terminal's line free for other output. */
    void clear() {
        if (width > 0) {
            out.print("\r" + " ".repeat(width) + "\r");
            out.flush();
            width = 0;
        }
    }
}
