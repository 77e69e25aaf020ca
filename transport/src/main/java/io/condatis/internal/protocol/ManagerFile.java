package io.condatis.internal.protocol;

import static io.condatis.internal.protocol.ManagerFileDescriptor.DOORBELLS_OFFSET;
import static io.condatis.internal.protocol.ManagerFileDescriptor.LAYOUT_VERSION;
import static io.condatis.internal.protocol.ManagerFileDescriptor.LAYOUT_VERSION_OFFSET;
import static io.condatis.internal.protocol.ManagerFileDescriptor.LENGTH;
import static io.condatis.internal.protocol.ManagerFileDescriptor.MAGIC;
import static io.condatis.internal.protocol.ManagerFileDescriptor.MAGIC_OFFSET;
import static io.condatis.internal.protocol.ManagerFileDescriptor.METRICS_PORT_OFFSET;
import static io.condatis.internal.protocol.ManagerFileDescriptor.PARTICIPANTS_OFFSET;
import static io.condatis.internal.protocol.ManagerFileDescriptor.PROTOCOL_VERSION_OFFSET;
import static io.condatis.internal.protocol.ManagerFileDescriptor.SERVER_GENERATION_OFFSET;
import static io.condatis.internal.protocol.ManagerFileDescriptor.SERVER_PID_OFFSET;
import static io.condatis.internal.protocol.ManagerFileDescriptor.SERVER_SLOT_OFFSET;
import static io.condatis.internal.protocol.ManagerFileDescriptor.WINDOWS_OFFSET;
import static io.condatis.internal.protocol.ManagerFileDescriptor.WINDOW_COUNT;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.ProcessIdentity;
import io.condatis.sync.Doorbell;
import io.condatis.sync.Participants;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The memory that a manager's server and its clients share beside the Aeron streams: who takes part and is alive, a
 * doorbell for each, and the windows. The mapping lives as long as this object can be reached; {@link #close()} only gives
 * the participant's slot back, so that no thread still at work can touch memory that is gone.
 */
public final class ManagerFile implements AutoCloseable {
    private final UnsafeBuffer buffer;
    private final Participants participants;
    private final WindowCells windows;

    private ManagerFile(final UnsafeBuffer buffer, final Participants participants) {
        this.buffer = buffer;
        this.participants = participants;
        windows = new WindowCells(buffer, WINDOWS_OFFSET, WINDOW_COUNT);
    }

    /**
     * Make the file in a directory that nobody knows of yet, with this process as the server.
     *
     * @param directory empty and ours
     * @return the file, not yet ready
     * @throws IOException when there is no room for it
     */
    static ManagerFile create(final Path directory) throws IOException {
        final Path path = directory.resolve(ManagerDirectory.FILE_NAME);
        try (FileChannel channel = FileChannel.open(path, CREATE_NEW, READ, WRITE)) {
            final ByteBuffer zeros = ByteBuffer.allocate(LENGTH);
            while (zeros.hasRemaining()) {
                channel.write(zeros, zeros.position());
            }
            final UnsafeBuffer buffer = new UnsafeBuffer(channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH));
            final Path liveness = directory.resolve(ManagerDirectory.LIVENESS_NAME);
            Participants.initialise(buffer, PARTICIPANTS_OFFSET, liveness);
            final Participants participants = Participants.join(buffer, PARTICIPANTS_OFFSET, liveness);
            buffer.putInt(LAYOUT_VERSION_OFFSET, LAYOUT_VERSION);
            buffer.putInt(PROTOCOL_VERSION_OFFSET, Protocol.VERSION);
            buffer.putInt(SERVER_SLOT_OFFSET, participants.slot());
            buffer.putInt(SERVER_GENERATION_OFFSET, participants.generation());
            buffer.putLongVolatile(SERVER_PID_OFFSET, ProcessIdentity.pid());
            return new ManagerFile(buffer, participants);
        }
    }

    /**
     * Map the file of a running manager and take part in it.
     *
     * @param directory of the manager
     * @return the file, or null when the manager is still starting
     * @throws NoSuchFileException when there is no such manager
     * @throws IOException when it cannot be read
     * @throws CondatisException when it was made by another version or is no manager's file
     */
    static ManagerFile join(final Path directory) throws IOException {
        final UnsafeBuffer buffer = map(directory, FileChannel.MapMode.READ_WRITE);
        if (buffer == null || buffer.getLongVolatile(MAGIC_OFFSET) == 0) {
            return null;
        }
        checkVersions(directory, buffer);
        return takePart(directory, buffer);
    }

    /** Server: take part a second time, as a client of its own that is there before the others are let in. */
    static ManagerFile joinAhead(final Path directory) throws IOException {
        return takePart(directory, map(directory, FileChannel.MapMode.READ_WRITE));
    }

    private static ManagerFile takePart(final Path directory, final UnsafeBuffer buffer) {
        return new ManagerFile(
                buffer,
                Participants.join(buffer, PARTICIPANTS_OFFSET, directory.resolve(ManagerDirectory.LIVENESS_NAME)));
    }

    /**
     * Look at the file of a manager without taking part.
     *
     * @param directory of the manager
     * @return the file, or null when it is too short to be one
     * @throws IOException when there is none or it cannot be read
     */
    static ManagerFile observe(final Path directory) throws IOException {
        final UnsafeBuffer buffer = map(directory, FileChannel.MapMode.READ_ONLY);
        if (buffer == null) {
            return null;
        }
        return new ManagerFile(
                buffer,
                Participants.observe(buffer, PARTICIPANTS_OFFSET, directory.resolve(ManagerDirectory.LIVENESS_NAME)));
    }

    private static UnsafeBuffer map(final Path directory, final FileChannel.MapMode mode) throws IOException {
        final Path path = directory.resolve(ManagerDirectory.FILE_NAME);
        try (FileChannel channel = mode == FileChannel.MapMode.READ_ONLY
                ? FileChannel.open(path, READ, LinkOption.NOFOLLOW_LINKS)
                : FileChannel.open(path, READ, WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (channel.size() != LENGTH) {
                return null;
            }
            return new UnsafeBuffer(channel.map(mode, 0, LENGTH));
        }
    }

    private static void checkVersions(final Path directory, final UnsafeBuffer buffer) {
        final long magic = buffer.getLongVolatile(MAGIC_OFFSET);
        final int layout = buffer.getInt(LAYOUT_VERSION_OFFSET);
        final int protocol = buffer.getInt(PROTOCOL_VERSION_OFFSET);
        if (magic != MAGIC || layout != LAYOUT_VERSION || protocol != Protocol.VERSION) {
            throw new CondatisException("the manager in " + directory + " was started by another version of Condatis:"
                    + " magic=" + Long.toHexString(magic) + " layout=" + layout + " protocol=" + protocol
                    + ", this process has magic=" + Long.toHexString(MAGIC) + " layout=" + LAYOUT_VERSION + " protocol="
                    + Protocol.VERSION + "; use one version on both sides");
        }
    }

    /** Server: let clients in. */
    public void ready() {
        buffer.putLongRelease(MAGIC_OFFSET, MAGIC);
    }

    /**
     * Server: say where metrics can be read.
     *
     * @param port of the loopback
     */
    public void metricsPort(final int port) {
        buffer.putIntVolatile(METRICS_PORT_OFFSET, port);
    }

    /** {@return the port of the loopback at which metrics can be read, 0 when there is none} */
    public int metricsPort() {
        return buffer.getIntVolatile(METRICS_PORT_OFFSET);
    }

    /** {@return process id of the server, for display} */
    public long serverPid() {
        return buffer.getLongVolatile(SERVER_PID_OFFSET);
    }

    /** {@return whether the server's process has ended, or this is closed; exact, no time-out, about a microsecond} */
    public boolean isServerDead() {
        try {
            return isClosed()
                    || participants.isDead(buffer.getInt(SERVER_SLOT_OFFSET), buffer.getInt(SERVER_GENERATION_OFFSET));
        } catch (final IllegalStateException e) {
            return true; // closed by another thread in between
        }
    }

    /** {@return whether this was closed} */
    public boolean isClosed() {
        return participants.isClosed();
    }

    /**
     * {@return whether the server's death wakes a thread that sleeps on a doorbell; if not, its sleep must be short}
     *
     * @param doorbell of this process
     */
    public boolean wakesOnServerDeath(final Doorbell doorbell) {
        return !participants.isClosed()
                && participants.wakesOnDeath(
                        doorbell, buffer.getInt(SERVER_SLOT_OFFSET), buffer.getInt(SERVER_GENERATION_OFFSET));
    }

    /** {@return the processes that take part} */
    public Participants participants() {
        return participants;
    }

    /** {@return the windows of all sessions} */
    public WindowCells windows() {
        return windows;
    }

    /** {@return the server's doorbell} */
    public Doorbell serverDoorbell() {
        return doorbell(buffer.getInt(SERVER_SLOT_OFFSET));
    }

    /**
     * {@return the doorbell of a participant}
     *
     * @param slot of the participant
     */
    public Doorbell doorbell(final int slot) {
        return new Doorbell(buffer, DOORBELLS_OFFSET + slot * Doorbell.LENGTH);
    }

    /** Stop taking part; idempotent. */
    @Override
    public void close() {
        participants.close();
    }
}
