package io.condatis.internal.os;

import io.condatis.error.CondatisException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The plain Java form: POSIX record locks by {@link FileChannel}. These belong to the whole process and vanish when any
 * descriptor of the file is closed in it, so the JVM opens each file once and leaves it open on purpose until it ends;
 * that channel's table says which bytes this JVM holds, because the kernel never refuses a process its own lock.
 * Everything runs under one monitor: two probes of one byte at the same time would exclude each other.
 */
final class ChannelByteLocks implements ByteLocks {
    private static final Map<Object, OpenFile> OPEN_FILES = new HashMap<>();

    private final OpenFile file;
    private final Set<Long> held = new HashSet<>();

    ChannelByteLocks(final Path path) {
        synchronized (OPEN_FILES) {
            try {
                file = openOnce(path);
            } catch (final IOException e) {
                throw new CondatisException("liveness file " + path + " cannot be opened for reading and writing", e);
            }
        }
    }

    @Override
    public boolean tryLock(final long position) {
        synchronized (OPEN_FILES) {
            if (file.locks.containsKey(position)) {
                return false;
            }
            final FileLock lock = file.tryLock(position, false);
            if (lock == null) {
                return false;
            }
            file.locks.put(position, lock);
            held.add(position);
            return true;
        }
    }

    @Override
    public void unlock(final long position) {
        synchronized (OPEN_FILES) {
            held.remove(position);
            final FileLock lock = file.locks.remove(position);
            if (lock != null) {
                release(lock);
            }
        }
    }

    @Override
    public boolean isLockedElsewhere(final long position) {
        synchronized (OPEN_FILES) {
            if (file.locks.containsKey(position)) {
                return !held.contains(position);
            }
            final FileLock probe = file.tryLock(position, true);
            if (probe != null) {
                release(probe);
            }
            return probe == null;
        }
    }

    @Override
    public boolean surviveOtherDescriptors() {
        return false;
    }

    @Override
    public void close() {
        for (final Long position : Set.copyOf(held)) {
            unlock(position);
        }
    }

    private static OpenFile openOnce(final Path path) throws IOException {
        while (true) {
            final Object key = fileKey(path);
            final OpenFile known = OPEN_FILES.get(key);
            if (known != null) {
                return known;
            }
            final FileChannel channel = FileChannel.open(
                    path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
            // An open file keeps its key, so the key just read is this channel's unless the name was given away
            // meanwhile.
            if (key.equals(fileKey(path))) {
                final OpenFile opened = new OpenFile(channel);
                OPEN_FILES.put(key, opened);
                return opened;
            }
        }
    }

    private static Object fileKey(final Path path) throws IOException {
        final Object key = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
        return key == null ? path.toRealPath() : key;
    }

    private static void release(final FileLock lock) {
        try {
            lock.release();
        } catch (final IOException e) {
            throw new CondatisException("a kernel lock on a liveness file could not be given back", e);
        }
    }

    /** A channel that stays open as long as the JVM, and the locks that the JVM holds through it. */
    private static final class OpenFile {
        private final FileChannel channel;
        private final Map<Long, FileLock> locks = new HashMap<>();

        private OpenFile(final FileChannel channel) {
            this.channel = channel;
        }

        /** Null means that somebody holds it, or that the kernel could not tell. */
        private FileLock tryLock(final long position, final boolean shared) {
            try {
                return channel.tryLock(position, 1, shared);
            } catch (final OverlappingFileLockException | IOException e) {
                return null; // another copy of this class in the JVM holds the byte, or there is no answer
            }
        }
    }
}
