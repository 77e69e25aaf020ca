package io.condatis.sync;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** What a lock's owner has written by plain stores is seen by the next one, all of it. */
public final class LockStress {
    private static SharedLock newLock() {
        final int offset = StressMemory.place();
        SharedLock.initialise(StressMemory.buffer(), offset);
        return SharedLock.at(StressMemory.buffer(), offset, StressMemory.participants(), "stress");
    }

    private static SharedReentrantLock newReentrantLock() {
        final int offset = StressMemory.place();
        SharedReentrantLock.initialise(StressMemory.buffer(), offset);
        return SharedReentrantLock.at(StressMemory.buffer(), offset, StressMemory.participants(), "stress");
    }

    /** Before or after, never between. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "1, 1"},
            expect = ACCEPTABLE,
            desc = "before or after")
    @Outcome(expect = FORBIDDEN, desc = "between")
    @State
    public static class Lock {
        private final SharedLock lock = newLock();
        private int a;
        private int b;

        @Actor
        public void write() {
            lock.lock();
            a = 1;
            b = 1;
            lock.unlock();
        }

        @Actor
        public void read(final II_Result r) {
            lock.lock();
            r.r1 = a;
            r.r2 = b;
            lock.unlock();
        }
    }

    /** Two that count. */
    @JCStressTest
    @Outcome(id = "4", expect = ACCEPTABLE, desc = "all were counted")
    @Outcome(expect = FORBIDDEN, desc = "two were inside")
    @State
    public static class Exclusion {
        private final SharedLock lock = newLock();
        private int count;

        @Actor
        public void first() {
            count();
        }

        @Actor
        public void second() {
            count();
        }

        @Arbiter
        public void result(final I_Result r) {
            r.r1 = count;
        }

        private void count() {
            lock.lock();
            count++;
            lock.unlock();
            lock.lock();
            count++;
            lock.unlock();
        }
    }

    /** Only who gets in may look. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "1, 1", "-1, -1"},
            expect = ACCEPTABLE,
            desc = "before, after, or not at all")
    @Outcome(expect = FORBIDDEN, desc = "between")
    @State
    public static class TryLock {
        private final SharedLock lock = newLock();
        private int a;
        private int b;

        @Actor
        public void write() {
            lock.lock();
            a = 1;
            b = 1;
            lock.unlock();
        }

        @Actor
        public void read(final II_Result r) {
            r.r1 = -1;
            r.r2 = -1;
            if (lock.tryLock()) {
                r.r1 = a;
                r.r2 = b;
                lock.unlock();
            }
        }
    }

    /** The last unlock publishes, and no earlier one frees it. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "1, 1"},
            expect = ACCEPTABLE,
            desc = "before or after")
    @Outcome(expect = FORBIDDEN, desc = "between")
    @State
    public static class Reentrant {
        private final SharedReentrantLock lock = newReentrantLock();
        private int a;
        private int b;

        @Actor
        public void write() {
            lock.lock();
            lock.lock();
            a = 1;
            lock.unlock();
            b = 1;
            lock.unlock();
        }

        @Actor
        public void read(final II_Result r) {
            lock.lock();
            r.r1 = a;
            lock.lock();
            r.r2 = b;
            lock.unlock();
            lock.unlock();
        }
    }

    /** Readers see all that a writer wrote, or nothing of it. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "1, 1"},
            expect = ACCEPTABLE,
            desc = "before or after")
    @Outcome(expect = FORBIDDEN, desc = "between")
    @State
    public static class ReadWrite {
        private final SharedReadWriteLock lock = newLock();
        private int a;
        private int b;

        @Actor
        public void write() {
            lock.writeLock().lock();
            a = 1;
            b = 1;
            lock.writeLock().unlock();
        }

        @Actor
        public void read(final II_Result r) {
            lock.readLock().lock();
            r.r1 = a;
            r.r2 = b;
            lock.readLock().unlock();
        }

        private static SharedReadWriteLock newLock() {
            final int offset = StressMemory.place();
            SharedReadWriteLock.initialise(StressMemory.buffer(), offset, 4);
            return SharedReadWriteLock.at(StressMemory.buffer(), offset, StressMemory.participants(), "stress");
        }
    }
}
