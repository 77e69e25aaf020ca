package io.condatis.sync;

import io.condatis.SharedObjects;
import io.condatis.testing.Names;
import io.condatis.testing.SyncFlavour;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** Primitives in shared memory. */
public final class SharedMemoryFlavour implements SyncFlavour {
    private static final int MOST_PERMITS = 64;

    private final SharedObjects shared;

    SharedMemoryFlavour() {
        this(SharedObjects.create(Names.unique()));
    }

    public SharedMemoryFlavour(final String address) {
        this(SharedObjects.attach(address));
    }

    private SharedMemoryFlavour(final SharedObjects shared) {
        this.shared = shared;
    }

    SharedObjects shared() {
        return shared;
    }

    @Override
    public String address() {
        return shared.name();
    }

    @Override
    public AnyLock lock(final String name) {
        final SharedLock lock = shared.lock(name);
        return new LockOfMemory(lock) {
            @Override
            public boolean isLocked() {
                return lock.isLocked();
            }

            @Override
            public AutoCloseable hold() {
                return lock.hold();
            }
        };
    }

    @Override
    public AnyLock reentrantLock(final String name) {
        final SharedReentrantLock lock = shared.reentrantLock(name);
        return new LockOfMemory(lock) {
            @Override
            public boolean isLocked() {
                return lock.isLocked();
            }

            @Override
            public AutoCloseable hold() {
                return lock.hold();
            }
        };
    }

    @Override
    public AnySemaphore semaphore(final String name, final int permits) {
        final SharedSemaphore semaphore = shared.semaphore(name, permits, MOST_PERMITS);
        return new AnySemaphore() {
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
        };
    }

    @Override
    public AnySemaphore boundedSemaphore(final String name, final int permits) {
        final SharedBoundedSemaphore semaphore = shared.boundedSemaphore(name, permits);
        return new AnySemaphore() {
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
        };
    }

    @Override
    public AnyEvent event(final String name) {
        final SharedEvent event = shared.event(name);
        return new AnyEvent() {
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
        };
    }

    @Override
    public AnyCondition condition(final String name, final AnyLock lock) {
        final Lock real = ((LockOfMemory) lock).lock;
        return new ConditionOfMemory(
                real instanceof SharedLock
                        ? shared.condition(name, (SharedLock) real)
                        : shared.condition(name, (SharedReentrantLock) real));
    }

    @Override
    public AnyBarrier barrier(final String name, final int parties) {
        return new BarrierOfMemory(shared.barrier(name, parties));
    }

    @Override
    public void close() {
        shared.close();
    }

    private abstract static class LockOfMemory implements AnyLock {
        private final Lock lock;

        LockOfMemory(final Lock lock) {
            this.lock = lock;
        }

        @Override
        public void lock() {
            lock.lock();
        }

        @Override
        public void lockInterruptibly() throws InterruptedException {
            lock.lockInterruptibly();
        }

        @Override
        public boolean tryLock() {
            return lock.tryLock();
        }

        @Override
        public boolean tryLock(final long time, final TimeUnit unit) throws InterruptedException {
            return lock.tryLock(time, unit);
        }

        @Override
        public void unlock() {
            lock.unlock();
        }

        @Override
        public Condition newCondition() {
            return lock.newCondition();
        }

        @Override
        public String toString() {
            return lock.toString();
        }
    }
}
