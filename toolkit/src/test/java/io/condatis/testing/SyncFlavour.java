package io.condatis.testing;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;

/**
 * One way to share synchronisation primitives between processes, for contract tests that hold for all ways. An
 * implementation has a constructor that takes an {@link #address()} and joins what is there.
 */
public interface SyncFlavour extends AutoCloseable {
    /** {@return what another process passes to the constructor to share the same primitives} */
    String address();

    /**
     * A lock that is not reentrant.
     *
     * @param name of it
     * @return the lock, made by the first to ask
     */
    AnyLock lock(String name);

    /**
     * A reentrant lock.
     *
     * @param name of it
     * @return the lock, made by the first to ask
     */
    AnyLock reentrantLock(String name);

    /**
     * A semaphore.
     *
     * @param name of it
     * @param permits at first
     * @return the semaphore, made by the first to ask
     */
    AnySemaphore semaphore(String name, int permits);

    /**
     * A bounded semaphore.
     *
     * @param name of it
     * @param permits that it has
     * @return the semaphore, made by the first to ask
     */
    AnySemaphore boundedSemaphore(String name, int permits);

    /**
     * An event.
     *
     * @param name of it
     * @return the event, made by the first to ask
     */
    AnyEvent event(String name);

    /**
     * A condition.
     *
     * @param name of it
     * @param lock of this flavour that is not reentrant, or that is
     * @return the condition, made by the first to ask
     */
    AnyCondition condition(String name, AnyLock lock);

    /**
     * A barrier.
     *
     * @param name of it
     * @param parties how many wait for each other
     * @return the barrier, made by the first to ask
     */
    AnyBarrier barrier(String name, int parties);

    @Override
    void close();

    /** A lock of some flavour. */
    interface AnyLock extends Lock {
        /** {@return whether anybody holds it} */
        boolean isLocked();

        /** {@return a handle that unlocks} */
        AutoCloseable hold();
    }

    /** A semaphore of some flavour. */
    interface AnySemaphore {
        /**
         * Takes a permit.
         *
         * @throws InterruptedException when interrupted
         */
        void acquire() throws InterruptedException;

        /** {@return whether it took a permit without waiting} */
        boolean tryAcquire();

        /**
         * Takes a permit.
         *
         * @param time longest wait
         * @param unit of it
         * @return whether it has
         * @throws InterruptedException when interrupted
         */
        boolean tryAcquire(long time, TimeUnit unit) throws InterruptedException;

        /** Gives a permit back. */
        void release();

        /** {@return the permits that can be had now} */
        int availablePermits();
    }

    /** An event of some flavour. */
    interface AnyEvent {
        /** {@return whether it is set} */
        boolean isSet();

        /** Sets it. */
        void set();

        /** Clears it. */
        void clear();

        /**
         * Waits for it.
         *
         * @param time longest wait
         * @param unit of it
         * @return whether it was set
         * @throws InterruptedException when interrupted
         */
        boolean await(long time, TimeUnit unit) throws InterruptedException;
    }

    /** A condition of some flavour. */
    interface AnyCondition extends Condition {
        /**
         * Ends the waits of several.
         *
         * @param count of them
         */
        void signal(int count);

        /**
         * Waits until something is true.
         *
         * @param predicate that becomes it
         * @param time longest wait
         * @param unit of it
         * @return what the predicate said last
         * @throws InterruptedException when interrupted
         */
        boolean awaitUntil(BooleanSupplier predicate, long time, TimeUnit unit) throws InterruptedException;

        /** {@return how many wait} */
        int waiters();
    }

    /** A barrier of some flavour. */
    interface AnyBarrier {
        /**
         * Waits for the others.
         *
         * @param time longest wait
         * @param unit of it
         * @return order of arrival
         * @throws InterruptedException when interrupted
         * @throws BrokenBarrierException when broken
         */
        int await(long time, TimeUnit unit) throws InterruptedException, BrokenBarrierException;

        /**
         * The same barrier with something to do.
         *
         * @param action when all have come
         * @return the barrier
         */
        AnyBarrier withAction(Runnable action);

        /**
         * The same barrier with a longest wait of its own.
         *
         * @param time longest wait
         * @param unit of it
         * @return the barrier
         */
        AnyBarrier withTimeout(long time, TimeUnit unit);

        /**
         * Waits for the others, as long as it says.
         *
         * @return order of arrival
         * @throws InterruptedException when interrupted
         * @throws BrokenBarrierException when broken
         */
        int await() throws InterruptedException, BrokenBarrierException;

        /** Breaks it. */
        void abort();

        /** Makes it whole. */
        void reset();

        /** {@return whether it is broken} */
        boolean isBroken();

        /** {@return how many wait} */
        int waiting();
    }
}
