package io.condatis.sync;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.TimeUnit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** What was written before a signal of any kind is seen by whom it reaches, and no signal gets lost between two fences. */
public final class SignalStress {
    private static final int PERMIT_WAIT_NS = 1;

    /** Something that nobody interrupts. */
    private interface Wait {
        void run() throws Exception;
    }

    private static void done(final Wait wait) {
        try {
            wait.run();
        } catch (final Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static int newSemaphore(final int permits) {
        final int offset = StressMemory.place();
        SharedSemaphore.initialise(StressMemory.buffer(), offset, permits, 1);
        return offset;
    }

    private static SharedSemaphore semaphoreAt(final int offset) {
        return SharedSemaphore.at(StressMemory.buffer(), offset, StressMemory.participants(), "stress");
    }

    /** A release publishes to who acquires that permit. */
    @JCStressTest
    @Outcome(
            id = {"-1", "1"},
            expect = ACCEPTABLE,
            desc = "after, or not at all")
    @Outcome(expect = FORBIDDEN, desc = "a permit without what was written before its release")
    @State
    public static class Semaphore {
        private final SharedSemaphore semaphore = semaphoreAt(newSemaphore(0));
        private int a;

        @Actor
        public void release() {
            a = 1;
            semaphore.release();
        }

        @Actor
        public void acquire(final I_Result r) {
            r.r1 = semaphore.tryAcquire() ? a : -1;
        }
    }

    /** Whoever gives up without a permit has left W, or the releaser has seen it: not both a free permit and a set W. */
    @JCStressTest
    @Outcome(
            id = {"true, 0", "true, 1", "false, 0"},
            expect = ACCEPTABLE,
            desc = "one of both saw the other")
    @Outcome(id = "false, 1", expect = FORBIDDEN, desc = "a sleeper that nobody would wake")
    @State
    public static class SemaphoreWaiter {
        private final int offset = newSemaphore(0);
        private final SharedSemaphore semaphore = semaphoreAt(offset);
        private volatile boolean waiting;

        @Actor
        public void release() {
            while (!waiting) {
                Thread.onSpinWait();
            }
            semaphore.release();
        }

        @Actor
        public void acquire(final ZI_Result r) {
            waiting = true;
            done(() -> r.r1 = semaphore.tryAcquire(PERMIT_WAIT_NS, TimeUnit.NANOSECONDS));
        }

        @Arbiter
        public void look(final ZI_Result r) {
            final int sequence = StressMemory.buffer().getInt(offset + SemaphoreDescriptor.SEQUENCE_OFFSET);
            r.r2 = sequence & SemaphoreDescriptor.WAITERS;
        }
    }

    private static SharedEvent newEvent() {
        final int offset = StressMemory.place();
        SharedEvent.initialise(StressMemory.buffer(), offset);
        return SharedEvent.at(StressMemory.buffer(), offset, StressMemory.participants(), "stress");
    }

    /** Who sees the event set sees what was written before. */
    @JCStressTest
    @Outcome(
            id = {"-1", "1"},
            expect = ACCEPTABLE,
            desc = "after, or not set yet")
    @Outcome(expect = FORBIDDEN, desc = "an event without what was written before it was set")
    @State
    public static class EventSeen {
        private final SharedEvent event = newEvent();
        private int a;

        @Actor
        public void set() {
            a = 1;
            event.set();
        }

        @Actor
        public void look(final I_Result r) {
            r.r1 = event.isSet() ? a : -1;
        }
    }

    /** Who has waited for the event sees what was written before. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "what was written")
    @Outcome(expect = FORBIDDEN, desc = "a wait that ended too early")
    @State
    public static class EventAwaited {
        private final SharedEvent event = newEvent();
        private int a;

        @Actor
        public void set() {
            a = 1;
            event.set();
        }

        @Actor
        public void await(final I_Result r) {
            done(event::await);
            r.r1 = a;
        }
    }

    /** A signal under the lock reaches who waits under it. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "what was signalled")
    @Outcome(expect = FORBIDDEN, desc = "something else")
    @State
    public static class Condition {
        private final int offset = StressMemory.place();
        private final SharedLock lock = newLock(offset);
        private final SharedCondition condition = newCondition(offset + SharedLock.LENGTH, lock);
        private int a;

        @Actor
        public void signal() {
            lock.lock();
            a = 1;
            condition.signal();
            lock.unlock();
        }

        @Actor
        public void await(final I_Result r) {
            lock.lock();
            while (a == 0) {
                done(condition::await);
            }
            r.r1 = a;
            lock.unlock();
        }

        private static SharedLock newLock(final int offset) {
            SharedLock.initialise(StressMemory.buffer(), offset);
            return SharedLock.at(StressMemory.buffer(), offset, StressMemory.participants(), "stress");
        }

        private static SharedCondition newCondition(final int offset, final SharedLock lock) {
            SharedCondition.initialise(StressMemory.buffer(), offset, 2);
            return SharedCondition.at(StressMemory.buffer(), offset, StressMemory.participants(), lock, "stress");
        }
    }

    /** Whoever has passed sees what the others wrote before they came. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "what the other wrote")
    @Outcome(expect = FORBIDDEN, desc = "passed without the other")
    @State
    public static class Barrier {
        private final SharedBarrier barrier = newBarrier();
        private int a;
        private int b;

        @Actor
        public void first(final II_Result r) {
            a = 1;
            done(barrier::await);
            r.r1 = b;
        }

        @Actor
        public void second(final II_Result r) {
            b = 1;
            done(barrier::await);
            r.r2 = a;
        }

        private static SharedBarrier newBarrier() {
            final int offset = StressMemory.place();
            SharedBarrier.initialise(StressMemory.buffer(), offset, 2);
            return SharedBarrier.at(StressMemory.buffer(), offset, StressMemory.participants(), "stress");
        }
    }

    /** Either the owner sees the work or the sender sees the owner parked. */
    @JCStressTest
    @Outcome(
            id = {"1, 0", "1, 1", "0, 0"},
            expect = ACCEPTABLE,
            desc = "one of both saw the other")
    @Outcome(id = "0, 1", expect = FORBIDDEN, desc = "an owner asleep over its work")
    @State
    public static class Bell {
        private static final int WORK_OFFSET = 512;

        private final int offset = StressMemory.place();
        private final Doorbell doorbell = new Doorbell(StressMemory.buffer(), offset);

        @Actor
        public void ring() {
            StressMemory.buffer().putIntOrdered(offset + WORK_OFFSET, 1);
            doorbell.ring();
        }

        @Actor
        public void arm(final II_Result r) {
            doorbell.arm();
            r.r1 = StressMemory.buffer().getInt(offset + WORK_OFFSET);
        }

        @Arbiter
        public void look(final II_Result r) {
            r.r2 = StressMemory.buffer().getInt(offset);
        }
    }
}
