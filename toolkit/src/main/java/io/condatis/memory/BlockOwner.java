package io.condatis.memory;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.LivenessFile;
import io.condatis.internal.os.SharedDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * This JVM as the owner of blocks in one directory. While it has any, it holds slot 0 of an empty liveness file there, and
 * beside each block stands a {@link BlockMark} that names the file: once the kernel has freed the slot, the marked blocks
 * are a dead process's.
 *
 * <p>Only on tmpfs, where the number of a file is not used again soon: elsewhere a mark could hit a newer block of the same
 * name and number. There nothing is marked, and a block whose creator is killed stays.
 */
final class BlockOwner {
    private static final int SLOT = 0;
    private static final String FILE_SYSTEM = "tmpfs";
    private static final Map<Path, BlockOwner> OWNERS = new ConcurrentHashMap<>();
    private static final SecureRandom IDS = new SecureRandom();

    private final boolean isMarking;
    private final Set<Path> marks = new HashSet<>();
    private long id;
    private LivenessFile liveness;

    private BlockOwner(final Path directory) {
        this.isMarking = isReliable(directory);
    }

    static BlockOwner in(final Path directory) {
        return OWNERS.computeIfAbsent(directory, BlockOwner::new);
    }

    private static boolean isReliable(final Path directory) {
        try {
            return FILE_SYSTEM.equals(Files.getFileStore(directory).type());
        } catch (final IOException e) {
            return false;
        }
    }

    /**
     * Marks a block as one of this JVM.
     *
     * @return the mark, null where marks are not reliable
     */
    synchronized Path mark(final BlockName block, final long generation) {
        if (!isMarking) {
            return null;
        }
        try {
            if (liveness == null) {
                Uninterrupted.call(this::live);
            }
            final Path mark = HiddenName.mark(generation);
            Files.createSymbolicLink(mark, BlockMark.ofThisProcess(id, block).target());
            marks.add(mark);
            return mark;
        } catch (final IOException e) {
            throw new CondatisException(
                    "Shared memory '" + block.name() + "' could not be marked as one of this process: " + e
                            + ". A file system full of files has no room for it; remove what is unused in "
                            + SharedDirectory.path() + ".",
                    e);
        } finally {
            closeWhenUnused();
        }
    }

    synchronized void unmark(final Path mark) {
        if (mark != null && marks.remove(mark)) {
            try {
                Files.deleteIfExists(mark);
            } catch (final IOException e) {
                throw new CondatisException("The mark " + mark + " could not be removed: " + e, e);
            } finally {
                closeWhenUnused();
            }
        }
    }

    /** Tries again when a sweep took the file for a dead process's before the slot was ours. */
    private Void live() throws IOException {
        while (liveness == null) {
            id = IDS.nextLong();
            final Path path = HiddenName.owner(id);
            final LivenessFile file = LivenessFile.create(path);
            if (file.claim(SLOT) && Files.exists(path)) {
                liveness = file;
            } else {
                Files.deleteIfExists(path);
                file.close();
            }
        }
        return null;
    }

    private void closeWhenUnused() {
        if (marks.isEmpty() && liveness != null) {
            final LivenessFile file = liveness;
            liveness = null;
            try (file) {
                Files.deleteIfExists(file.path());
            } catch (final IOException e) {
                throw new CondatisException("The liveness file " + file.path() + " could not be removed: " + e, e);
            }
        }
    }

    /**
     * Whether the process behind a mark is known to be dead.
     *
     * @return false also when nobody can tell
     */
    static boolean isDead(final BlockMark mark) {
        final Path path = HiddenName.owner(mark.ownerId());
        if (mark.canRun()) {
            return false;
        }
        try (LivenessFile file = LivenessFile.open(path)) {
            return !file.isHeld(SLOT);
        } catch (final CondatisException e) {
            return Files.notExists(path);
        }
    }

    /** Removes the liveness file of a dead owner. */
    static void sweep(final Path path) throws IOException {
        try (LivenessFile file = LivenessFile.open(path)) {
            if (file.claim(SLOT)) {
                Files.deleteIfExists(path);
            }
        }
    }
}
