package io.condatis;

import io.condatis.memory.Arena;
import io.condatis.memory.IncompatibleLayoutException;
import io.condatis.memory.NameExistsException;
import io.condatis.memory.NameMissingException;
import io.condatis.memory.ObjectEntry;
import io.condatis.memory.ObjectType;
import io.condatis.memory.OutOfSharedMemoryException;
import io.condatis.memory.Placement;
import io.condatis.sync.Abandonment;
import io.condatis.sync.SharedBarrier;
import io.condatis.sync.SharedBoundedSemaphore;
import io.condatis.sync.SharedCondition;
import io.condatis.sync.SharedEvent;
import io.condatis.sync.SharedLock;
import io.condatis.sync.SharedReadWriteLock;
import io.condatis.sync.SharedReentrantLock;
import io.condatis.sync.SharedSemaphore;
import io.condatis.value.DoubleArray;
import io.condatis.value.DoubleValue;
import io.condatis.value.LongArray;
import io.condatis.value.LongValue;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Named values, arrays and locks that the processes of a host share, without a server.
 *
 * <pre>{@code
 * try (SharedObjects shared = SharedObjects.createOrAttach("desk", SharedObjects.DEFAULT_CAPACITY)) {
 *     LongValue sequence = shared.longValue("sequence", 0);
 *     SharedLock lock = shared.lock("book");
 *     sequence.incrementAndGet();
 * }
 * }</pre>
 *
 * <p><b>Use</b> it for state that processes of one host read and change millions of times a second. An object is made by
 * whoever asks for its name first and found by all others; asking again in the same process gives the same object.
 *
 * <p><b>Layout.</b> One file {@code /dev/shm/NAME} (or in {@code -Dcondatis.dir}) and a hidden one beside it; see
 * {@link Arena}. Objects lie 128 bytes apart at least, so that they do not slow each other down.
 *
 * <p><b>Threads and processes.</b> All methods may be called by all threads of all processes at once.
 *
 * <p><b>Lifetime.</b> Whoever created it removes it by {@link #close()} or by ending normally: the others keep what they
 * have, nobody new can attach. An attacher's close only leaves. After close every object that came from here throws
 * {@link IllegalStateException}.
 *
 * <p><b>Blocking.</b> Finding and making objects waits while another process does so. All memory is reserved at creation;
 * when it is used up that is an {@link OutOfSharedMemoryException}.
 *
 * <p><b>Crash.</b> A process that is killed leaves each object as before or after its last operation, locks it held
 * abandoned, and its place to others. If it was the creator, the last one to leave removes the files; if nobody was left,
 * the next creation of shared memory on the host does.
 *
 * <p><b>CPython.</b> {@code multiprocessing.Value}, {@code Array} and {@code Lock}, which have no names there and reach
 * children only.
 */
public final class SharedObjects implements AutoCloseable {
    /** Room for objects when none is asked for: 1 MiB. */
    public static final long DEFAULT_CAPACITY = Arena.DEFAULT_CAPACITY;

    private static final char LONG = 'q';
    private static final char DOUBLE = 'd';

    private final Arena arena;
    private final Views views = new Views();
    private volatile boolean closed;

    private SharedObjects(final Arena arena) {
        this.arena = arena;
    }

    /**
     * Creates a set of shared objects with room for {@link #DEFAULT_CAPACITY} bytes.
     *
     * @param name a file name of at most 255 bytes, without '/'
     * @return the set, empty
     * @throws NameExistsException when the name is taken
     * @throws OutOfSharedMemoryException when the file system has no room
     */
    public static SharedObjects create(final String name) {
        return create(name, DEFAULT_CAPACITY);
    }

    /**
     * Creates a set of shared objects.
     *
     * @param name a file name of at most 255 bytes, without '/'
     * @param capacityBytes room for objects: 128 bytes for each value, 128 or 8 times the length for each array
     * @return the set, empty
     * @throws NameExistsException when the name is taken
     * @throws OutOfSharedMemoryException when the file system has no room
     */
    public static SharedObjects create(final String name, final long capacityBytes) {
        return new SharedObjects(Arena.create(name, capacityBytes));
    }

    /**
     * Joins a set of shared objects. It is whole when it can be found, so there is nothing to wait for.
     *
     * @param name of the set
     * @return the set
     * @throws NameMissingException when there is none, or everybody who had it is dead
     * @throws IncompatibleLayoutException when what has the name is something else, or of another version of Condatis
     */
    public static SharedObjects attach(final String name) {
        return new SharedObjects(Arena.attach(name));
    }

    /**
     * Joins a set of shared objects, or creates it. Of several processes that call this at once one creates it.
     *
     * @param name of the set
     * @param capacityBytes room for objects, if it is created
     * @return the set
     * @throws IncompatibleLayoutException when what has the name is something else, or of another version of Condatis
     * @throws OutOfSharedMemoryException when the file system has no room
     */
    public static SharedObjects createOrAttach(final String name, final long capacityBytes) {
        return new SharedObjects(Arena.createOrAttach(name, capacityBytes));
    }

    /**
     * Finds or makes a {@code long}.
     *
     * @param name 1 to 80 bytes in UTF-8
     * @param initial its value if it is made
     * @return the value
     * @throws IncompatibleLayoutException when something else has the name
     * @throws OutOfSharedMemoryException when there is no room
     */
    public LongValue longValue(final String name, final long initial) {
        return obtain(name, ObjectType.value(LONG), LongValue.LENGTH, b -> b.putLong(0, initial), this::longValueOf);
    }

    /**
     * Finds a {@code long}.
     *
     * @param name of the value
     * @return the value
     * @throws NameMissingException when nothing has the name
     * @throws IncompatibleLayoutException when something else has it
     */
    public LongValue longValue(final String name) {
        return find(name, ObjectType.value(LONG), this::longValueOf);
    }

    /**
     * Finds or makes a {@code double}.
     *
     * @param name 1 to 80 bytes in UTF-8
     * @param initial its value if it is made
     * @return the value
     * @throws IncompatibleLayoutException when something else has the name
     * @throws OutOfSharedMemoryException when there is no room
     */
    public DoubleValue doubleValue(final String name, final double initial) {
        return obtain(
                name, ObjectType.value(DOUBLE), DoubleValue.LENGTH, b -> b.putDouble(0, initial), this::doubleValueOf);
    }

    /**
     * Finds a {@code double}.
     *
     * @param name of the value
     * @return the value
     * @throws NameMissingException when nothing has the name
     * @throws IncompatibleLayoutException when something else has it
     */
    public DoubleValue doubleValue(final String name) {
        return find(name, ObjectType.value(DOUBLE), this::doubleValueOf);
    }

    /**
     * Finds or makes an array of {@code long}, filled with zeros.
     *
     * @param name 1 to 80 bytes in UTF-8
     * @param length number of elements, from 0
     * @return the array
     * @throws IncompatibleLayoutException when something else has the name, or an array of another length
     * @throws OutOfSharedMemoryException when there is no room
     */
    public LongArray longArray(final String name, final int length) {
        return obtain(name, arrayOf(LONG, length), lengthBytes(length), SharedObjects::leaveZero, this::longArrayOf);
    }

    /**
     * Finds an array of {@code long}, of whatever length.
     *
     * @param name of the array
     * @return the array
     * @throws NameMissingException when nothing has the name
     * @throws IncompatibleLayoutException when something else has it
     */
    public LongArray longArray(final String name) {
        return find(name, ObjectType.array(LONG, ObjectType.ANY_COUNT), this::longArrayOf);
    }

    /**
     * Finds or makes an array of {@code double}, filled with zeros.
     *
     * @param name 1 to 80 bytes in UTF-8
     * @param length number of elements, from 0
     * @return the array
     * @throws IncompatibleLayoutException when something else has the name, or an array of another length
     * @throws OutOfSharedMemoryException when there is no room
     */
    public DoubleArray doubleArray(final String name, final int length) {
        return obtain(
                name, arrayOf(DOUBLE, length), lengthBytes(length), SharedObjects::leaveZero, this::doubleArrayOf);
    }

    /**
     * Finds an array of {@code double}, of whatever length.
     *
     * @param name of the array
     * @return the array
     * @throws NameMissingException when nothing has the name
     * @throws IncompatibleLayoutException when something else has it
     */
    public DoubleArray doubleArray(final String name) {
        return find(name, ObjectType.array(DOUBLE, ObjectType.ANY_COUNT), this::doubleArrayOf);
    }

    /**
     * Finds a lock of whatever policy, or makes one under {@link Abandonment#REPORT}.
     *
     * @param name 1 to 80 bytes in UTF-8
     * @return the lock
     * @throws IncompatibleLayoutException when something else has the name
     * @throws OutOfSharedMemoryException when there is no room
     */
    public SharedLock lock(final String name) {
        return obtain(name, SyncRecipes.lock(name, Abandonment.REPORT, null, arena.participants()));
    }

    /**
     * Finds or makes a lock with a policy for the death of an owner.
     *
     * @param name 1 to 80 bytes in UTF-8
     * @param abandonment the policy
     * @param repair under {@link Abandonment#REPAIR}, what an owner of this process runs after the death of another one;
     *     the one given at the first use of the name in this process counts; otherwise null
     * @return the lock
     * @throws IncompatibleLayoutException when something else has the name, or a lock of another policy
     * @throws OutOfSharedMemoryException when there is no room
     */
    public SharedLock lock(final String name, final Abandonment abandonment, final Runnable repair) {
        final SharedLock lock = obtain(name, SyncRecipes.lock(name, abandonment, repair, arena.participants()));
        SyncRecipes.checkPolicy(name, abandonment, lock.abandonment());
        return lock;
    }

    /**
     * Finds a reentrant lock of whatever policy, or makes one under {@link Abandonment#REPORT}.
     *
     * @param name 1 to 80 bytes in UTF-8
     * @return the lock
     * @throws IncompatibleLayoutException when something else has the name
     * @throws OutOfSharedMemoryException when there is no room
     */
    public SharedReentrantLock reentrantLock(final String name) {
        return obtain(name, SyncRecipes.reentrantLock(name, Abandonment.REPORT, null, arena.participants()));
    }

    /**
     * Finds or makes a reentrant lock with a policy for the death of an owner.
     *
     * @param name 1 to 80 bytes in UTF-8
     * @param abandonment the policy
     * @param repair as for {@link #lock(String, Abandonment, Runnable)}
     * @return the lock
     * @throws IncompatibleLayoutException when something else has the name, or a lock of another policy
     * @throws OutOfSharedMemoryException when there is no room
     */
    public SharedReentrantLock reentrantLock(final String name, final Abandonment abandonment, final Runnable repair) {
        final SharedReentrantLock lock =
                obtain(name, SyncRecipes.reentrantLock(name, abandonment, repair, arena.participants()));
        SyncRecipes.checkPolicy(name, abandonment, lock.abandonment());
        return lock;
    }

    /**
     * Finds or makes a condition with room for {@link SharedCondition#DEFAULT_MAX_WAITERS} waiters.
     *
     * @param name 1 to 80 bytes in UTF-8
     * @param lock of this set; the same for all users of the condition
     * @return the condition
     * @throws IncompatibleLayoutException when something else has the name
     * @throws OutOfSharedMemoryException when there is no room
     */
    public SharedCondition condition(final String name, final SharedLock lock) {
        return obtain(name, SyncRecipes.condition(name, lock, arena.participants()));
    }

    /**
     * Finds or makes a condition with room for {@link SharedCondition#DEFAULT_MAX_WAITERS} waiters.
     *
     * @param name 1 to 80 bytes in UTF-8
     * @param lock of this set; the same for all users of the condition
     * @return the condition
     * @throws IncompatibleLayoutException when something else has the name
     * @throws OutOfSharedMemoryException when there is no room
     */
    public SharedCondition condition(final String name, final SharedReentrantLock lock) {
        return obtain(name, SyncRecipes.condition(name, lock, arena.participants()));
    }

    /**
     * Finds or makes a barrier.
     *
     * @param name 1 to 80 bytes in UTF-8
     * @param parties how many wait for each other
     * @return the barrier
     * @throws IncompatibleLayoutException when something else has the name, or a barrier for another number
     * @throws OutOfSharedMemoryException when there is no room
     */
    public SharedBarrier barrier(final String name, final int parties) {
        return obtain(name, SyncRecipes.barrier(name, parties, arena.participants()));
    }

    /**
     * Finds or makes a read-write lock with room for {@link SharedReadWriteLock#DEFAULT_MAX_READERS} readers.
     *
     * @param name 1 to 80 bytes in UTF-8
     * @return the lock
     * @throws IncompatibleLayoutException when something else has the name
     * @throws OutOfSharedMemoryException when there is no room
     */
    public SharedReadWriteLock readWriteLock(final String name) {
        return obtain(name, SyncRecipes.readWriteLock(name, arena.participants()));
    }

    /**
     * Finds or makes a semaphore.
     *
     * @param name 1 to 80 bytes in UTF-8
     * @param permits that it has at first, if it is made
     * @param maxPermits the most that it can ever have; each takes 8 bytes
     * @return the semaphore
     * @throws IncompatibleLayoutException when something else has the name, or a semaphore of other maxPermits
     * @throws OutOfSharedMemoryException when there is no room
     */
    public SharedSemaphore semaphore(final String name, final int permits, final int maxPermits) {
        if (permits < 0 || permits > maxPermits) {
            throw new IllegalArgumentException("permits=" + permits + " is not between 0 and " + maxPermits);
        }
        return obtain(name, SyncRecipes.semaphore(name, permits, maxPermits, arena.participants()));
    }

    /**
     * Finds or makes a semaphore whose permits never exceed their first number.
     *
     * @param name 1 to 80 bytes in UTF-8
     * @param permits that it has; each takes 8 bytes
     * @return the semaphore
     * @throws IncompatibleLayoutException when something else has the name, or a semaphore of other permits
     * @throws OutOfSharedMemoryException when there is no room
     */
    public SharedBoundedSemaphore boundedSemaphore(final String name, final int permits) {
        return obtain(name, SyncRecipes.boundedSemaphore(name, permits, arena.participants()));
    }

    /**
     * Finds or makes an event, which is not set at first.
     *
     * @param name 1 to 80 bytes in UTF-8
     * @return the event
     * @throws IncompatibleLayoutException when something else has the name
     * @throws OutOfSharedMemoryException when there is no room
     */
    public SharedEvent event(final String name) {
        return obtain(name, SyncRecipes.event(name, arena.participants()));
    }

    /**
     * Removes an object and gives its room to others at once. Its views in this process throw from now on; those in other
     * processes would read and write what is put there next, so stop using it there first.
     *
     * @param name of the object
     * @return false when nothing has the name
     */
    public boolean remove(final String name) {
        final boolean removed = arena.remove(name);
        views.remove(name);
        return removed;
    }

    /** {@return the objects that exist now, in no order} */
    public List<ObjectEntry> entries() {
        return arena.entries();
    }

    /** {@return the name; also after close} */
    public String name() {
        return arena.name();
    }

    /** {@return the room for objects in bytes, used or not, somewhat more than was asked for; also after close} */
    public long capacity() {
        return arena.capacity();
    }

    /** {@return the room that no object takes, in bytes; it may be in several pieces} */
    public long free() {
        return arena.freeBytes();
    }

    /**
     * Leaves; removes everything if this process created it, or if the creator is dead and nobody else is left. Idempotent.
     * Happens by itself when the JVM exits, also by SIGINT or SIGTERM.
     */
    @Override
    public void close() {
        closed = true;
        try {
            arena.close();
        } finally {
            views.close();
        }
    }

    private LongValue longValueOf(final Placement place) {
        return LongValue.at(place.buffer(), 0);
    }

    private DoubleValue doubleValueOf(final Placement place) {
        return DoubleValue.at(place.buffer(), 0);
    }

    private LongArray longArrayOf(final Placement place) {
        return LongArray.at(place.buffer(), 0, (int) place.type().count());
    }

    private DoubleArray doubleArrayOf(final Placement place) {
        return DoubleArray.at(place.buffer(), 0, (int) place.type().count());
    }

    private static ObjectType arrayOf(final char elementType, final int length) {
        if (length < 0) {
            throw new IllegalArgumentException("length=" + length + ": an array has 0 elements or more.");
        }
        return ObjectType.array(elementType, length);
    }

    private static long lengthBytes(final int length) {
        return (long) length * Long.BYTES;
    }

    private static void leaveZero(final AtomicBuffer buffer) {}

    private <T> T obtain(final String name, final Recipe<T> recipe) {
        return obtain(name, recipe.type(), recipe.lengthBytes(), recipe.initialiser(), recipe.maker());
    }

    private <T> T obtain(
            final String name,
            final ObjectType type,
            final long lengthBytes,
            final Consumer<AtomicBuffer> initialiser,
            final Function<Placement, T> maker) {
        return view(name, arena.obtain(name, type, lengthBytes, initialiser), maker);
    }

    private <T> T find(final String name, final ObjectType type, final Function<Placement, T> maker) {
        return view(name, arena.find(name, type), maker);
    }

    private <T> T view(final String name, final Placement place, final Function<Placement, T> maker) {
        final T object = views.view(name, place, maker);
        if (closed) {
            views.close();
        }
        return object;
    }

    @Override
    public String toString() {
        return "SharedObjects['" + name() + "', capacity=" + capacity() + (closed ? ", closed]" : "]");
    }
}
