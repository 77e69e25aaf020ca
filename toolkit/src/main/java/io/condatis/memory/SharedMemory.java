package io.condatis.memory;

import io.condatis.internal.os.Access;
import io.condatis.internal.os.ExitHooks;
import io.condatis.internal.os.JvmFlags;
import java.util.concurrent.ThreadLocalRandom;
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
 * is unlinked when the JVM exits normally, as CPython's resource tracker does.
 *
 * <p><b>Blocking.</b> Nothing blocks, except that attaching waits up to a second for a file of no bytes, which is what
 * a block of CPython is for a moment. All memory is reserved at creation, so that a full directory is an exception
 * there and never a crash later.
 *
 * <p><b>Crash.</b> A block whose creator is killed stays until somebody unlinks it: the bytes are the user's and bear
 * no mark by which Condatis could know. A creation that is killed half-way leaves a hidden file that the next creation
 * removes.
 *
 * <p><b>CPython.</b> Unlike there, an attacher never removes the block when it ends. CPython before 3.13, and later
 * unless {@code track=False}, does: its resource tracker unlinks what it has merely attached to.
 */
public final class SharedMemory implements AutoCloseable {
    /** Largest block, in bytes: what one buffer reaches. */
    public static final int MAX_SIZE = Integer.MAX_VALUE;

    private final BlockName name;
    private final AtomicBuffer buffer;
    private final Access access;
    private final ExitHooks.Registration exitHook;

    private SharedMemory(final BlockName name, final UnsafeBuffer memory, final ExitHooks.Registration exitHook) {
        this.name = name;
        this.access = new Access("Shared memory '" + name.name() + "'");
        this.buffer = new GuardedBuffer(memory, access);
        this.exitHook = exitHook;
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
        prepare(size);
        try (BlockBuilder builder = BlockBuilder.start(size)) {
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
        prepare(size);
        try (BlockBuilder builder = BlockBuilder.start(size)) {
            while (true) {
                try {
                    return publish(
                            builder,
                            String.format(
                                    "psm_%08x", ThreadLocalRandom.current().nextInt()));
                } catch (final NameExistsException e) {
                    continue;
                }
            }
        }
    }

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
        final ExitHooks.Registration hook = ExitHooks.register(file::unlink);
        boolean published = false;
        try {
            builder.publish(file);
            published = true;
        } finally {
            if (!published) {
                hook.cancel();
            }
        }
        return new SharedMemory(file, builder.memory(), hook);
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
     * Removes the name. Every process that has the block keeps it; the name can be used anew. Allowed after close.
     *
     * @throws NameMissingException when the name is gone, or stands for a newer block by now, which is left alone
     */
    public void unlink() {
        final boolean removed = name.unlink();
        if (exitHook != null) {
            exitHook.cancel();
        }
        if (!removed) {
            throw Block.missing(name.name(), name.path());
        }
    }

    /** Ends the use of this object and of {@link #buffer()}; idempotent. Other objects for the block are unaffected. */
    @Override
    public void close() {
        access.close();
    }

    @Override
    public String toString() {
        return "SharedMemory('" + name() + "', size=" + size() + ")";
    }
}
