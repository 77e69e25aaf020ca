package io.condatis.manager;

import io.condatis.internal.client.Connection;
import io.condatis.internal.client.ObjectReference;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.sync.Abandonment;
import java.util.Objects;
import java.util.Set;

/** The objects of a manager: found by name, or made. */
abstract class ManagerObjects {
    final Connection connection;
    final Values values;
    private final Containers containers;
    private final Queues queues;

    ManagerObjects(final Connection connection, final Values values) {
        this.connection = connection;
        this.values = values;
        containers = new Containers(connection, values);
        queues = new Queues(connection, values);
    }

    /**
     * A map that processes share, found by name or made.
     *
     * @param name 1 to 255 bytes of UTF-8
     * @param <K> keys
     * @param <V> values
     * @return the map; it lives in the server until it is deleted or that ends
     * @throws IllegalArgumentException when the name belongs to an object of another kind
     */
    public <K, V> SharedDict<K, V> dict(final String name) {
        return containers.dict(requireName(name));
    }

    /**
     * A new map without a name.
     *
     * @param <K> keys
     * @param <V> values
     * @return the map; it lives while a process uses it or a managed object holds it
     */
    public <K, V> SharedDict<K, V> dict() {
        return containers.dict(null);
    }

    /**
     * A list that processes share, found by name or made.
     *
     * @param name 1 to 255 bytes of UTF-8
     * @param <E> items
     * @return the list; it lives in the server until it is deleted or that ends
     * @throws IllegalArgumentException when the name belongs to an object of another kind
     */
    public <E> SharedList<E> list(final String name) {
        return containers.list(requireName(name));
    }

    /**
     * A new list without a name.
     *
     * @param <E> items
     * @return the list; it lives while a process uses it or a managed object holds it
     */
    public <E> SharedList<E> list() {
        return containers.list(null);
    }

    /**
     * A set that processes share, found by name or made. Elements are copies and equal when their bytes are, as the keys
     * of {@link SharedDict}; {@code null} is none. {@code addAll}, {@code containsAll} and {@code removeAll} are one
     * step of the server for each 1 MiB, {@code retainAll} is one step; {@code removeIf} goes page by page. Iteration is in the order of
     * insertion and weakly consistent.
     *
     * @param name 1 to 255 bytes of UTF-8
     * @param <E> items
     * @return the set; it lives in the server until it is deleted or that ends
     * @throws IllegalArgumentException when the name belongs to an object of another kind
     */
    public <E> Set<E> set(final String name) {
        return containers.set(requireName(name));
    }

    /**
     * A new set without a name.
     *
     * @param <E> items
     * @return the set; it lives while a process uses it or a managed object holds it
     */
    public <E> Set<E> set() {
        return containers.set(null);
    }

    /**
     * Attributes that processes share, found by name or made.
     *
     * @param name 1 to 255 bytes of UTF-8
     * @return the namespace; it lives in the server until it is deleted or that ends
     * @throws IllegalArgumentException when the name belongs to an object of another kind
     */
    public Namespace namespace(final String name) {
        return containers.namespace(requireName(name));
    }

    /**
     * A new namespace without a name.
     *
     * @return the namespace; it lives while a process uses it or a managed object holds it
     */
    public Namespace namespace() {
        return containers.namespace(null);
    }

    /**
     * A value that processes share, found by name or made.
     *
     * @param name 1 to 255 bytes of UTF-8
     * @param initial what it is made with; ignored when it was there already
     * @param <V> type of the value
     * @return the value; it lives in the server until it is deleted or that ends
     * @throws IllegalArgumentException when the name belongs to an object of another kind
     */
    public <V> SharedValue<V> value(final String name, final V initial) {
        return containers.value(requireName(name), initial);
    }

    /**
     * A new value without a name.
     *
     * @param initial what it is made with
     * @param <V> type of the value
     * @return the value; it lives while a process uses it or a managed object holds it
     */
    public <V> SharedValue<V> value(final V initial) {
        return containers.value(null, initial);
    }

