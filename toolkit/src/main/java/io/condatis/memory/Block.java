package io.condatis.memory;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.SharedDirectory;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/** A mapped file of the shared directory: which file it is, and its memory. */
final class Block {
    /** How long an attacher waits for a file of no bytes, which is what CPython shows while it creates a block. */
    static final long EMPTY_FILE_DEADLINE_NS = TimeUnit.SECONDS.toNanos(1);

    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final BlockName name;
    private final UnsafeBuffer memory;

    private Block(final BlockName name, final UnsafeBuffer memory) {
        this.name = name;
        this.memory = memory;
    }

    BlockName name() {
        return name;
    }

    UnsafeBuffer memory() {
        return memory;
    }

    /**
     * Maps a block that exists.
     *
     * @param name as the user gave it
     * @return the whole file, mapped and present in memory
     * @throws NameMissingException when there is no such file
     * @throws CondatisException when the file is not one that can be shared memory of this user
     */
    static Block open(final String name) {
        final Path path = SharedDirectory.resolve(name);
        final long deadlineNs = System.nanoTime() + EMPTY_FILE_DEADLINE_NS;
        try {
            Block block = Uninterrupted.call(() -> attempt(name, path));
            while (block == null) {
                if (System.nanoTime() - deadlineNs >= 0) {
                    throw unusable(
                            path,
                            "is empty and nobody gave it a size within "
                                    + TimeUnit.NANOSECONDS.toMillis(EMPTY_FILE_DEADLINE_NS) + " ms");
                }
                LockSupport.parkNanos(POLL_NS);
                block = Uninterrupted.call(() -> attempt(name, path));
            }
            return block;
        } catch (final NoSuchFileException e) {
            throw missing(name, path);
        } catch (final IOException e) {
            throw new CondatisException("Shared memory '" + name + "' at " + path + " cannot be opened: " + e, e);
        }
    }

    private static Block attempt(final String name, final Path path) throws IOException {
        final MappedByteBuffer mapped;
        final Object identity;
        synchronized (BlockName.DESCRIPTORS) {
            identity = requireUsable(path);
            try (FileChannel channel = FileChannel.open(
                    path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
                final long size = channel.size();
                if (size == 0 || !identity.equals(requireUsable(path))) {
                    return null;
                }
                mapped = BlockBuilder.map(path, channel, requireMappable(path, size));
            }
        }
        touch(path, mapped);
        return new Block(new BlockName(name, path, identity), new UnsafeBuffer(mapped));
    }

    private static Object requireUsable(final Path path) throws IOException {
        final Map<String, Object> attributes = Files.readAttributes(
                path, "unix:isRegularFile,isDirectory,isSymbolicLink,uid,fileKey", LinkOption.NOFOLLOW_LINKS);
        if (!(Boolean) attributes.get("isRegularFile")) {
            throw unusable(path, "is " + kindOf(attributes) + ", not a file");
        }
        final int owner = (Integer) attributes.get("uid");
        if (SharedDirectory.userId() >= 0 && owner != SharedDirectory.userId()) {
            throw unusable(path, "belongs to user id " + owner + ", this process runs as " + SharedDirectory.userId());
        }
        return attributes.get("fileKey");
    }

    private static String kindOf(final Map<String, Object> attributes) {
        if ((Boolean) attributes.get("isDirectory")) {
            return "a directory";
        }
        return (Boolean) attributes.get("isSymbolicLink") ? "a symbolic link" : "a pipe, socket or device";
    }

    private static long requireMappable(final Path path, final long size) {
        if (size > Integer.MAX_VALUE) {
            throw unusable(path, "has " + size + " bytes and a buffer reaches " + Integer.MAX_VALUE);
        }
        return size;
    }

    /**
     * Makes every page present. A block that another program made may have holes; touching one in a full file system is
     * a SIGBUS, which the JVM turns into an {@code InternalError} for these reads but not for atomic operations.
     */
    private static void touch(final Path path, final MappedByteBuffer mapped) throws IOException {
        try {
            mapped.load();
            Files.exists(path);
        } catch (final InternalError e) {
            throw BlockBuilder.outOfMemory(mapped.capacity(), SharedDirectory.freeBytes(), e);
        }
    }

    static NameMissingException missing(final String name, final Path path) {
        return new NameMissingException("There is no shared memory '" + name + "' (" + path
                + "): start the process that creates it first, or check the name.");
    }

    private static CondatisException unusable(final Path path, final String fault) {
        return new CondatisException(
                "Shared memory at " + path + " cannot be used: it " + fault + ". Choose another name, or remove it.");
    }
}
