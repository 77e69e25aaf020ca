package io.condatis.internal.os;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads parts of a file that other processes have mapped. The bytes are copied by the kernel: a file that is cut meanwhile
 * is an exception, where a mapping would be a SIGBUS, and nothing can be written by mistake.
 *
 * <p>Not thread-safe.
 */
public final class FileCopier implements AutoCloseable {
    private static final int ALIGNMENT = 64;

    private final Path path;
    private final FileChannel channel;

    private FileCopier(final Path path, final FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Opens a file for reading.
     *
     * @param path of a regular file; no link is followed
     * @return the file, to be closed
     * @throws IOException when there is none, it is something else, or may not be read
     */
    public static FileCopier open(final Path path) throws IOException {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(path + " is gone, or no regular file"); // opening a pipe would wait for its writer
        }
        return new FileCopier(path, FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
    }

    /**
     * {@return the bytes that the file has now}
     *
     * @throws IOException when it cannot be told
     */
    public long size() throws IOException {
        return channel.size();
    }

    /**
     * Copies a part.
     *
     * @param offset of the first byte
     * @param length in bytes
     * @return exactly these, at an address that is a multiple of 64
     * @throws IOException when the file ends before, or cannot be read
     */
    public UnsafeBuffer copy(final long offset, final int length) throws IOException {
        if (offset < 0 || length < 0 || offset + length > channel.size()) {
            throw cut(offset, length);
        }
        final ByteBuffer copy = BufferUtil.allocateDirectAligned(Math.max(1, length), ALIGNMENT);
        copy.limit(length);
        while (copy.hasRemaining()) {
            if (channel.read(copy, offset + copy.position()) < 0) {
                throw cut(offset, length);
            }
        }
        return new UnsafeBuffer(copy, 0, length);
    }

    private EOFException cut(final long offset, final int length) throws IOException {
        return new EOFException(path + " has " + channel.size() + " bytes; " + length + " from " + offset
                + " on were looked for: it was cut, or its header is damaged");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
