package io.condatis.internal.os;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells of a process that was killed, before the kernel has taken it apart, that none of its threads will run a program
 * again. Taking apart needs some 50 us for each megabyte that the process used, and only then are its locks free.
 *
 * <p>The proof is that the kernel has marked each of its threads as exiting, from which there is no way back. A list of
 * {@code /proc/PID/task} proves nothing by itself, as the kernel leaves threads out of it when others go while it is read. So
 * the threads that were found exiting are counted against the kernel's own count, and looked at once more. Each of them was
 * there when the count was taken, and as many as it says: so nobody else was there, and who exits makes no new thread.
 * A number may be given again at once where few are free, and nothing but the start tells the two threads apart: so who
 * began in the very tick of the first look is not believed to be the same at the second.
 *
 * <p>Where another program is executed in the place of this one ({@code execve}), the thread that does it is never marked.
 */
final class DyingProcess {
    /** The flag means what it meant: no living thread has it, so at least it has not become another one. */
    private static final boolean WORKS = doFlagsMeanWhatTheyMeant();

    private DyingProcess() {}

    /**
     * {@return whether no thread of the process will run a program again} False also when it cannot be told.
     *
     * @param pid of the process, in the pid namespace of this one
     * @param startTicks its {@link ProcessIdentity#startTicks()}
     */
    static boolean isDead(final long pid, final long startTicks) {
        return WORKS && isDead("/proc/" + pid, startTicks);
    }

    /**
     * {@return whether no thread of a process will run a program again}
     *
     * @param directory of the process in {@code /proc}
     * @param startTicks its {@link ProcessIdentity#startTicks()}
     */
    static boolean isDead(final String directory, final long startTicks) {
        final long nowTicks = BootClock.ticks();
        final ProcessStatus first = ProcessStatus.read(directory + "/stat");
        if (!first.isLeaving() || first.startTicks() != startTicks) {
            return false;
        }
        final Map<String, ProcessStatus> leaving = new HashMap<>();
        for (final String thread : threads(directory)) {
            final ProcessStatus status = ofThread(directory, thread);
            if (!status.isLeaving() || status.startTicks() >= nowTicks) {
                return false;
            }
            if (status.isThere()) {
                leaving.put(thread, status);
            }
        }
        return !leaving.isEmpty()
                && ProcessStatus.read(directory + "/stat").threads() == leaving.size()
                && areStillThere(directory, leaving);
    }

    /** The later look is at the flag too: by {@code execve} a living thread takes the number of the first one. */
    private static boolean areStillThere(final String directory, final Map<String, ProcessStatus> leaving) {
        for (final Map.Entry<String, ProcessStatus> thread : leaving.entrySet()) {
            final ProcessStatus now = ofThread(directory, thread.getKey());
            if (!now.isThere()
                    || !now.isLeaving()
                    || now.startTicks() != thread.getValue().startTicks()) {
                return false;
            }
        }
        return true;
    }

    private static ProcessStatus ofThread(final String directory, final String thread) {
        return ProcessStatus.read(directory + "/task/" + thread + "/stat");
    }

    private static boolean doFlagsMeanWhatTheyMeant() {
        final ProcessStatus own = ProcessStatus.of("thread-self");
        return own.isKnown() && !own.isLeaving();
    }

    /**
     * Threads that end only with their process.
     *
     * @param pid of the process
     * @param name of a thread that lasts, as the kernel knows it
     * @return the first thread, and that one if it can be seen
     */
    static List<Long> lastingThreads(final long pid, final String name) {
        final List<Long> lasting = new ArrayList<>(List.of(pid));
        for (final String thread : threads("/proc/" + pid)) {
            try {
                if (name.equals(Files.readString(Path.of("/proc/" + pid + "/task/" + thread + "/comm"))
                        .strip())) {
                    lasting.add(Long.valueOf(thread));
                }
            } catch (final IOException e) {
                continue; // ended just now
            }
        }
        return lasting;
    }

    /** {@return their numbers; none when the process is gone, or hidden} */
    private static List<String> threads(final String directory) {
        final String[] threads = new File(directory + "/task").list();
        return threads == null ? List.of() : List.of(threads);
    }
}
