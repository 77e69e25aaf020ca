package io.condatis.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.SyncFlavour.AnyCondition;
import io.condatis.testing.SyncFlavour.AnyLock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** CPython's {@code _TestCondition}, for every way of sharing conditions. */
@Timeout(60)
public abstract class ConditionContract {
    private static final long LONG_S = 30;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private SyncFlavour flavour;
    private AnyLock lock;
    private AnyCondition condition;

    /** {@return a new place for primitives} */
    protected abstract SyncFlavour create();

    @BeforeEach
    void createFlavour() {
        flavour = create();
        lock = flavour.lock("lock");
        condition = flavour.condition("condition", lock);
    }

    @AfterEach
    void closeFlavour() throws InterruptedException {
        threads.shutdownNow();
        assertTrue(threads.awaitTermination(LONG_S, TimeUnit.SECONDS));
        flavour.close();
    }

    /** {@code test_notify}: one process and one thread wait. */
    @Test
    void shouldWakeExactlyOneWhenSignalled() throws Exception {
        try (SyncPeers peers = new SyncPeers(flavour)) {
            final ForkedJvm child = peers.joined();
            child.send("await condition");
            awaitWaiters(1);
            final Future<Boolean> thread = waiter(LONG_S);
            awaitWaiters(2);
            signal(1);
            child.awaitLine("await condition true", Await.DEADLINE);
            assertEquals(1, condition.waiters());
            assertFalse(thread.isDone());
            assertEquals("done", SyncPeers.ask(child, "signal condition"));
            assertTrue(thread.get());
            assertEquals(0, condition.waiters());
        }
    }

    /** {@code test_notify_all}. */
    @Test
    void shouldWakeAllWhenAllAreSignalled() throws Exception {
        final List<Future<Boolean>> late = waiters(6, 0);
        for (final Future<Boolean> waiter : late) {
            assertFalse(waiter.get());
        }
        assertEquals(0, condition.waiters());
        final List<Future<Boolean>> waiters = waiters(6, LONG_S);
        awaitWaiters(6);
        assertEquals(0, done(waiters));
        lock.lock();
        condition.signalAll();
        lock.unlock();
        Await.until("all are awake", () -> done(waiters) == 6);
    }

    /** {@code test_notify_n}. */
    @Test
    void shouldWakeAsManyAsAsked() throws Exception {
        final List<Future<Boolean>> waiters = waiters(6, LONG_S);
        awaitWaiters(6);
        signal(2);
        Await.until("two are awake", () -> done(waiters) == 2);
        assertEquals(4, condition.waiters());
        signal(4);
        Await.until("six are awake", () -> done(waiters) == 6);
        signal(3);
        assertEquals(0, condition.waiters());
    }

    /** {@code test_timeout}, and the first half of {@code test_wait_result}. */
    @Test
    void shouldSayHowTheWaitEnded() throws Exception {
        assertFalse(waiter(0).get());
        lock.lock();
        final long startNs = System.nanoTime();
        assertFalse(condition.await(100, TimeUnit.MILLISECONDS));
        assertTrue(condition.awaitNanos(1_000_000) <= 0);
        assertTrue(System.nanoTime() - startNs >= 101_000_000);
        lock.unlock();
        final Future<Boolean> waiter = waiter(LONG_S);
        awaitWaiters(1);
        signal(1);
        assertTrue(waiter.get());
    }

    /** {@code test_wait_result}, its second half: with the lock taken again. */
    @Test
    void shouldTakeTheLockAgainWhenInterrupted() {
        lock.lock();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, condition::await);
        final Thread self = Thread.currentThread();
        threads.submit(() -> {
            awaitWaiters(1);
            self.interrupt();
        });
        assertThrows(InterruptedException.class, condition::await);
        assertFalse(Thread.interrupted());
        assertEquals(0, condition.waiters());
        lock.unlock();
    }

    /** {@code test_waitfor}. */
    @Test
    void shouldWaitUntilThePredicateHolds() throws Exception {
        final int[] state = {0};
        final Future<Boolean> waiter =
                threads.submit(() -> locked(() -> condition.awaitUntil(() -> state[0] == 4, LONG_S, TimeUnit.SECONDS)));
        for (int i = 1; i <= 4; i++) {
            awaitWaiters(1);
            assertFalse(waiter.isDone());
            final int value = i;
            locked(() -> {
                state[0] = value;
                condition.signal();
                return true;
            });
        }
        assertTrue(waiter.get());
    }

    /** {@code test_waitfor_timeout}. */
    @Test
    void shouldTimeOutWhenThePredicateStaysFalse() throws Exception {
        final long startNs = System.nanoTime();
        assertFalse(locked(() -> condition.awaitUntil(() -> false, 100, TimeUnit.MILLISECONDS)));
        assertTrue(System.nanoTime() - startNs >= 100_000_000);
    }

    /** {@code AssertionError} in CPython. */
    @Test
    void shouldRefuseWhoeverDoesNotHoldTheLock() {
        assertThrows(IllegalMonitorStateException.class, condition::await);
        assertThrows(IllegalMonitorStateException.class, condition::signal);
        assertThrows(IllegalMonitorStateException.class, condition::signalAll);
    }

    /** All levels are given up and restored. */
    @Test
    void shouldUnlockAllLevelsOfAReentrantLockWhileWaiting() throws Exception {
        final AnyLock reentrant = flavour.reentrantLock("reentrant");
        final AnyCondition grown = flavour.condition("condition-reentrant", reentrant);
        final Future<Boolean> waiter = threads.submit(() -> {
            reentrant.lock();
            reentrant.lock();
            final boolean signalled = grown.await(LONG_S, TimeUnit.SECONDS);
            reentrant.unlock();
            final boolean held = reentrant.isLocked();
            reentrant.unlock();
            return signalled && held;
        });
        Await.until("it waits", () -> grown.waiters() == 1 && !reentrant.isLocked());
        reentrant.lock();
        grown.signal();
        reentrant.unlock();
        assertTrue(waiter.get());
        assertFalse(reentrant.isLocked());
    }

    private List<Future<Boolean>> waiters(final int count, final long timeoutS) {
        final List<Future<Boolean>> waiters = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            waiters.add(waiter(timeoutS));
        }
        return waiters;
    }

    private Future<Boolean> waiter(final long timeoutS) {
        return threads.submit(() -> locked(() -> condition.await(timeoutS, TimeUnit.SECONDS)));
    }

    private boolean locked(final Step step) throws InterruptedException {
        lock.lock();
        try {
            return step.run();
        } finally {
            lock.unlock();
        }
    }

    private void signal(final int count) {
        lock.lock();
        condition.signal(count);
        lock.unlock();
    }

    private void awaitWaiters(final int count) {
        Await.until(count + " wait", () -> condition.waiters() == count && !lock.isLocked());
    }

    private static long done(final List<Future<Boolean>> waiters) {
        return waiters.stream().filter(Future::isDone).count();
    }

    /** Something to do under the lock. */
    private interface Step {
        boolean run() throws InterruptedException;
    }
}
