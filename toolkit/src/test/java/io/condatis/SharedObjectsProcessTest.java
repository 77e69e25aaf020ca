package io.condatis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.condatis.sync.Hold;
import io.condatis.sync.SharedLock;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import io.condatis.value.DoubleArray;
import io.condatis.value.DoubleValue;
import io.condatis.value.LongArray;
import io.condatis.value.LongValue;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several real processes on the same objects. */
@ExtendWith(LeakCheck.class)
class SharedObjectsProcessTest {
    private static final Duration DEADLINE = Duration.ofSeconds(40);
    private static final int ROUNDS = 30;
    private static final int OBJECTS = 20;
    private static final int OPERATIONS = 200_000;

    private final String name = Names.unique();

    @Test
    void shouldMakeEachObjectOnceWhenTwoProcessesCreateTheSameAtOnce() {
        runTwo(SameObjects.class);
    }

    /** Both ask for everything at once; each object must have been incremented by both. */
    static final class SameObjects {
        public static void main(final String[] args) {
            for (int round = 0; round < ROUNDS; round++) {
                try (SharedObjects shared = SharedObjects.createOrAttach(args[0] + "-" + round, 64 * 1024)) {
                    for (int i = 0; i < OBJECTS; i++) {
                        shared.longValue("value-" + i, 100).incrementAndGet();
                        shared.longArray("array-" + i, i + 1).incrementAndGet(i);
                    }
                    check(shared);
                    awaitEverybody(shared);
                }
            }
        }

        private static void check(final SharedObjects shared) {
            for (int i = 0; i < OBJECTS; i++) {
                final LongValue value = shared.longValue("value-" + i);
                final LongArray array = shared.longArray("array-" + i);
                while (value.get() != 102 || array.get(array.length() - 1) != 2) {
                    Thread.yield();
                }
            }
            if (shared.entries().size() < 2 * OBJECTS) {
                throw new AssertionError(shared.entries());
            }
        }

        private static void awaitEverybody(final SharedObjects shared) {
            final LongValue done = shared.longValue("done", 0);
            done.incrementAndGet();
            while (done.get() < 2) {
                Thread.yield();
            }
        }
    }

    @Test
    void shouldCountExactlyWhenTwoProcessesCount() {
        try (SharedObjects shared = SharedObjects.create(name)) {
            runTwo(Counter.class);

            assertEquals(2L * OPERATIONS, shared.longValue("added").get());
            assertEquals(2L * OPERATIONS, shared.longValue("updated").get());
            assertEquals(2.0 * OPERATIONS, shared.doubleValue("sum").get());
            assertEquals(2L * OPERATIONS, shared.longArray("array").get(1));
            assertEquals(0, shared.longArray("array").get(0));
            assertEquals(0.5 * 2 * OPERATIONS, shared.doubleArray("doubles").get(2));
            assertEquals(OPERATIONS - 1.0, shared.doubleValue("highest").get());
            assertEquals(2L * OPERATIONS, shared.longValue("locked").getPlain());
        }
    }

    /** Every way to count; none may lose an increment. */
    static final class Counter {
        public static void main(final String[] args) {
            try (SharedObjects shared = SharedObjects.attach(args[0])) {
                final LongValue added = shared.longValue("added", 0);
                final LongValue updated = shared.longValue("updated", 0);
                final DoubleValue sum = shared.doubleValue("sum", 0);
                final DoubleValue highest = shared.doubleValue("highest", Double.NEGATIVE_INFINITY);
                final LongArray array = shared.longArray("array", 2);
                final DoubleArray doubles = shared.doubleArray("doubles", 3);
                for (int i = 0; i < OPERATIONS; i++) {
                    added.incrementAndGet();
                    updated.updateAndGet(value -> value + 1);
                    sum.addAndGet(1);
                    highest.accumulateAndGet(i, Math::max);
                    array.getAndAdd(1, 1);
                    doubles.accumulateAndGet(2, 0.5, Double::sum);
                }
                countUnderLock(shared.lock("lock"), shared.longValue("locked", 0));
            }
        }

        private static void countUnderLock(final SharedLock lock, final LongValue locked) {
            for (int i = 0; i < OPERATIONS; i++) {
                try (Hold held = lock.hold()) {
                    locked.setPlain(locked.getPlain() + (held.abandoned() ? 0 : 1));
                }
            }
        }
    }

    @Test
    void shouldThrowInOtherThreadsAndEndNormallyWhenClosedUnderThem() {
        try (ForkedJvm child = ForkedJvm.start(CloseUnderUse.class, name)) {
            assertEquals(0, child.exitCode(DEADLINE), child.output());
            assertEquals(List.of("closed", "closed", "closed"), child.lines());
        }
    }

    /** Threads use objects while they are closed, and while the collector looks for mappings to undo. */
    static final class CloseUnderUse {
        public static void main(final String[] args) throws InterruptedException {
            final SharedObjects shared = SharedObjects.create(args[0]);
            final LongValue value = shared.longValue("value", 0);
            final DoubleArray array = shared.doubleArray("array", 100);
            final SharedLock lock = shared.lock("lock");
            final List<Thread> users = List.of(
                    new Thread(() -> untilClosed(value::getAndIncrement)),
                    new Thread(() -> untilClosed(array::toArray)),
                    new Thread(() -> untilClosed(() -> lock.hold().close())));
            users.forEach(Thread::start);
            while (value.get() < OPERATIONS) {
                Thread.onSpinWait();
            }
            shared.close();
            System.gc();
            for (final Thread user : users) {
                user.join();
            }
        }

        private static void untilClosed(final Runnable use) {
            try {
                while (true) {
                    use.run();
                }
            } catch (final IllegalStateException e) {
                System.out.println("closed");
            }
        }
    }

    private void runTwo(final Class<?> main) {
        try (ForkedJvm first = ForkedJvm.start(main, name);
                ForkedJvm second = ForkedJvm.start(main, name)) {
            assertEquals(0, first.exitCode(DEADLINE), first.output());
            assertEquals(0, second.exitCode(DEADLINE), second.output());
        }
    }
}
