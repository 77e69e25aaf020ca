package io.condatis.memory;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.Access;
import io.condatis.internal.os.ExitHooks;
import io.condatis.internal.os.JvmFlags;
import io.condatis.internal.os.LivenessGate;
import io.condatis.sync.Hold;
import io.condatis.sync.Participants;
import io.condatis.sync.SharedLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A block of shared memory that holds named objects: the ground of {@code io.condatis.SharedObjects}, which is what
 * applications use. This class knows names, kinds and places, not what the objects do.
 *
 * <p><b>Use</b> it to put an object of your own beside the others.
 *
 * <p><b>Layout.</b> {@link ArenaDescriptor} and {@link EntryDescriptor}, and beside the file a hidden one in which each
 * process that lives holds a kernel lock.
 *
 * <p><b>Threads and processes.</b> All methods are safe; a lock in the arena lets one process at a time look at or
 * change the directory.
 *
 * <p><b>Lifetime.</b> Whoever created it removes it by {@link #close()}; the others keep what they have. An attacher's
 * close leaves, and removes it when nobody else is there any more. The end of the JVM closes it.
 *
 * <p><b>Blocking.</b> Methods wait while another process is in the directory.
 *
 * <p><b>Crash.</b> A process killed while it changes the directory leaves it as before or after. When the creator is
 * killed the last one to leave removes the arena; when nobody is left the next creation of any block does. An arena
 * without a living process does not exist: nobody can attach to it.
 */
public final class Arena implements AutoCloseable {
    /** Room for objects when none is asked for: 1 MiB. */
    public static final long DEFAULT_CAPACITY = 1L << 20;

    static final long GATE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(2);

    private final BlockName block;
    private final Path liveness;
    private final boolean creator;
    private final long generation;
    private final Participants participants;
    private final Access access;
    private final Directory directory;
    private final SharedLock lock;
    private final ExitHooks.Registration exitHook;

    /** Held while this process uses the directory or leaves, inside of {@link #lock}. */
    private final ReentrantLock inside = new ReentrantLock();

    private volatile boolean kept;

    Arena(final BlockName block, final UnsafeBuffer memory, final Participants participants, final boolean creator) {
        final String described = "shared objects '" + block.name() + "'";
        this.block = block;
        this.generation = memory.getLong(ArenaDescriptor.GENERATION_OFFSET);
        this.liveness = HiddenName.liveness(generation);
        this.participants = participants;
        this.creator = creator;
        this.access = new Access(described);
        this.directory = new Directory(memory, described);
        this.lock = SharedLock.at(memory, ArenaDescriptor.LOCK_OFFSET, participants, "directory of " + described);
        this.exitHook = ExitHooks.register(this);
    }

    /**
     * Makes an arena.
     *
     * @param name of a block that does not exist, see {@link SharedMemory}
     * @param capacityBytes room for objects, each of which takes a multiple of 128 bytes
     * @return the arena; this process is its creator
     * @throws IllegalArgumentException when name or capacity cannot be
     * @throws NameExistsException when the name is taken by somebody who lives, or by something else
     * @throws OutOfSharedMemoryException when the directory has no room
     */
    public static Arena create(final String name, final long capacityBytes) {
        JvmFlags.check();
        return ArenaOpener.create(name, capacityBytes);
    }

    /**
     * Joins an arena.
     *
     * @param name of the arena
     * @return the arena
     * @throws NameMissingException when there is none, or everybody who had it is dead
     * @throws IncompatibleLayoutException when what has the name is no arena of this version
     */
    public static Arena attach(final String name) {
        JvmFlags.check();
        return ArenaOpener.attach(name);
    }

    /**
     * Joins an arena, or makes it if there is none. Of several processes that call this at once one makes it.
     *
     * @param name of the arena
     * @param capacityBytes room for objects, if it is made
     * @return the arena
     */
    public static Arena createOrAttach(final String name, final long capacityBytes) {
        JvmFlags.check();
        return ArenaOpener.createOrAttach(name, capacityBytes);
    }

    /** Makes it visible, unless the end of the JVM has closed it: nobody would remove it any more. */
    void publish(final BlockBuilder builder) {
        inside.lock();
        try {
            access.check();
            builder.publish(block);
        } finally {
            inside.unlock();
        }
    }

    /** {@return the name; also after close} */
    public String name() {
        return block.name();
    }

    /** {@return room for objects, free or not, in bytes; also after close} */
    public long capacity() {
        return directory.capacity();
    }

    /** {@return whether this process made it} */
    public boolean isCreator() {
        return creator;
    }

    /** {@return what tells it from an earlier or later arena of the name; also after close} */
    public long generation() {
        return generation;
    }

    /** {@return whether the name still stands for it} */
    public boolean isCurrent() {
        return block.isCurrent();
    }

    /** Makes a creator's {@link #close()} that of an attacher: it stays while others use it. */
    public void keep() {
        kept = true;
    }

    /** {@return the processes that share it, for locks in it} */
    public Participants participants() {
        access.check();
        return participants;
    }

    /** {@return room that no object takes, in bytes; the largest gap may be smaller} */
    public long freeBytes() {
        return locked(directory::freeBytes);
    }

    /** {@return the objects that exist now} */
    public List<ObjectEntry> entries() {
        return locked(directory::list);
    }

    /**
     * Finds an object or makes it. Of several processes that ask at once one makes it.
     *
     * @param name of 1 to 80 bytes in UTF-8
     * @param type what it is or is to be
     * @param lengthBytes of its memory
     * @param initialiser fills the memory, which is zero, before anybody can find the object
     * @return where it lies
     * @throws IncompatibleLayoutException when something else has the name
     * @throws OutOfSharedMemoryException when it does not fit
     */
    public Placement obtain(
            final String name,
            final ObjectType type,
            final long lengthBytes,
            final Consumer<AtomicBuffer> initialiser) {
        final byte[] key = keyOf(name);
        return locked(() -> {
            final int found = directory.find(key);
            return found == Directory.ABSENT
                    ? directory.placementOf(directory.add(key, type, lengthBytes, initialiser))
                    : checked(name, type, found);
        });
    }

    /**
     * Finds an object.
     *
     * @param name of the object
     * @param type what it is to be
     * @return where it lies
     * @throws NameMissingException when nothing has the name
     * @throws IncompatibleLayoutException when something else has it
     */
    public Placement find(final String name, final ObjectType type) {
        final byte[] key = keyOf(name);
        return locked(() -> {
            final int found = directory.find(key);
            if (found == Directory.ABSENT) {
                throw new NameMissingException("There is no '" + name + "' in shared objects '" + name()
                        + "': create it first, or check the name.");
            }
            return checked(name, type, found);
        });
    }

    /**
     * Removes an object; its room is given to others at once. Nobody may use it any more: views of it in other
     * processes are not told.
     *
     * @param name of the object
     * @return false when nothing has the name
     */
    public boolean remove(final String name) {
        final byte[] key = keyOf(name);
        return locked(() -> {
            final int found = directory.find(key);
            if (found != Directory.ABSENT) {
                directory.remove(found);
            }
            return found != Directory.ABSENT;
        });
    }

    private Placement checked(final String name, final ObjectType wanted, final int entry) {
        final ObjectType found = directory.typeOf(entry);
        if (!wanted.accepts(found)) {
            throw new IncompatibleLayoutException("'" + name + "' in shared objects '" + name() + "' is: " + found
                    + ". Asked for: " + wanted + ". Use the same in every process, or another name.");
        }
        return directory.placementOf(entry);
    }

    private static byte[] keyOf(final String name) {
        final byte[] key = Objects.requireNonNull(name, "name").getBytes(StandardCharsets.UTF_8);
        if (key.length == 0 || key.length > EntryDescriptor.MAX_NAME_LENGTH) {
            throw new IllegalArgumentException("'" + name + "' cannot name an object: it has " + key.length
                    + " bytes, a name has 1 to " + EntryDescriptor.MAX_NAME_LENGTH + ".");
        }
        if (!new String(key, StandardCharsets.UTF_8).equals(name)) {
            throw new IllegalArgumentException("'" + name
                    + "' cannot name an object: it holds half of a surrogate pair, which UTF-8 does not have.");
        }
        return key;
    }

    /**
     * Runs something in the directory. An owner that died there left nothing to repair, see {@link EntryDescriptor}.
     * Who closes this arena meanwhile gives up the lock, hence the question once both locks are held.
     */
    private <T> T locked(final Supplier<T> action) {
        access.check();
        try (Hold held = lock.hold()) {
            inside.lock();
            try {
                access.check();
                if (held.abandoned()) {
                    lock.markConsistent();
                }
                return action.get();
            } finally {
                inside.unlock();
            }
        }
    }

    /** Leaves, and removes the arena if this process created it or is the last; idempotent. */
    @Override
    public void close() {
        inside.lock();
        try {
            if (access.isOpen()) {
                access.close();
                try {
                    leave();
                } finally {
                    // Last: an exit of the JVM that begins meanwhile waits for this thread, in the hook's own close().
                    exitHook.cancel();
                }
            }
        } finally {
            inside.unlock();
        }
    }

    private void leave() {
        try {
            final LivenessGate gate = participants.gate(GATE_TIMEOUT_NS);
            try {
                if (creator && !kept || !participants.anyOtherAlive()) {
                    remove(block, liveness);
                }
            } finally {
                participants.close();
                gate.close();
            }
        } finally {
            participants.close();
        }
    }

    /** The block first: a liveness file alone is swept when it is dead, an arena alone could not be judged. */
    static void remove(final BlockName block, final Path liveness) {
        block.unlink();
        try {
            Files.deleteIfExists(liveness);
        } catch (final IOException e) {
            throw new CondatisException("The liveness file " + liveness + " cannot be removed: " + e, e);
        }
    }

    @Override
    public String toString() {
        return "Arena['" + name() + "', capacity=" + capacity() + (access.isOpen() ? "]" : ", closed]");
    }
}
