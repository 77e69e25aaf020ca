package io.condatis.internal.os;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;

/**
 * Four fields of {@code /proc/<pid>/stat}, or of one thread in {@code /proc/<pid>/task/<tid>/stat}.
 *
 * <p>Read and parsed by the plainest means: who waits for a dead process's lock waits for this, and it is never compiled.
 *
 * @param state the state letter, {@code Z} for a process whose main thread has ended, 0 when there is no such process, {@code ?}
 *     when it could not be read, for want of descriptors for example
 * @param flags of the kernel for the thread
 * @param threads threads of the process that are not gone
 * @param startTicks clock ticks between boot and start
 */
record ProcessStatus(char state, long flags, long threads, long startTicks) {
    private static final int FLAGS_FIELD = 6;
    private static final int THREADS_FIELD = 17;
    private static final int START_FIELD = 19;
    private static final int MOST_BYTES = 1024;
    private static final int EXITING = 0x4; // PF_EXITING of the kernel's linux/sched.h
    private static final ProcessStatus NONE = new ProcessStatus((char) 0, 0, 0, ProcessIdentity.UNKNOWN);
    private static final ProcessStatus UNREADABLE = new ProcessStatus('?', 0, 0, ProcessIdentity.UNKNOWN);

    /** {@return whether any thread of the process can still run; true also when that cannot be told} */
    boolean canRun() {
        return state != 0 && !(hasEnded() && threads <= 1);
    }

    /** {@return whether it is of a process or thread that is there, ended or not; false also when that cannot be told} */
    boolean isThere() {
        return isKnown() && state != 0;
    }

    /** {@return whether there was an answer, which may be that there is no such process} */
    boolean isKnown() {
        return state != UNREADABLE.state;
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
     * @param pid a number, {@code self} or {@code thread-self}
     * @return its status, all zero when there is no such process
     */
    static ProcessStatus of(final String pid) {
        return read("/proc/" + pid + "/stat");
    }

    /**
     * Reads a status.
     *
     * @param file in {@code /proc}
     * @return all zero when it is not there
     */
    static ProcessStatus read(final String file) {
        final byte[] stat = new byte[MOST_BYTES];
        try (FileInputStream in = new FileInputStream(file)) {
            return parse(stat, in.read(stat));
        } catch (final IOException e) {
            return new File(file).exists() ? UNREADABLE : NONE; // which needs no descriptor
        }
    }

    /** The second field is the command in parentheses, which may hold blanks and parentheses itself. */
    private static ProcessStatus parse(final byte[] stat, final int length) {
        int start = length - 1;
        while (start >= 0 && stat[start] != ')') {
            start--;
        }
        if (start < 0 || length == MOST_BYTES) {
            return UNREADABLE;
        }
        final long[] numbers = new long[START_FIELD + 1];
        int field = -1;
        for (int i = start + 1; i < length && field <= START_FIELD; i++) {
            if (stat[i] == ' ') {
                field++;
            } else if (field >= 0 && stat[i] >= '0' && stat[i] <= '9') {
                numbers[field] = 10 * numbers[field] + stat[i] - '0';
            }
        }
        return field <= START_FIELD
                ? UNREADABLE
                : new ProcessStatus(
                        (char) stat[start + 2], numbers[FLAGS_FIELD], numbers[THREADS_FIELD], numbers[START_FIELD]);
    }
}
