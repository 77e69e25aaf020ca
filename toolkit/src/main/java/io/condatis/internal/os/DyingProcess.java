package io.condatis.internal.os;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells of a process that was killed, before the kernel has taken it apart, that none of its threads will run a program
 * again. Taking apart needs some 50 us for each megabyte that the process used, and only then are its locks free.
 *
 * <p>The proof is that the kernel has marked each of its threads as exiting, from which there is no way back. The list of threads is read twice: a thread that was missing in the first was made by one that was in it, which
 * is exiting by now and makes no more, so the new one is in the second.
 */
final class DyingProcess {
    /** The flag means what it meant: no living thread has it, so at least it has not become another one. */
    private static final boolean WORKS = !ProcessStatus.of("thread-self").isLeaving();

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
        try {
            final Set<Path> threads = threads(pid);
            for (final Path thread : threads) {
                if (!ProcessStatus.ofThread(thread).isLeaving()) {
                    return false;
                }
            }
            return threads.containsAll(threads(pid));
        } catch (final IOException | DirectoryIteratorException e) {
            return false; // gone by now, or hidden
        }
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
        try {
            for (final Path thread : threads(pid)) {
                if (name.equals(Files.readString(thread.resolve("comm")).strip())) {
                    lasting.add(Long.valueOf(thread.getFileName().toString()));
                }
            }
        } catch (final IOException | DirectoryIteratorException e) {
            return lasting; // one of them ended just now; the first will do
        }
        return lasting;
    }

    private static Set<Path> threads(final long pid) throws IOException {
        final Set<Path> threads = new HashSet<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            tasks.forEach(threads::add);
        }
        return threads;
    }
}
