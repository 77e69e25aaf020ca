package io.condatis.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that was sent SIGSTOP: its threads stop one by one, each when it next gets a processor. */
public final class StoppedProcess {
    private static final String STOPPED = "TtZX";

    private StoppedProcess() {}

    /**
     * Waits until no thread of a process runs any more.
     *
     * @param pid of the process
     */
    public static void await(final long pid) {
        Await.until("process " + pid + " has stopped", () -> isStopped(pid));
    }

    private static boolean isStopped(final long pid) {
        final String[] threads = new File("/proc/" + pid + "/task").list();
        if (threads != null) {
            for (final String thread : threads) {
                if (!isStopped(Path.of("/proc/" + pid + "/task", thread, "stat"))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isStopped(final Path stat) {
        try {
            final String fields = Files.readString(stat);
            return STOPPED.indexOf(fields.charAt(fields.lastIndexOf(')') + 2)) >= 0;
        } catch (final IOException e) {
            return true; // it has just ended
        }
    }
}