    /**
     * An array that processes share, found by name or made.
     *
     * @param name 1 to 255 bytes of UTF-8
     * @param typeCode one of b B h H i I l L q Q f d c u ?, see {@link io.condatis.value.CType}
     * @param length number of elements, all 0 at first
     * @return the array; it lives in the server until it is deleted or that ends
     * @throws IllegalArgumentException when the name belongs to an object of another kind, type or length
     */
    public SharedArray array(final String name, final char typeCode, final int length) {
        return containers.array(requireName(name), typeCode, length);
    }

    /**
     * A new array without a name.
     *
     * @param typeCode one of b B h H i I l L q Q f d c u ?, see {@link io.condatis.value.CType}
     * @param length number of elements, all 0 at first
     * @return the array; it lives while a process uses it or a managed object holds it
     */
    public SharedArray array(final char typeCode, final int length) {
        return containers.array(null, typeCode, length);
    }

    /**
     * An array that processes share, found by name or made with some elements.
     *
     * @param name 1 to 255 bytes of UTF-8
     * @param typeCode one of b B h H i I l L q Q f d c u ?, see {@link io.condatis.value.CType}
     * @param elements a Java array, of primitives or objects, or a collection; ignored when the array was there and set
     * @return the array; it lives in the server until it is deleted or that ends
     * @throws IllegalArgumentException when the name belongs to an object of another kind, type or length, or an element
     *     does not fit the type
     */
    public SharedArray array(final String name, final char typeCode, final Object elements) {
        return containers.array(requireName(name), typeCode, elements);
    }

    /**
     * A new array without a name, with some elements.
     *
     * @param typeCode one of b B h H i I l L q Q f d c u ?, see {@link io.condatis.value.CType}
     * @param elements a Java array, of primitives or objects, or a collection
     * @return the array; it lives while a process uses it or a managed object holds it
     * @throws IllegalArgumentException when an element does not fit the type
     */
    public SharedArray array(final char typeCode, final Object elements) {
        return containers.array(null, typeCode, elements);
    }

    private static String requireName(final String name) {
        return Objects.requireNonNull(name, "name");
    }

    /**
     * A shared queue of work, found by name or made.
     *
     * @param name 1 to 255 bytes of UTF-8
     * @param maxsize most items in it that nobody has taken, 0 for no bound
     * @param <E> items
     * @return the queue; it lives in the server until that ends
     * @throws IllegalArgumentException when the name belongs to an object of another kind or another bound
     */
    public <E> JoinableQueue<E> joinableQueue(final String name, final int maxsize) {
        return queues.joinable(requireName(name), maxsize);
    }

    /**
     * A new queue of work without a name.
     *
     * @param maxsize most items in it, 0 for no bound
     * @param <E> items
     * @return the queue; it lives while a process uses it or a managed object holds it
     */
    public <E> JoinableQueue<E> joinableQueue(final int maxsize) {
        return queues.joinable(null, maxsize);
    }

    /**
     * A shared queue of work whose hopeless items go elsewhere; found by name or made.
     *
     * @param name 1 to 255 bytes of UTF-8
     * @param maxsize most items in it that nobody has taken, 0 for no bound
     * @param deadLetters after how many deliveries an item goes where; the same for all who open the queue
     * @param <E> items
     * @return the queue
     * @throws IllegalArgumentException when the name belongs to an object of another kind or another bound, or the queue has
     *     other dead letters
     */
    public <E> JoinableQueue<E> joinableQueue(final String name, final int maxsize, final DeadLetters deadLetters) {
        return queues.joinable(requireName(name), maxsize, deadLetters);
    }

    /**
     * A shared queue, found by name or made; an item is gone as soon as it is taken.
     *
     * @param name 1 to 255 bytes of UTF-8
     * @param maxsize most items in it, 0 for no bound
     * @param <E> items
     * @return the queue
     * @throws IllegalArgumentException when the name belongs to an object of another kind or another bound
     */
    public <E> SharedQueue<E> queue(final String name, final int maxsize) {
        return queues.plain(requireName(name), maxsize);
    }

    /**
     * A new queue without a name; an item is gone as soon as it is taken.
     *
     * @param maxsize most items in it, 0 for no bound
     * @param <E> items
     * @return the queue; it lives while a process uses it or a managed object holds it
     */
    public <E> SharedQueue<E> queue(final int maxsize) {
        return queues.plain(null, maxsize);
    }

