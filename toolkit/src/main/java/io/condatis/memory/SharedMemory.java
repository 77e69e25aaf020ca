package io.condatis.memory;

import io.condatis.internal.os.Access;
import io.condatis.internal.os.JvmFlags;
import io.condatis.internal.os.SharedDirectory;
import io.condatis.sync.Participants;
import java.io.Serializable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A named block of bytes that processes share, of whatever language: byte-compatible with CPython's
 * {@code multiprocessing.shared_memory.SharedMemory} and with numpy over it.
 *
 * <p>Use it to exchange raw bytes with other programs, or as the ground for your own layout. For named values, arrays
 * and locks use {@code io.condatis.SharedObjects}.
 *
 * <p><b>Layout.</b> None: the file {@code /dev/shm/NAME} (or in {@code -Dcondatis.dir}) holds exactly the bytes that
 * were asked for, zero-filled, mode 0600.
 *
 * <p><b>Threads and processes.</b> This object may be used by all threads. The buffer's plain operations are not
 * atomic; its volatile, ordered and compare-and-set ones are, between threads and processes, when aligned.
 *
 * <p><b>Lifetime.</b> {@link #close()} ends the use by this object only; {@link #unlink()} removes the name for
 * everybody, and the memory goes with the last process that has it. A block that this JVM created and nobody unlinked
 * is unlinked when the JVM exits, as CPython's resource tracker does, unless {@link #keep()} was called.
 *
 * <p><b>Blocking.</b> Nothing blocks, except that attaching waits up to a second for a file of no bytes, which is what
 * a block of CPython is for a moment. All memory is reserved at creation, so that a full directory is an exception
 * there and never a crash later.
 *
 * <p><b>Crash.</b> A block whose creator is killed goes like one whose creator exits, only later: the next creation of
 * shared memory by any process of this user unlinks it, as {@code condatis gc} does. A hidden mark beside the block, not its
 * bytes, says whose it is; {@link #keep()} removes the mark. Blocks in a directory that is not on tmpfs are not marked and
 * stay until somebody unlinks them. A creation that is killed half-way leaves a hidden file that the next creation removes.
 *
 * <p><b>A file that somebody cuts while it is mapped</b> takes its memory from all who have it; Condatis never does that,
 * and nothing can forbid it to programs of the same user. Reads and writes then throw the JVM's {@link InternalError}, at
 * the access or a little later; atomic read-modify-write operations may end the JVM, as it does not guard those before it
 * has compiled them. A file that was cut before is refused by {@link #attach}, where its content says how long it is to be.
 *
 * <p><b>Serialisation.</b> As a handle: name and identity of the block, never its content. Reading it attaches, once in
 * each process however many handles are read, and fails with a {@link NameMissingException} when the block was unlinked.
 *
 * <p><b>CPython.</b> Unlike there, an attacher never removes the block when it ends. CPython before 3.13, and later
 * unless {@code track=False}, does: its resource tracker unlinks what it has merely attached to.
 *
 * @serial exclude
 */
@SuppressWarnings("serial") // a handle is written, never the fields
public final class SharedMemory implements AutoCloseable, Serializable {
    /** Largest block, in bytes: what one buffer reaches. */
    public static final int MAX_SIZE = Integer.MAX_VALUE;

    private final BlockName name;
    private final AtomicBuffer buffer;
    private final Access access;
    private final Tracking tracking;
    private Membership membership;

    private SharedMemory(final BlockName name, final UnsafeBuffer memory, final Tracking tracking) {
        this.name = name;
        this.access = new Access("Shared memory '" + name.name() + "'");
        this.buffer = new GuardedBuffer(memory, access);
        this.tracking = tracking;
    }

    /**
     * Makes a block.
     *
     * @param name a file name of at most 255 bytes, without '/'
     * @param size in bytes, 1 to {@link #MAX_SIZE}
     * @return the block, filled with zeros
     * @throws IllegalArgumentException when the name or the size cannot be
     * @throws NameExistsException when the name is taken
     * @throws OutOfSharedMemoryException when the directory has no room
     */
    public static SharedMemory create(final String name, final long size) {
        return create(name, size, SharedMemory::leaveZero);
    }

    /**
     * Makes a block and fills it before anybody can see it: who attaches finds all of the content or no block.
     *
     * @param name a file name of at most 255 bytes, without '/'
     * @param size in bytes, 1 to {@link #MAX_SIZE}
     * @param initialiser fills the memory, which is zero; when it throws nothing is left behind
     * @return the block
     * @throws IllegalArgumentException when the name or the size cannot be
     * @throws NameExistsException when the name is taken
     * @throws OutOfSharedMemoryException when the directory has no room
     */
    public static SharedMemory create(
            final String name, final long size, final Consumer<? super AtomicBuffer> initialiser) {
        SharedDirectory.resolve(name);
        prepare(size);
        try (BlockBuilder builder = BlockBuilder.start(size)) {
            initialiser.accept(builder.memory());
            return publish(builder, name);
        }
    }

    /**
     * Makes a block with a name of its own: {@code psm_} and eight hexadecimal digits, as CPython does.
     *
     * @param size in bytes, 1 to {@link #MAX_SIZE}
     * @return the block, filled with zeros
     * @throws IllegalArgumentException when the size cannot be
     * @throws OutOfSharedMemoryException when the directory has no room
     */
    public static SharedMemory create(final long size) {
        return create(size, SharedMemory::leaveZero);
    }

    /**
     * Makes a block with a name of its own and fills it before anybody can see it.
     *
     * @param size in bytes, 1 to {@link #MAX_SIZE}
     * @param initialiser fills the memory, which is zero; when it throws nothing is left behind
     * @return the block
     * @throws IllegalArgumentException when the size cannot be
     * @throws OutOfSharedMemoryException when the directory has no room
     */
    public static SharedMemory create(final long size, final Consumer<? super AtomicBuffer> initialiser) {
        return create(size, initialiser, SharedMemory::newName);
    }

    static SharedMemory create(
            final long size, final Consumer<? super AtomicBuffer> initialiser, final Supplier<String> names) {
        prepare(size);
        try (BlockBuilder builder = BlockBuilder.start(size)) {
            initialiser.accept(builder.memory());
            while (true) {
                try {
                    return publish(builder, names.get());
                } catch (final NameExistsException e) {
                    continue;
                }
            }
        }
    }

    private static String newName() {
        return String.format("psm_%08x", ThreadLocalRandom.current().nextInt());
    }

    private static void leaveZero(final AtomicBuffer buffer) {}

    private static void prepare(final long size) {
        JvmFlags.check();
        if (size <= 0) {
            throw new IllegalArgumentException("size=" + size + ": shared memory holds at least one byte.");
        }
        if (size > MAX_SIZE) {
            throw new IllegalArgumentException("size=" + size + " is more than one buffer reaches, which is " + MAX_SIZE
                    + " bytes: use several blocks.");
        }
        Sweeper.sweep();
    }

    private static SharedMemory publish(final BlockBuilder builder, final String name) {
        final BlockName file = builder.named(name);
        final Tracking tracking = Tracking.start(file, builder.generation());
        boolean published = false;
        try {
            tracking.publish(builder);
            published = true;
        } finally {
            if (!published) {
                tracking.end();
            }
        }
        return new SharedMemory(file, builder.memory(), tracking);
    }

    /**
     * Opens a block that exists, of whatever process.
     *
     * @param name of the block
     * @return the whole block
     * @throws IllegalArgumentException when no block can have that name
     * @throws NameMissingException when there is none
     * @throws io.condatis.error.CondatisException when what has that name is no file of this user, has no bytes or more
     *     than {@link #MAX_SIZE}
     */
    public static SharedMemory attach(final String name) {
        JvmFlags.check();
        final Block block = Block.open(name);
        return new SharedMemory(block.name(), block.memory(), null);
    }

    /** {@return the name; also after close} */
    public String name() {
        return name.name();
    }

    /** {@return the exact number of bytes; also after close} */
    public int size() {
        return buffer.capacity();
    }

    /**
     * The bytes. Buffers that wrap this one reach the memory without being asked whether it is closed; they keep it
     * mapped, so that is never a crash.
     *
     * @return the same buffer at each call
     * @throws IllegalStateException when closed
     */
    public AtomicBuffer buffer() {
        access.check();
        return buffer;
    }

    /**
     * Part of the bytes. It ends with this object: after {@link #close()} it throws, too.
     *
     * @param offset of the first byte
     * @param length in bytes
     * @return a buffer of exactly that part
     * @throws IndexOutOfBoundsException when the part lies outside of the block
     * @throws IllegalStateException when closed
     */
    public AtomicBuffer slice(final int offset, final int length) {
        return new GuardedBuffer(Access.window(buffer, offset, length), access);
    }

    /**
     * Leaves the block in place when this JVM exits or is killed; somebody else is to unlink it. As {@code track=False} in CPython.
     * Without effect on a block that this object has not created.
     *
     * @return this
     */
    public SharedMemory keep() {
        if (tracking != null) {
            tracking.end();
        }
        return this;
    }

    /**
     * This process among those that use the locks in the block. It joins at the first call, and leaves by
     * {@link #close()} or when the JVM exits.
     *
     * @param offset of a table of participants in the block, made by {@link Participants#initialise(AtomicBuffer, int)}
     * @param id random number in the block that names the hidden liveness file; the same at each call
     * @return this process as a participant
     * @throws IllegalStateException when closed
     */
    public synchronized Participants participants(final int offset, final long id) {
        access.check();
        if (membership == null) {
            membership = Membership.join(Access.window(buffer, 0, size()), offset, id);
        }
        return membership.participants();
    }

    /**
     * Removes the name. Every process that has the block keeps it; the name can be used anew. Allowed after close.
     *
     * @throws NameMissingException when the name is gone, or stands for a newer block by now, which is left alone
     */
    public void unlink() {
        final boolean removed = name.unlink();
        if (!Tracking.endOf(name) && tracking == null) {
            Sweeper.unmark(identity()); // the mark is another process's
        }
        if (!removed) {
            throw Block.missing(name.name(), name.path());
        }
    }

    /** Ends the use of this object and of {@link #buffer()}; idempotent. Other objects for the block are unaffected. */
    @Override
    public synchronized void close() {
        access.close();
        if (tracking != null) {
            tracking.endIfGone();
        }
        if (membership != null) {
            membership.close();
        }
    }

    boolean isOpen() {
        return access.isOpen();
    }

    boolean isCurrent() {
        return name.isCurrent();
    }

    String identity() {
        return name.identity();
    }

    private Object writeReplace() {
        return new SharedMemoryHandle(name(), identity());
    }

    @Override
    public String toString() {
        return "SharedMemory('" + name() + "', size=" + size() + ")";
    }
}
