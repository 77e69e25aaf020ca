package io.condatis.sync;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.condatis.SharedObjects;
import java.util.concurrent.BrokenBarrierException;
import java.util.function.Function;
import java.util.stream.Stream;

/** What all primitives have in common: one thread shuts and opens it, and another one that wants to pass sleeps meanwhile. */
final class Gate {
    private final Step shut;
    private final Step open;
    private final Step pass;
    private final LockCore starvable;

    private Gate(final Step shut, final Step open, final Step pass, final LockCore starvable) {
        this.shut = shut;
        this.open = open;
        this.pass = pass;
        this.starvable = starvable;
    }

    void shut() throws Exception {
        shut.run();
    }

    /** By the thread that shut it. */
    void open() throws Exception {
        open.run();
    }

    /** By another thread. */
    void pass() throws Exception {
        pass.run();
    }

    /** Whether a thread that wants to pass is in its long sleep now; a lock's waiter has a short one before. */
    boolean isAsleep(final Thread thread) {
        return (starvable == null || (starvable.state() & LockDescriptor.STARVING) != 0)
                && Stream.of(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().endsWith(".Futex")
                                && frame.getMethodName().equals("await"));
    }

    private static Gate ofLock(final SharedObjects shared) {
        final SharedLock lock = shared.lock("lock");
        return new Gate(
                lock::lock,
                lock::unlock,
                () -> {
                    lock.lock();
                    lock.unlock();
                },
                lock.core());
    }

    private static Gate ofReentrantLock(final SharedObjects shared) {
        final SharedReentrantLock lock = shared.reentrantLock("reentrant");
        return new Gate(
                lock::lock,
                lock::unlock,
                () -> {
                    lock.lock();
                    lock.unlock();
                },
                lock.core());
    }

    private static Gate ofSemaphore(final SharedObjects shared) {
        final SharedSemaphore semaphore = shared.semaphore("semaphore", 0, 1);
        return new Gate(() -> {}, semaphore::release, semaphore::acquire, null);
    }

    private static Gate ofBoundedSemaphore(final SharedObjects shared) {
        final SharedBoundedSemaphore semaphore = shared.boundedSemaphore("bounded", 1);
        return new Gate(
                semaphore::acquire,
                semaphore::release,
                () -> {
                    semaphore.acquire();
                    semaphore.release();
                },
                null);
    }

    private static Gate ofEvent(final SharedObjects shared) {
        final SharedEvent event = shared.event("event");
        return new Gate(event::clear, event::set, event::await, null);
    }

    private static Gate ofCondition(final SharedObjects shared) {
        final SharedLock lock = shared.lock("conditionLock");
        final SharedCondition condition = shared.condition("condition", lock);
        final boolean[] open = new boolean[1];
        return new Gate(
                () -> under(lock, () -> open[0] = false),
                () -> under(lock, () -> {
                    open[0] = true;
                    condition.signal();
                }),
                () -> under(lock, () -> {
                    while (!open[0]) {
                        condition.await();
                    }
                }),
                null);
    }

    private static Gate ofBarrier(final SharedObjects shared) {
        final SharedBarrier barrier = shared.barrier("barrier", 2);
        return new Gate(() -> {}, barrier::await, barrier::await, null);
    }

    /** Opened by breaking it. */
    private static Gate ofBrokenBarrier(final SharedObjects shared) {
        final SharedBarrier barrier = shared.barrier("brokenBarrier", 2);
        return new Gate(
                barrier::reset, barrier::abort, () -> assertThrows(BrokenBarrierException.class, barrier::await), null);
    }

    private static Gate ofWriteLock(final SharedObjects shared) {
        final SharedReadWriteLock lock = shared.readWriteLock("read");
        return new Gate(
                lock.readLock()::lock,
                lock.readLock()::unlock,
                () -> {
                    lock.writeLock().lock();
                    lock.writeLock().unlock();
                },
                null);
    }

    private static Gate ofReadLock(final SharedObjects shared) {
        final SharedReadWriteLock lock = shared.readWriteLock("write");
        return new Gate(
                lock.writeLock()::lock,
                lock.writeLock()::unlock,
                () -> {
                    lock.readLock().lock();
                    lock.readLock().unlock();
                },
                lock.gate().core());
    }

    private static void under(final SharedLock lock, final Step step) throws Exception {
        lock.lock();
        try {
            step.run();
        } finally {
            lock.unlock();
        }
    }

    /** Each way to sleep. */
    enum Kind {
        LOCK(Gate::ofLock),
        REENTRANT_LOCK(Gate::ofReentrantLock),
        SEMAPHORE(Gate::ofSemaphore),
        BOUNDED_SEMAPHORE(Gate::ofBoundedSemaphore),
        EVENT(Gate::ofEvent),
        CONDITION(Gate::ofCondition),
        BARRIER(Gate::ofBarrier),
        BROKEN_BARRIER(Gate::ofBrokenBarrier),
        WRITE_LOCK(Gate::ofWriteLock),
        READ_LOCK(Gate::ofReadLock);

        private final Function<SharedObjects, Gate> maker;

        Kind(final Function<SharedObjects, Gate> maker) {
            this.maker = maker;
        }

        /** The one of this kind in a region, open at first. */
        Gate of(final SharedObjects shared) {
            return maker.apply(shared);
        }
    }

    /** What a thread does to a gate. */
    interface Step {
        void run() throws Exception;
    }
}