    /**
     * A shared queue with priorities, found by name or made.
     *
     * @param name 1 to 255 bytes of UTF-8
     * @param maxsize most items in it, 0 for no bound
     * @param <E> items
     * @return the queue
     * @throws IllegalArgumentException when the name belongs to an object of another kind or another bound
     */
    public <E> SharedPriorityQueue<E> priorityQueue(final String name, final int maxsize) {
        return queues.priority(requireName(name), maxsize);
    }

    /**
     * A new queue with priorities and without a name.
     *
     * @param maxsize most items in it, 0 for no bound
     * @param <E> items
     * @return the queue; it lives while a process uses it or a managed object holds it
     */
    public <E> SharedPriorityQueue<E> priorityQueue(final int maxsize) {
        return queues.priority(null, maxsize);
    }

    /**
     * A lock that nobody may take twice and anybody may unlock, found by name or made.
     *
     * @param name 1 to 255 bytes of UTF-8
     * @return the lock
     * @throws IllegalArgumentException when the name belongs to an object of another kind, or to a lock of another policy
     */
    public ManagedLock lock(final String name) {
        return lock(name, Abandonment.REPORT, null);
    }

    /**
     * A lock that nobody may take twice and anybody may unlock, with a policy about dead owners.
     *
     * @param name 1 to 255 bytes of UTF-8
     * @param abandonment what is to happen when an owner dies; the same for all processes
     * @param repair what this process runs under {@link Abandonment#REPAIR}; null for nothing
     * @return the lock
     * @throws IllegalArgumentException when the name belongs to an object of another kind, or to a lock of another policy
     */
    public ManagedLock lock(final String name, final Abandonment abandonment, final Runnable repair) {
        return SyncObjects.lock(connection, name, open(Kind.LOCK, name, abandonment.ordinal()), repair);
    }

    /**
     * A new lock without a name that nobody may take twice and anybody may unlock.
     *
     * @return the lock; it lives while a process uses it or a managed object holds it
     */
    public ManagedLock lock() {
        return SyncObjects.lock(connection, null, make(Kind.LOCK, Abandonment.REPORT.ordinal()), null);
    }

    /**
     * A lock that its owner may take again and nobody else may unlock, found by name or made.
     *
     * @param name 1 to 255 bytes of UTF-8
     * @return the lock
     * @throws IllegalArgumentException when the name belongs to an object of another kind, or to a lock of another policy
     */
    public ManagedLock reentrantLock(final String name) {
        return reentrantLock(name, Abandonment.REPORT, null);
    }

    /**
     * A lock that its owner may take again and nobody else may unlock, with a policy about dead owners.
     *
     * @param name 1 to 255 bytes of UTF-8
     * @param abandonment what is to happen when an owner dies; the same for all processes
     * @param repair what this process runs under {@link Abandonment#REPAIR}; null for nothing
     * @return the lock
     * @throws IllegalArgumentException when the name belongs to an object of another kind, or to a lock of another policy
     */
    public ManagedLock reentrantLock(final String name, final Abandonment abandonment, final Runnable repair) {
        return SyncObjects.lock(connection, name, open(Kind.REENTRANT_LOCK, name, abandonment.ordinal()), repair);
    }

    /**
     * A new lock without a name that its owner may take again and nobody else may unlock.
     *
     * @return the lock; it lives while a process uses it or a managed object holds it
     */
    public ManagedLock reentrantLock() {
        return SyncObjects.lock(connection, null, make(Kind.REENTRANT_LOCK, Abandonment.REPORT.ordinal()), null);
    }

    /**
     * A semaphore, found by name or made.
     *
     * @param name 1 to 255 bytes of UTF-8
     * @param permits that it has at first, from 0
     * @return the semaphore
     * @throws IllegalArgumentException when the name belongs to an object of another kind or made with other permits
     */
    public ManagedSemaphore semaphore(final String name, final int permits) {
        return SyncObjects.semaphore(connection, name, open(Kind.SEMAPHORE, name, permits));
    }

    /**
     * A new semaphore without a name.
     *
     * @param permits that it has at first, from 0
     * @return the semaphore; it lives while a process uses it or a managed object holds it
     */
    public ManagedSemaphore semaphore(final int permits) {
        return SyncObjects.semaphore(connection, null, make(Kind.SEMAPHORE, permits));
    }

