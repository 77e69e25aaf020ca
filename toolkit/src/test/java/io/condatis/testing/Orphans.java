package io.condatis.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Watches processes that are not children of this JVM, such as those whose parent was killed. */
public final class Orphans {
    private static final long LOOK_AGAIN_NS = 5_000_000;

    private Orphans() {}

    /**
     * Waits until a process has ended. One that has ended but that init has not reaped yet counts as ended; the JDK's
     * {@link ProcessHandle} would call it alive for as long as init takes.
     *
     * @param pid of the process
     * @param deadline longest wait
     * @return whether it has ended
     */
    public static boolean awaitEnd(final long pid, final Duration deadline) {
        final long deadlineNs = System.nanoTime() + deadline.toNanos();
        while (runs(pid)) {
            if (System.nanoTime() - deadlineNs > 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NS);
        }
        return true;
    }

    /**
     * Looks once.
     *
     * @param pid of the process
     * @return whether it runs or is stopped
     */
    public static boolean runs(final long pid) {
        try {
            final String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            final char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return state != 'Z' && state != 'X';
        } catch (final IOException e) {
            return false;
        }
    }
}
