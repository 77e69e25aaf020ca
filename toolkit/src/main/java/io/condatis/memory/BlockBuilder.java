package io.condatis.memory;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.RandomId;
import io.condatis.internal.os.SharedDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A block that nobody sees yet: built under a hidden name, published by a hard link, which is exclusive. Whoever opens
 * the final name finds a whole block or none.
 *
 * <p>The builder holds a kernel lock on the file until it is closed. A hidden file that is not locked was left by a
 * builder that died, or is a moment old; its builder then notices that it was swept away and starts again.
 */
final class BlockBuilder implements AutoCloseable {
    private static final int CHUNK_BYTES = 256 * 1024;
    private static final long UNMAPPING_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long UNMAPPING_POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    /** System properties of this name and a path: what is built in this JVM, by whatever copy of this class. */
    private static final String BUILT_HERE = "condatis.building:";

    private final long generation;
    private final Path path;
    private FileChannel channel;
    private Object identity;
    private UnsafeBuffer memory;

    private BlockBuilder(final long generation) {
        this.generation = generation;
        this.path = HiddenName.building(generation);
    }

    /**
     * Reserves zero-filled memory.
     *
     * @param lengthBytes exact size of the file, 1 to {@link Integer#MAX_VALUE}
     * @return the builder, to be closed whether or not it has published
     * @throws OutOfSharedMemoryException when the directory has no room; nothing is left there
     */
    static BlockBuilder start(final long lengthBytes) {
        requireRoom(lengthBytes);
        try {
            BlockBuilder builder = null;
            while (builder == null) {
                builder = Uninterrupted.call(() -> attempt(lengthBytes));
            }
            return builder;
        } catch (final IOException e) {
            throw new CondatisException(
                    "No file could be made in the shared directory " + SharedDirectory.path() + ": " + e, e);
        }
    }

    private static BlockBuilder attempt(final long lengthBytes) throws IOException {
        final BlockBuilder builder = new BlockBuilder(RandomId.next());
        boolean done = false;
        try {
            done = builder.open() && builder.reserve(lengthBytes);
        } finally {
            if (!done) {
                builder.close();
            }
        }
        return done ? builder : null;
    }

    /** {@return whether no other descriptor of a file may be closed in this JVM, as that would drop its builder's lock} */
    static boolean isBuiltHere(final Path path) {
        return System.getProperty(BUILT_HERE + path) != null;
    }

    private boolean open() throws IOException {
        System.setProperty(BUILT_HERE + path, "");
        channel = FileChannel.open(
                path,
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        final FileLock lock = channel.tryLock();
        if (lock == null || Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        identity = BlockName.identityOf(path);
        return true;
    }

    /** Writes every page: memory that is only promised would be a SIGBUS later, which no JVM survives. */
    private boolean reserve(final long lengthBytes) throws IOException {
        final ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(CHUNK_BYTES, lengthBytes));
        long position = 0;
        while (position < lengthBytes) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), lengthBytes - position));
            try {
                position += channel.write(zeros, position);
            } catch (final ClosedChannelException e) {
                throw e;
            } catch (final IOException e) {
                close();
                throw outOfMemory(lengthBytes, SharedDirectory.freeBytes(), e);
            }
        }
        memory = new UnsafeBuffer(map(path, channel, lengthBytes));
        return true;
    }

    /** Maps a whole file; the JVM says no more than that it has failed when the process may have no more memory mapped. */
    static MappedByteBuffer map(final Path path, final FileChannel channel, final long lengthBytes) throws IOException {
        try {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, lengthBytes);
        } catch (final IOException e) {
            if (e.getCause() instanceof OutOfMemoryError) {
                throw new CondatisException(
                        "This process cannot map " + lengthBytes + " bytes of " + path
                                + ": raise its limit of address space (ulimit -v) or of mappings (sysctl vm.max_map_count).",
                        e);
            }
            throw e;
        }
    }

    /**
     * Fails early, before anything is written. Blocks that this JVM has closed and unlinked take room until their mappings
     * are collected, hence one collection before giving up.
     */
    private static void requireRoom(final long lengthBytes) {
        long free = SharedDirectory.freeBytes();
        if (free < lengthBytes) {
            System.gc();
            final long startNs = System.nanoTime();
            while (free < lengthBytes && System.nanoTime() - startNs < UNMAPPING_NS) {
                LockSupport.parkNanos(UNMAPPING_POLL_NS);
                free = SharedDirectory.freeBytes();
            }
        }
        if (free < lengthBytes) {
            throw outOfMemory(lengthBytes, free, null);
        }
    }

    static OutOfSharedMemoryException outOfMemory(final long need, final long free, final Throwable cause) {
        final Path directory = SharedDirectory.path();
        return new OutOfSharedMemoryException(
                "Shared memory is full: need=" + need + " bytes, free=" + free + " bytes, directory=" + directory
                        + (free >= need && cause != null ? " (" + cause.getMessage() + ")" : "")
                        + ". Remove what is unused there, enlarge it (mount -o remount,size=SIZE " + directory
                        + "; in a container --shm-size=SIZE), or name another with -D"
                        + SharedDirectory.DIRECTORY_PROPERTY + ".",
                cause);
    }

    long generation() {
        return generation;
    }

    UnsafeBuffer memory() {
        return memory;
    }

    /**
     * What {@link #publish} will make.
     *
     * @param name valid name
     * @return the name with the identity of the file that is being built
     */
    BlockName named(final String name) {
        return new BlockName(name, SharedDirectory.resolve(name), identity);
    }

    /**
     * Makes the block visible.
     *
     * @param name made by {@link #named}
     * @throws NameExistsException when the name is taken; another one can be tried
     */
    void publish(final BlockName name) {
        try {
            Files.createLink(name.path(), path);
        } catch (final FileAlreadyExistsException e) {
            throw new NameExistsException("Shared memory '" + name.name() + "' exists already as " + name.path()
                    + ": attach to it, choose another name, or remove it when its owner is gone.");
        } catch (final IOException | UnsupportedOperationException e) {
            throw new CondatisException(
                    "Shared memory '" + name.name() + "' could not be published as " + name.path() + ": " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
            if (channel != null) {
                synchronized (BlockName.DESCRIPTORS) {
                    channel.close();
                }
            }
        } catch (final IOException e) {
            throw new CondatisException("The half-built block " + path + " could not be removed: " + e, e);
        } finally {
            System.clearProperty(BUILT_HERE + path);
        }
    }
}
