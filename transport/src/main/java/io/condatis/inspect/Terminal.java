package io.condatis.inspect;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The terminal that {@code top} draws on. Keys come at once, without echo; the screen is another one while it lasts. Both
 * are put back by {@link #close()}, and by the end of the JVM, Ctrl-C included. Where input or output is no terminal, lines
 * are written one after the other, and {@code q} wants a line end.
 */
final class Terminal implements AutoCloseable {
    private static final int DEFAULT_COLUMNS = 80;
    private static final int DEFAULT_ROWS = 24;
    private static final String ENTER = "\u001b[?1049h\u001b[?25l";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String END_OF_LINE = "\u001b[K";
    private static final String REST = "\u001b[J";

    private final PrintWriter out;
    private final boolean screen;
    private final String settings;
    private final Thread atExit;
    private final CountDownLatch end = new CountDownLatch(1);
    private boolean closed;

    private Terminal(final PrintWriter out, final boolean screen, final String settings) {
        this.out = out;
        this.screen = screen;
        this.settings = settings;
        this.atExit = new Thread(this::restore, "terminal");
    }

    /** Takes the terminal over, if there is one; its screen only for drawing. */
    static Terminal open(final PrintWriter out, final boolean drawing) {
        final boolean hasKeys = succeeds("test", "-t", "0");
        final boolean screen = drawing && succeeds("test", "-t", "1");
        final Terminal terminal = new Terminal(out, screen, hasKeys ? output("stty", "-g") : "");
        Runtime.getRuntime().addShutdownHook(terminal.atExit);
        if (!terminal.settings.isEmpty()) {
            succeeds("stty", "-icanon", "-echo", "min", "1");
        }
        if (screen) {
            out.print(ENTER);
            out.flush();
        }
        final Thread keys = new Thread(() -> terminal.read(System.in), "keys");
        keys.setDaemon(true);
        keys.start();
        return terminal;
    }

    /** Waits for the next frame's time. */
    boolean awaitEnd(final long timeoutNs) throws InterruptedException {
        return end.await(timeoutNs, TimeUnit.NANOSECONDS);
    }

    /** {@return columns and rows now} */
    int[] size() {
        final String[] size = screen ? output("stty", "size").trim().split(" ") : new String[0];
        try {
            final int rows = size.length == 2 ? Integer.parseInt(size[0]) : 0;
            final int columns = size.length == 2 ? Integer.parseInt(size[1]) : 0;
            return new int[] {columns > 0 ? columns : DEFAULT_COLUMNS, rows > 0 ? rows : DEFAULT_ROWS};
        } catch (final NumberFormatException e) {
            return new int[] {DEFAULT_COLUMNS, DEFAULT_ROWS};
        }
    }

    boolean isScreen() {
        return screen;
    }

    void show(final List<String> lines, final int rows) {
        if (screen) {
            out.print(HOME);
            lines.stream().limit(rows - 1L).forEach(line -> out.print(line + END_OF_LINE + "\n"));
            out.print(REST);
        } else {
            lines.forEach(out::println);
            out.println();
        }
        out.flush();
    }

    private void read(final InputStream in) {
        try {
            for (int key = in.read(); key >= 0; key = in.read()) {
                if (key == 'q' || key == 'Q') {
                    break;
                }
            }
        } catch (final IOException e) {
            end.countDown(); // as at the end of the input
        } finally {
            end.countDown();
        }
    }

    private synchronized void restore() {
        if (!closed) {
            closed = true;
            if (screen) {
                out.print(LEAVE);
                out.flush();
            }
            if (!settings.isEmpty()) {
                succeeds("stty", settings.trim());
            }
        }
    }

    @Override
    public void close() {
        restore();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (final IllegalStateException e) {
            return; // the JVM is ending, and the hook finds nothing to do
        }
    }

    private static boolean succeeds(final String... command) {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (final IOException e) {
            return false;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String output(final String... command) {
        try {
            final Process process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return process.waitFor() == 0 ? output : "";
        } catch (final IOException e) {
            return "";
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
