package io.condatis.internal.os;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells of a process that was killed, before the kernel has taken it apart, that none of its threads will run a program
 * again. Taking apart needs some 50 us for each megabyte that the process used, and only then are its locks free.
 *
 * <p>The proof is that the kernel has marked each of its threads as exiting, from which there is no way back. The list of
 * threads is read three times, as the kernel leaves some out when others go while it is read. Whoever is in the second was
 * found exiting before that was begun, so nobody has made a new thread since; and as all of it is still there in the third,
 * nobody went and nothing was left out.
 *
 * <p>A program that another one is executed in the place of ({@code execve}) ends in the same way, with all of its threads;
 * for a moment the process may be found dead that goes on as the other one, which has none of what the first one had.
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
        final ProcessStatus first = ProcessStatus.of(Long.toString(pid));
        if (!WORKS || !first.isLeaving() || first.startTicks() != startTicks) {
            return false;
        }
        final List<String> threads = threads(pid);
        for (final String thread : threads) {
            if (!ProcessStatus.ofThread(pid, thread).isLeaving()) {
                return false;
            }
        }
        final List<String> remaining = threads(pid);
        return isWhole(threads, remaining, threads(pid));
    }

    /**
     * {@return whether three readings of a list of threads, all of the first seen exiting before the second, lack nobody}
     *
     * @param seen the first one
     * @param remaining the second one
     * @param again the third one
     */
    static boolean isWhole(final List<String> seen, final List<String> remaining, final List<String> again) {
        return !remaining.isEmpty() && seen.containsAll(remaining) && remaining.equals(again);
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
        for (final String thread : threads(pid)) {
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
    private static List<String> threads(final long pid) {
        final String[] threads = new File("/proc/" + pid + "/task").list();
        return threads == null ? List.of() : List.of(threads);
    }
}
