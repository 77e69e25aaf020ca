package io.condatis.process;

import io.condatis.error.CondatisException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/** Signals that {@link Process} has no method for, sent by the shell's own {@code kill}. */
final class Signals {
    private Signals() {}

    static void send(final String signal, final long pid) {
        try {
            final Process kill = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            // Its exit code tells nothing of use: a process that has just ended is no failure.
            kill.waitFor();
        } catch (final IOException e) {
            throw new CondatisException("Signal " + signal + " cannot be sent to process " + pid + ".", e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