    /**
     * A semaphore that never has more permits than at first, found by name or made.
     *
     * @param name 1 to 255 bytes of UTF-8
     * @param permits that it has, from 0
     * @return the semaphore
     * @throws IllegalArgumentException when the name belongs to an object of another kind or made with other permits
     */
    public ManagedSemaphore boundedSemaphore(final String name, final int permits) {
        return SyncObjects.semaphore(connection, name, open(Kind.BOUNDED_SEMAPHORE, name, permits));
    }

    /**
     * A new semaphore without a name that never has more permits than at first.
     *
     * @param permits that it has, from 0
     * @return the semaphore; it lives while a process uses it or a managed object holds it
     */
    public ManagedSemaphore boundedSemaphore(final int permits) {
        return SyncObjects.semaphore(connection, null, make(Kind.BOUNDED_SEMAPHORE, permits));
    }

    /**
     * A condition of a lock, found by name or made.
     *
     * @param name 1 to 255 bytes of UTF-8
     * @param lock reentrant or not, from this object, the same for all users of the condition
     * @return the condition
     * @throws IllegalArgumentException when the name belongs to an object of another kind or a condition of another lock, or
     *     the lock is another manager's
     */
    public ManagedCondition condition(final String name, final ManagedLock lock) {
        return SyncObjects.condition(name, lock, open(Kind.CONDITION, name, SyncObjects.argument(connection, lock)));
    }

    /**
     * A new condition of a lock, without a name; {@link ManagedLock#newCondition()} for those who have the lock only.
     *
     * @param lock reentrant or not, from this object
     * @return the condition; it lives while a process uses it or a managed object holds it
     * @throws IllegalArgumentException when the lock is another manager's
     */
    public ManagedCondition condition(final ManagedLock lock) {
        return SyncObjects.condition(null, lock, make(Kind.CONDITION, SyncObjects.argument(connection, lock)));
    }

    /**
     * An event, found by name or made, not set.
     *
     * @param name 1 to 255 bytes of UTF-8
     * @return the event
     * @throws IllegalArgumentException when the name belongs to an object of another kind
     */
    public ManagedEvent event(final String name) {
        return SyncObjects.event(connection, name, open(Kind.EVENT, name, 0));
    }

    /**
     * A new event without a name, not set.
     *
     * @return the event; it lives while a process uses it or a managed object holds it
     */
    public ManagedEvent event() {
        return SyncObjects.event(connection, null, make(Kind.EVENT, 0));
    }

    /**
     * A barrier, found by name or made.
     *
     * @param name 1 to 255 bytes of UTF-8
     * @param parties how many wait for each other, from 1
     * @return the barrier
     * @throws IllegalArgumentException when the name belongs to an object of another kind or for other parties
     */
    public ManagedBarrier barrier(final String name, final int parties) {
        return barrier(name, parties, null);
    }

    /**
     * A barrier with something to do each time when all have come, see {@link ManagedBarrier#withAction}.
     *
     * @param name 1 to 255 bytes of UTF-8
     * @param parties how many wait for each other, from 1
     * @param action that this process runs when it comes last, or null
     * @return the barrier
     * @throws IllegalArgumentException when the name belongs to an object of another kind or for other parties
     */
    public ManagedBarrier barrier(final String name, final int parties, final Runnable action) {
        return SyncObjects.barrier(connection, name, open(Kind.BARRIER, name, parties), action);
    }

    /**
     * A new barrier without a name; {@link ManagedBarrier#withAction} and {@code withTimeout} give it more.
     *
     * @param parties how many wait for each other, from 1
     * @return the barrier; it lives while a process uses it or a managed object holds it
     */
    public ManagedBarrier barrier(final int parties) {
        return SyncObjects.barrier(connection, null, make(Kind.BARRIER, parties), null);
    }

    private ObjectReference make(final Kind kind, final long argument) {
        return connection.objects().open(kind, "", argument);
    }

    private ObjectReference open(final Kind kind, final String name, final long argument) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("the name of a managed object has at least one character");
        }
        return connection.objects().open(kind, name, argument);
    }
}
