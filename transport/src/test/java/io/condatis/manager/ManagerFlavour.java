package io.condatis.manager;

import io.condatis.testing.SyncFlavour;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/** Primitives of a manager. */
public final class ManagerFlavour implements SyncFlavour {
    private final Manager manager;

    ManagerFlavour() {
        this(Manager.start());
    }

    public ManagerFlavour(final String address) {
        this(Manager.connect(address));
    }

    private ManagerFlavour(final Manager manager) {
        this.manager = manager;
    }

    Manager manager() {
        return manager;
    }

    @Override
    public String address() {
        return manager.name();
    }

    @Override
    public AnyLock lock(final String name) {
        return new LockOfManager(manager.lock(name));
    }

    @Override
    public AnyLock reentrantLock(final String name) {
        return new LockOfManager(manager.reentrantLock(name));
    }

    @Override
    public AnySemaphore semaphore(final String name, final int permits) {
        return new SemaphoreOfManager(manager.semaphore(name, permits));
    }

    @Override
    public AnySemaphore boundedSemaphore(final String name, final int permits) {
        return new SemaphoreOfManager(manager.boundedSemaphore(name, permits));
    }

    @Override
    public AnyEvent event(final String name) {
        return new EventOfManager(manager.event(name));
    }

    @Override
    public AnyCondition condition(final String name, final AnyLock lock) {
        return new ConditionOfManager(manager.condition(name, ((LockOfManager) lock).proxy));
    }

    @Override
    public AnyBarrier barrier(final String name, final int parties) {
        return new BarrierOfManager(manager.barrier(name, parties));
    }

    @Override
    public void close() {
        manager.close();
    }

    private record LockOfManager(ManagedLock proxy) implements AnyLock {
        @Override
        public boolean isLocked() {
            return proxy.isLocked();
        }

        @Override
        public AutoCloseable hold() {
            return proxy.hold();
        }

        @Override
        public void lock() {
            proxy.lock();
        }

        @Override
        public void lockInterruptibly() throws InterruptedException {
            proxy.lockInterruptibly();
        }

        @Override
        public boolean tryLock() {
            return proxy.tryLock();
        }

        @Override
        public boolean tryLock(final long time, final TimeUnit unit) throws InterruptedException {
            return proxy.tryLock(time, unit);
        }

        @Override
        public void unlock() {
            proxy.unlock();
        }

        @Override
        public Condition newCondition() {
            return proxy.newCondition();
        }

        @Override
        public String toString() {
            return proxy.toString();
        }
    }

    private record SemaphoreOfManager(ManagedSemaphore semaphore) implements AnySemaphore {
        @Override
        public void acquire() throws InterruptedException {
            semaphore.acquire();
        }

        @Override
        public boolean tryAcquire() {
            return semaphore.tryAcquire();
        }

        @Override
        public boolean tryAcquire(final long time, final TimeUnit unit) throws InterruptedException {
            return semaphore.tryAcquire(time, unit);
        }

        @Override
        public void release() {
            semaphore.release();
        }

        @Override
        public int availablePermits() {
            return semaphore.availablePermits();
        }

        @Override
        public String toString() {
            return semaphore.toString();
        }
    }

    private record EventOfManager(ManagedEvent event) implements AnyEvent {
        @Override
        public boolean isSet() {
            return event.isSet();
        }

        @Override
        public void set() {
            event.set();
        }

        @Override
        public void clear() {
            event.clear();
        }

        @Override
        public boolean await(final long time, final TimeUnit unit) throws InterruptedException {
            return event.await(time, unit);
        }

        @Override
        public String toString() {
            return event.toString();
        }
    }

    private record BarrierOfManager(ManagedBarrier barrier) implements AnyBarrier {
        @Override
        public int await(final long time, final TimeUnit unit) throws InterruptedException, BrokenBarrierException {
            return barrier.await(time, unit);
        }

        @Override
        public int await() throws InterruptedException, BrokenBarrierException {
            return barrier.await();
        }

        @Override
        public AnyBarrier withAction(final Runnable action) {
            return new BarrierOfManager(barrier.withAction(action));
        }

        @Override
        public AnyBarrier withTimeout(final long time, final TimeUnit unit) {
            return new BarrierOfManager(barrier.withTimeout(time, unit));
        }

        @Override
        public void abort() {
            barrier.abort();
        }

        @Override
        public void reset() {
            barrier.reset();
        }

        @Override
        public boolean isBroken() {
            return barrier.isBroken();
        }

        @Override
        public int waiting() {
            return barrier.waiting();
        }
    }
}
