package io.condatis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.sync.SharedCondition;
import io.condatis.sync.SharedLock;
import io.condatis.sync.SharedReentrantLock;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

/** A condition has one lock, whoever names it. */
@Timeout(30)
@ExtendWith(LeakCheck.class)
class ConditionLockTest {
    private SharedObjects shared;

    @BeforeEach
    void create() {
        shared = SharedObjects.create(Names.unique());
    }

    @AfterEach
    void close() {
        shared.close();
    }

    @Test
    void shouldRefuseAnotherLockThanTheFirstInTheSameProcess() {
        final SharedLock book = shared.lock("book");
        final SharedCondition changed = shared.condition("changed", book);
        assertRefused(() -> shared.condition("changed", shared.lock("other")), "other");
        assertRefused(() -> shared.condition("changed", shared.reentrantLock("deep")), "deep");
        assertSame(changed, shared.condition("changed", book));
    }

    @Test
    void shouldRefuseAnotherLockThanAnotherProcessHasNamed() {
        final SharedReentrantLock deep = shared.reentrantLock("deep");
        shared.condition("changed", deep);
        try (SharedObjects attached = SharedObjects.attach(shared.name())) {
            assertRefused(() -> attached.condition("changed", attached.lock("book")), "book");
            final SharedReentrantLock same = attached.reentrantLock("deep");
            final SharedCondition changed = attached.condition("changed", same);
            same.lock();
            changed.signalAll();
            same.unlock();
            changed.requireLock(same);
            assertRefused(() -> changed.requireLock(attached.lock("book")), "book");
        }
    }

    @Test
    void shouldRefuseALockOfOtherSharedObjectsAndStayFreeForOneOfItsOwn() {
        try (SharedObjects others = SharedObjects.create(Names.unique())) {
            final Exception e = assertThrows(
                    IllegalArgumentException.class, () -> shared.condition("changed", others.lock("foreign")));
            assertEquals(
                    "lock 'foreign' is in other shared memory than its condition 'changed' would be", e.getMessage());
        }
        final SharedLock book = shared.lock("book");
        assertEquals("changed", shared.condition("changed", book).name());
    }

    @Test
    void shouldTakeANewLockOnceItIsMadeAnewItself() {
        shared.condition("changed", shared.lock("book"));
        shared.remove("changed");
        shared.condition("changed", shared.lock("other"));
        assertRefused(() -> shared.condition("changed", shared.lock("book")), "book");
    }

    private static void assertRefused(final Executable request, final String lock) {
        final String message =
                assertThrows(IllegalArgumentException.class, request).getMessage();
        assertTrue(message.startsWith("condition 'changed' belongs to another lock than '" + lock + "'"), message);
    }
}
