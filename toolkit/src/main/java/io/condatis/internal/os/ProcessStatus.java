package io.condatis.internal.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Three fields of {@code /proc/<pid>/stat}.
 *
 * @param state the state letter, {@code Z} for a process whose main thread has ended, 0 when there is no such process
 * @param threads threads that can still run
 * @param startTicks clock ticks between boot and start
 */
record ProcessStatus(char state, long threads, long startTicks) {
    private static final int THREADS_FIELD = 17;
    private static final int START_FIELD = 19;

    /** {@return whether any thread of the process can still run} */
    boolean canRun() {
        return state != 0 && !((state == 'Z' || state == 'X') && threads <= 1);
    }

    /**
     * Reads the status of a process, as this process sees it.
     *
     * @param pid a number or {@code self}
     * @return its status, all zero when there is none to be seen
     */
    static ProcessStatus of(final String pid) {
        try {
            final String stat = Files.readString(Path.of("/proc", pid, "stat"), StandardCharsets.ISO_8859_1);
            // The second field is the command in parentheses, which may hold blanks and parentheses itself.
            final String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return new ProcessStatus(
                    fields[0].charAt(0), Long.parseLong(fields[THREADS_FIELD]), Long.parseLong(fields[START_FIELD]));
        } catch (final IOException | RuntimeException e) {
            return new ProcessStatus((char) 0, 0, ProcessIdentity.UNKNOWN);
        }
    }
}
