package io.condatis;

import io.condatis.memory.Arena;
import io.condatis.memory.IncompatibleLayoutException;
import io.condatis.memory.NameExistsException;
import io.condatis.memory.NameMissingException;
import io.condatis.memory.ObjectEntry;
import io.condatis.memory.ObjectType;
import io.condatis.memory.OutOfSharedMemoryException;
import io.condatis.memory.Placement;
import io.condatis.structure.Snapshot;
import io.condatis.structure.Structure;
import io.condatis.structure.StructureArray;
import io.condatis.structure.StructureStore;
import io.condatis.sync.Abandonment;
import io.condatis.sync.SharedBarrier;
import io.condatis.sync.SharedBoundedSemaphore;
import io.condatis.sync.SharedCondition;
import io.condatis.sync.SharedEvent;
import io.condatis.sync.SharedLock;
import io.condatis.sync.SharedReadWriteLock;
import io.condatis.sync.SharedReentrantLock;
import io.condatis.sync.SharedSemaphore;
import io.condatis.value.Array;
import io.condatis.value.CType;
import io.condatis.value.Value;
import io.condatis.value.ValueStore;
import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Named values, arrays, structures and locks that the processes of a host share, without a server.
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
 * {@link Arena}. Objects lie 128 bytes apart at least, so that they do not slow each other down. Nothing may shorten the files
 * while they are mapped: Linux ends a process that touches what a file no longer has.
 *
 * <p><b>Threads and processes.</b> All methods may be called by all threads of all processes at once.
 *
 * <p><b>Lifetime.</b> Whoever created it removes it by {@link #close()} or by ending normally: the others keep what they
 * have, nobody new can attach. An attacher's close only leaves. After close every object that came from here throws
 * {@link IllegalStateException}.
 *
 * <p><b>Blocking.</b> Finding and making objects waits while another process does so. All memory is reserved at creation.
 *
 * <p><b>Errors.</b> Every method that finds or makes an object throws {@link IncompatibleLayoutException} when something
 * else has the name, or one of another length, layout or policy, and {@link OutOfSharedMemoryException} when there is no
 * room.
 *
 * <p><b>Crash.</b> A process that is killed leaves each object as before or after its last operation, locks it held
 * abandoned, and its place to others. If it was the creator, the last one to leave removes the files; if nobody was left,
 * the next creation of shared memory on the host does.
 *
 * <p><b>Serialisation.</b> As a handle, like every object that comes from here: name and generation, never
 * content, so it can be an argument of a worker, a value in a manager's dict or an item of its queues. Reading it attaches,
 * once in each process however many handles are read; that lasts until the process ends. In the process that created the
 * set it finds the very object. When the set or the object is gone it is a {@link NameMissingException}. A structure is made
 * there by its class's constructor without arguments; a repair handler or a barrier's action stays here.
 *
 * <p><b>CPython.</b> {@code multiprocessing.Value}, {@code Array} and {@code Lock}, which have no names there and reach
 * children only.
 *
 * @serial exclude
 */
@SuppressWarnings("serial") // a handle is written, never the fields
public final class SharedObjects implements ValueStore, StructureStore, AutoCloseable, Serializable {
    /** Room for objects when none is asked for: 1 MiB. */
    public static final long DEFAULT_CAPACITY = Arena.DEFAULT_CAPACITY;

    private final Arena arena;
    private final ValueObjects values;
    private final Views views;
    private final StructureObjects structures;

    private SharedObjects(final Arena arena) {
        this.arena = arena;
        this.values = new ValueObjects(arena);
        this.views = new Views(arena);
        this.structures = new StructureObjects(arena, views);
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
     * @param capacityBytes room for objects: each takes its bytes and, with a lock, 128 more, in steps of 128
     * @return the set, empty
     * @throws NameExistsException when the name is taken
     * @throws OutOfSharedMemoryException when the file system has no room
     */
    public static SharedObjects create(final String name, final long capacityBytes) {
        return Attachments.created(new SharedObjects(Arena.create(name, capacityBytes)));
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
        return Attachments.created(new SharedObjects(Arena.createOrAttach(name, capacityBytes)));
    }

    @Override
    public <V extends Value> V value(final String name, final CType type, final Object initial) {
        return view(name, values.value(name, type, initial), place -> values.valueAt(place, name));
    }

    @Override
    public <V extends Value> V rawValue(final String name, final CType type, final Object initial) {
        return view(name, values.rawValue(name, type, initial), place -> values.valueAt(place, name));
    }

    @Override
    public <V extends Value> V value(final String name) {
        return find(name, ObjectType.value(ObjectType.ANY_TYPE), place -> values.valueAt(place, name));
    }

    @Override
    public <V extends Value> V value(final String name, final CType type) {
        return find(name, ObjectType.value(type.code()), place -> values.valueAt(place, name));
    }

    @Override
    public <A extends Array> A array(final String name, final CType type, final Object content) {
        return view(name, values.array(name, type, content), place -> values.arrayAt(place, name));
    }

    @Override
    public <A extends Array> A rawArray(final String name, final CType type, final Object content) {
        return view(name, values.rawArray(name, type, content), place -> values.arrayAt(place, name));
    }

    @Override
    public <A extends Array> A array(final String name) {
        return find(
                name,
                ObjectType.array(ObjectType.ANY_TYPE, ObjectType.ANY_COUNT),
                place -> values.arrayAt(place, name));
    }

    @Override
    public <A extends Array> A array(final String name, final CType type) {
        return find(name, ObjectType.array(type.code(), ObjectType.ANY_COUNT), place -> values.arrayAt(place, name));
    }

    @Override
    public <T extends Structure> T structure(final String name, final Supplier<T> factory) {
        return structures.structure(name, factory, true);
    }

    @Override
    public <T extends Structure> T rawStructure(final String name, final Supplier<T> factory) {
        return structures.structure(name, factory, false);
    }

    @Override
    public <T extends Structure> StructureArray<T> structureArray(
            final String name, final Supplier<T> factory, final int length) {
        return structures.array(name, factory, length, true);
    }

    @Override
    public <T extends Structure> StructureArray<T> rawStructureArray(
            final String name, final Supplier<T> factory, final int length) {
        return structures.array(name, factory, length, false);
    }

    @Override
    public <T extends Structure> Snapshot<T> snapshot(final String name, final Supplier<T> factory) {
        return structures.snapshot(name, factory);
    }

    /**
     * Finds a lock of whatever policy, or makes one under {@link Abandonment#REPORT}.
     *
     * @param name 1 to 80 bytes in UTF-8
     * @return the lock
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
     * @throws IllegalArgumentException when the condition belongs to another lock
     */
    public SharedCondition condition(final String name, final SharedLock lock) {
        final SharedCondition condition = obtain(name, SyncRecipes.condition(name, lock, arena));
        condition.requireLock(lock);
        return condition;
    }

    /**
     * Finds or makes a condition with room for {@link SharedCondition#DEFAULT_MAX_WAITERS} waiters.
     *
     * @param name 1 to 80 bytes in UTF-8
     * @param lock of this set; the same for all users of the condition
     * @return the condition
     * @throws IllegalArgumentException when the condition belongs to another lock
     */
    public SharedCondition condition(final String name, final SharedReentrantLock lock) {
        final SharedCondition condition = obtain(name, SyncRecipes.condition(name, lock, arena));
        condition.requireLock(lock);
        return condition;
    }

    /**
     * Finds or makes a barrier.
     *
     * @param name 1 to 80 bytes in UTF-8
     * @param parties how many wait for each other
     * @return the barrier
     */
    public SharedBarrier barrier(final String name, final int parties) {
        return obtain(name, SyncRecipes.barrier(name, parties, arena.participants()));
    }

    /**
     * Finds or makes a read-write lock with room for {@link SharedReadWriteLock#DEFAULT_MAX_READERS} readers.
     *
     * @param name 1 to 80 bytes in UTF-8
     * @return the lock
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
     */
    public SharedBoundedSemaphore boundedSemaphore(final String name, final int permits) {
        return obtain(name, SyncRecipes.boundedSemaphore(name, permits, arena.participants()));
    }

    /**
     * Finds or makes an event, which is not set at first.
     *
     * @param name 1 to 80 bytes in UTF-8
     * @return the event
     */
    public SharedEvent event(final String name) {
        return obtain(name, SyncRecipes.event(name, arena.participants()));
    }

    /**
     * Finds an object, whatever it is.
     *
     * @param name of the object
     * @return a value, an array or a primitive of {@code io.condatis.sync}: the same that the method for its kind returns
     * @throws NameMissingException when nothing has the name
     * @throws IncompatibleLayoutException when it takes more than its name to find: a structure, which has a class of the
     *     application, or a condition, which has a lock
     */
    public Object object(final String name) {
        return objectAt(name, arena.find(name, ObjectType.any()));
    }

    Object object(final ObjectHandle handle) {
        return objectAt(handle.name(), find(handle));
    }

    Object structureOf(final ObjectHandle handle, final Supplier<? extends Structure> factory) {
        return structures.objectAt(find(handle), handle.name(), factory);
    }

    SharedCondition conditionOf(final ObjectHandle handle, final Serializable lock) {
        final String name = handle.name();
        return view(name, find(handle), SyncRecipes.condition(name, lock, arena).maker());
    }

    /** Where that is what a handle stands for. */
    private Placement find(final ObjectHandle handle) {
        final Placement place = arena.find(handle.name(), ObjectType.any());
        if (place.incarnation() != handle.incarnation()) {
            throw new NameMissingException("The '" + handle.name() + "' in shared objects '" + name() + "' that this"
                    + " handle stands for was removed; the name belongs to a newer object now: send a new handle.");
        }
        return place;
    }

    private Object objectAt(final String name, final Placement place) {
        final Function<Placement, ?> maker = ValueObjects.isValue(place)
                ? found -> values.objectAt(found, name)
                : SyncRecipes.maker(place, name, arena);
        return view(name, place, maker);
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

    /**
     * Makes this process's {@link #close()} that of an attacher, also if it is the creator: the set stays for the others,
     * and the last of them removes it.
     *
     * @return this
     */
    public SharedObjects keep() {
        arena.keep();
        return this;
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
        views.closing();
        try {
            arena.close();
        } finally {
            views.close();
            Attachments.closed(this);
        }
    }

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

    private <T> T find(final String name, final ObjectType type, final Function<Placement, ?> maker) {
        return view(name, arena.find(name, type), maker);
    }

    private <T> T view(final String name, final Placement place, final Function<Placement, ?> maker) {
        return views.view(name, place, maker);
    }

    Arena arena() {
        return arena;
    }

    boolean isUsable() {
        return !views.isClosed() && arena.isCurrent();
    }

    private Object writeReplace() {
        return new SharedObjectsHandle(name(), arena.generation());
    }

    @Override
    public String toString() {
        return "SharedObjects['" + name() + "', capacity=" + capacity() + (views.isClosed() ? ", closed]" : "]");
    }
}
