package io.condatis.memory;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.LivenessFile;
import io.condatis.internal.os.RandomId;
import io.condatis.internal.os.SharedDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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
    private static final int MOST_TRIES = 100;
    private static final int LOOKS = 2;
    private static final String FILE_SYSTEM = "tmpfs";
    private static final Map<Path, BlockOwner> OWNERS = new ConcurrentHashMap<>();

    private final boolean isMarking;

    /** The marks of this JVM and the blocks they stand beside; those that were looked at longest ago come first. */
    private final Map<Path, BlockName> marks = new LinkedHashMap<>();

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
            marks.put(mark, block);
            forgetSomeThatAreGone();
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

    /**
     * Blocks that another program has unlinked, which knows nothing of marks. Twice as many are looked at as are made, so
     * that such marks never come to be more than a part of all.
     */
    private void forgetSomeThatAreGone() {
        for (int i = 0; i < LOOKS && !marks.isEmpty(); i++) {
            final Map.Entry<Path, BlockName> oldest =
                    marks.entrySet().iterator().next();
            if (isBeingMade(oldest.getKey()) || oldest.getValue().isCurrent()) {
                marks.remove(oldest.getKey());
                marks.put(oldest.getKey(), oldest.getValue());
            } else {
                unmark(oldest.getKey());
            }
        }
    }

    private static boolean isBeingMade(final Path mark) {
        return Files.exists(HiddenName.building(HiddenName.generationOf(mark)));
    }

    /** {@return whether a file is a mark of this JVM} */
    synchronized boolean owns(final Path mark) {
        return marks.containsKey(mark);
    }

    synchronized void unmark(final Path mark) {
        if (mark != null && marks.remove(mark) != null) {
            try {
                Files.deleteIfExists(mark);
            } catch (final IOException e) {
                throw new CondatisException("The mark " + mark + " could not be removed: " + e, e);
            } finally {
                closeWhenUnused();
            }
        }
    }

    /** Tries again when a sweep took the file for a dead process's before the slot was ours, which it can at any point. */
    private Void live() throws IOException {
        for (int tries = 1; liveness == null; tries++) {
            try {
                attempt();
            } catch (final CondatisException e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
        return null;
    }

    private void attempt() throws IOException {
        id = RandomId.next();
        final Path path = HiddenName.owner(id);
        final LivenessFile file = LivenessFile.create(path);
        if (file.claim(SLOT) && Files.exists(path)) {
            liveness = file;
        } else {
            Files.deleteIfExists(path);
            file.close();
        }
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
