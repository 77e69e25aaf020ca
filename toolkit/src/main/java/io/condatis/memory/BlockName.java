package io.condatis.memory;

import io.condatis.error.CondatisException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Which file a block is: a name, and the file's identity, so that a newer block of the same name is told apart.
 *
 * <p>Whoever removes the name holds a kernel lock on the file between comparing and removing. Two processes that remove
 * the same block therefore exclude each other, and while the old name stands no newer block can take it.
 */
final class BlockName {
    /**
     * Held while a descriptor of a block is open: closing one drops all kernel locks that this process has on the file. A
     * literal, because that is the same object in all copies of this class in the JVM.
     */
    static final Object DESCRIPTORS = "io.condatis.memory.BlockName.DESCRIPTORS";

    private static final long BUSY_DEADLINE_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long BUSY_POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final String name;
    private final Path path;
    private final Object identity;

    BlockName(final String name, final Path path, final Object identity) {
        this.name = name;
        this.path = path;
        this.identity = identity;
    }

    String name() {
        return name;
    }

    Path path() {
        return path;
    }

    /** {@return what tells the file from an earlier or later one of the name, for every process of the host} */
    String identity() {
        return identity.toString();
    }

    /** {@return whether the name still stands for this file} */
    boolean isCurrent() {
        try {
            return identity.equals(identityOf(path));
        } catch (final IOException e) {
            return false;
        }
    }

    static Object identityOf(final Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    /**
     * Removes the name if it stands for this file. Waits for others that remove it, and for programs that lock the file for
     * reasons of their own, up to a deadline.
     *
     * @return false when it is gone or stands for another file
     */
    boolean unlink() {
        final long startNs = System.nanoTime();
        while (true) {
            final Outcome outcome = attempt();
            if (outcome != Outcome.BUSY) {
                return outcome == Outcome.UNLINKED;
            }
            if (System.nanoTime() - startNs >= BUSY_DEADLINE_NS) {
                throw new CondatisException("Shared memory '" + name + "' could not be removed: some program has held a"
                        + " lock on " + path + " for " + TimeUnit.NANOSECONDS.toSeconds(BUSY_DEADLINE_NS)
                        + " s. Have it unlock the file, or remove the file by hand.");
            }
            LockSupport.parkNanos(BUSY_POLL_NS);
        }
    }

    /**
     * Removes the name if it stands for this file, without waiting for anybody.
     *
     * @return false when somebody holds a lock on the file: it is for another time then; true when this name is gone
     */
    boolean unlinkUnlessBusy() {
        return attempt() != Outcome.BUSY;
    }

    private enum Outcome {
        UNLINKED,
        GONE,
        BUSY
    }

    private Outcome attempt() {
        try {
            return Uninterrupted.call(this::unlinkLocked);
        } catch (final NoSuchFileException e) {
            return Outcome.GONE;
        } catch (final IOException e) {
            throw new CondatisException("Shared memory '" + name + "' could not be removed: " + e, e);
        }
    }

    private Outcome unlinkLocked() throws IOException {
        synchronized (DESCRIPTORS) {
            if (!identity.equals(identityOf(path))) {
                return Outcome.GONE;
            }
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                    var lock = channel.tryLock()) {
                if (lock == null) {
                    return Outcome.BUSY;
                }
                final boolean ours = identity.equals(identityOf(path));
                if (ours) {
                    Files.delete(path);
                }
                return ours ? Outcome.UNLINKED : Outcome.GONE;
            } catch (final OverlappingFileLockException e) {
                return Outcome.BUSY; // this JVM has locked it for a reason of its own
            }
        }
    }
}
