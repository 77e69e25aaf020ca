package io.condatis.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Watches processes that are not children of this JVM, such as those whose parent was killed. */
public final class Orphans {
    private Orphans() {}

    /**
     * Looks whether a process has not ended. One that init has not reaped yet counts as ended; the JDK's
     * {@link ProcessHandle} would call it alive for as long as init takes.
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
