package io.condatis.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.SharedObjects;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a reentrant lock does beyond an ordinary one, among threads of one process. */
@Timeout(30)
@ExtendWith(LeakCheck.class)
class SharedReentrantLockTest {
    private SharedObjects shared;
    private SharedReentrantLock lock;

    @BeforeEach
    void createLock() {
        shared = SharedObjects.create(Names.unique());
        lock = shared.reentrantLock("book");
    }

    @AfterEach
    void closeRegion() {
        shared.close();
    }

    @Test
    void shouldStayHeldUntilUnlockedAsOftenAsLocked() throws Exception {
        for (int i = 1; i <= 1_000; i++) {
            lock.lock();
            assertEquals(i, lock.holdCount());
        }
        for (int i = 999; i >= 0; i--) {
            assertFalse((boolean) inOtherThread(lock::tryLock));
            lock.unlock();
            assertEquals(i, lock.holdCount());
        }
        assertFalse(lock.isLocked());
        assertThrows(IllegalMonitorStateException.class, lock::unlock);
    }

    @Test
    void shouldBeTakenAgainInEveryWayByItsOwner() throws Exception {
        lock.lock();
        lock.lockInterruptibly();
        assertTrue(lock.tryLock());
        assertTrue(lock.tryLock(1, TimeUnit.SECONDS));
        try (Hold held = lock.hold();
                Hold again = lock.hold();
                Hold repair = lock.lockForRepair()) {
            assertEquals(7, lock.holdCount());
            assertFalse(held.abandoned() || again.abandoned() || repair.abandoned());
        }
        assertEquals(4, lock.holdCount());
        for (int i = 0; i < 4; i++) {
            lock.unlock();
        }
        assertFalse(lock.isLocked());
    }

    @Test
    void shouldRefuseToUnlockWhenAnotherThreadHoldsIt() throws Exception {
        lock.lock();
        lock.lock();
        inOtherThread(() -> assertThrows(IllegalMonitorStateException.class, lock::unlock));
        assertEquals(0, inOtherThread(lock::holdCount));
        assertEquals(2, lock.holdCount());
        lock.unlock();
        lock.unlock();
    }

    @Test
    void shouldRefuseOneMoreWhenLockedTooOften() {
        final SharedReentrantLock full = lock;
        full.lock();
        full.core().record.putInt(LockDescriptor.REENTRIES_OFFSET, Integer.MAX_VALUE - 1);
        assertEquals(Integer.MAX_VALUE, full.holdCount());
        final Error e = assertThrows(Error.class, full::lock);
        assertTrue(e.getMessage().contains("book"), e.getMessage());
        full.core().record.putInt(LockDescriptor.REENTRIES_OFFSET, 0);
        full.unlock();
    }

    @Test
    void shouldGiveBackAllHoldsForAWaitAndTakeThemAgain() throws Exception {
        lock.lock();
        lock.lock();
        final long token = lock.core().state() & OwnerToken.MASK;
        final int reentries = lock.core().unlockAll(token);
        assertTrue((boolean) inOtherThread(() -> {
            lock.lock();
            lock.unlock();
            return !lock.isLocked();
        }));
        lock.core().lockAgain(token, reentries);
        assertEquals(2, lock.holdCount());
        lock.unlock();
        lock.unlock();
    }

    private static <T> T inOtherThread(final Callable<T> work) throws Exception {
        final FutureTask<T> task = new FutureTask<>(work);
        new Thread(task).start();
        return task.get(10, TimeUnit.SECONDS);
    }
}
