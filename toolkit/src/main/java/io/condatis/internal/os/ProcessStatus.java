package io.condatis.internal.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Four fields of {@code /proc/<pid>/stat}, or of one thread in {@code /proc/<pid>/task/<tid>/stat}.
 *
 * @param state the state letter, {@code Z} for a process whose main thread has ended, 0 when there is no such process
 * @param flags of the kernel for the thread
 * @param threads threads of the process that are not gone
 * @param startTicks clock ticks between boot and start
 */
record ProcessStatus(char state, long flags, long threads, long startTicks) {
    private static final int FLAGS_FIELD = 6;
    private static final int THREADS_FIELD = 17;
    private static final int START_FIELD = 19;
    private static final int EXITING = 0x4; // PF_EXITING of the kernel's linux/sched.h

    /** {@return whether any thread of the process can still run} */
    boolean canRun() {
        return state != 0 && !(hasEnded() && threads <= 1);
    }

    /** {@return whether the thread has ended; what it shared with others may be there still} */
    boolean hasEnded() {
        return state == 'Z' || state == 'X';
    }

    /** {@return whether the thread is gone or in the kernel on its way out, and will not run a program again} */
    boolean isLeaving() {
        return state == 0 || hasEnded() || (flags & EXITING) != 0;
    }

    /**
     * Reads the status of a process, as this process sees it.
     *
     * @param pid a number or {@code self}
     * @return its status, all zero when there is none to be seen
     */
    static ProcessStatus of(final String pid) {
        return read(Path.of("/proc", pid, "stat"));
    }

    /**
     * Reads the status of a thread.
     *
     * @param task its directory in {@code /proc/<pid>/task}
     * @return its status, all zero when it is gone
     */
    static ProcessStatus ofThread(final Path task) {
        return read(task.resolve("stat"));
    }

    private static ProcessStatus read(final Path file) {
        try {
            final String stat = Files.readString(file, StandardCharsets.ISO_8859_1);
            // The second field is the command in parentheses, which may hold blanks and parentheses itself.
            final String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return new ProcessStatus(
                    fields[0].charAt(0),
                    Long.parseLong(fields[FLAGS_FIELD]),
                    Long.parseLong(fields[THREADS_FIELD]),
                    Long.parseLong(fields[START_FIELD]));
        } catch (final IOException | RuntimeException e) {
            return new ProcessStatus((char) 0, 0, 0, ProcessIdentity.UNKNOWN);
        }
    }
}
