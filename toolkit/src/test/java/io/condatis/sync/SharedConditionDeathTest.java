package io.condatis.sync;

import static io.condatis.sync.RegionPeers.awaitKilled;
import static io.condatis.sync.RegionPeers.withinASecond;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import java.nio.file.Path;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The condition when a process dies at every step: the others go on within a second, no signal and no cell is lost. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class SharedConditionDeathTest {
    @TempDir
    Path directory;

    private RegionPeers peers;
    private SharedLock lock;
    private SharedCondition condition;

    @BeforeEach
    void createRegion() {
        peers = new RegionPeers(directory);
        lock = peers.region().lock();
        condition = peers.region().condition();
    }

    @AfterEach
    void killChildren() {
        peers.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"condition.released", "condition.announced", "condition.woken"})
    void shouldGiveTheSignalToTheNextWhenTheFirstWaiterHasDied(final String point) throws Exception {
        awaitKilled(peers.victim(point, "lock", "await 10000"));
        final Future<Boolean> second = waiter(2);
        signal();
        assertTrue(withinASecond(second));
        assertNothingIsLeft(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"condition.enqueued", "condition.relocked", "condition.left"})
    void shouldEndAllWaitsWhenAWaiterDiesWithTheLock(final String point) throws Exception {
        final Future<Boolean> first = waiter(1);
        final ForkedJvm victim = peers.victim(point, "lock", "await 1"); // its time is up at once
        assertTrue(first.get(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS));
        awaitKilled(victim);
        assertNothingIsLeft(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"condition.notified", "condition.signalled"})
    void shouldEndAllWaitsWhenTheSignallerDies(final String point) throws Exception {
        final Future<Boolean> first = waiter(1);
        final Future<Boolean> second = waiter(2);
        awaitKilled(peers.victim(point, "lock", "signal 2"));
        assertTrue(withinASecond(first));
        assertTrue(withinASecond(second));
        assertNothingIsLeft(true);
    }

    @Test
    void shouldPassTheSignalOnWhenTheWaiterDiesWithIt() throws Exception {
        final ForkedJvm victim = peers.peer("async A locked-await 10000");
        awaitWaiters(1);
        final Future<Boolean> second = waiter(2);
        victim.signal("STOP");
        signal();
        assertFalse(second.isDone());
        victim.kill();
        awaitKilled(victim);
        assertTrue(withinASecond(second));
        assertEquals(1, condition.passedOn());
        assertNothingIsLeft(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock.announced", "lock.woken"})
    void shouldPassTheSignalOnWhenTheWaiterDiesTakingTheLockAgain(final String point) throws Exception {
        final ForkedJvm victim = peers.victim(point, "lock", "await 10000");
        awaitWaiters(1);
        final Future<Boolean> second = waiter(2);
        lock.lock();
        condition.signal();
        awaitKilled(victim); // it waits for the lock
        lock.unlock();
        assertTrue(withinASecond(second));
        assertEquals(1, condition.passedOn());
        assertNothingIsLeft(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock.recovering", "lock.recovered"})
    void shouldGiveTheLockToTheNextWhenAWaiterDiesTakingItFromTheDead(final String point) throws Exception {
        final ForkedJvm victim = peers.victim(point, "lock", "await 10000");
        awaitWaiters(1);
        final ForkedJvm owner = peers.peer("lock");
        owner.awaitLine("locked", Await.DEADLINE);
        owner.kill();
        awaitKilled(victim);
        assertTrue(lock.tryLock(1, TimeUnit.SECONDS));
        lock.unlock();
        assertNothingIsLeft(true);
    }

    @Test
    void shouldEndAllWaitsWhenWhoPassesASignalOnDies() throws Exception {
        final ForkedJvm notified = peers.peer("async A locked-await 10000");
        awaitWaiters(1);
        final ForkedJvm heir = peers.victim("condition.reclaimed", "lock", "await 10000");
        awaitWaiters(2);
        notified.signal("STOP");
        signal();
        notified.kill();
        awaitKilled(heir);
        final Future<Boolean> third = waiter(2);
        signal();
        assertTrue(withinASecond(third));
        assertNothingIsLeft(true);
    }

    @Test
    void shouldReclaimTheCellsOfTheDeadWhenNoneIsFree() throws Exception {
        final SharedCondition narrow = peers.region().narrowCondition();
        awaitKilled(peers.victim("condition.released", "lock", "narrow-await"));
        assertEquals(1, narrow.waiters());
        awaitKilled(peers.victim("condition.reclaimed", "lock", "narrow-await"));
        final Future<Boolean> next = peers.run(() -> await(narrow));
        Await.until("it waits", () -> narrow.waiters() == 1 && !lock.isLocked());
        lock.lock();
        narrow.signal();
        lock.unlock();
        assertTrue(withinASecond(next));
    }

    @Test
    void shouldNotGiveTheSignalAwayWhenTheWaiterIsOnlyStopped() throws Exception {
        final ForkedJvm stopped = peers.peer("async A locked-await 10000");
        awaitWaiters(1);
        stopped.signal("STOP");
        final Future<Boolean> second = peers.run(() -> await(condition, 2_000));
        awaitWaiters(2);
        signal();
        assertFalse(second.get(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS));
        stopped.signal("CONT");
        stopped.awaitLine("A signalled=true", Await.DEADLINE);
        assertNothingIsLeft(false);
    }

    private Future<Boolean> waiter(final int waitersThen) {
        final Future<Boolean> waiter = peers.run(() -> await(condition));
        awaitWaiters(waitersThen);
        return waiter;
    }

    private Boolean await(final SharedCondition any) throws InterruptedException {
        return await(any, 15_000);
    }

    private Boolean await(final SharedCondition any, final long timeoutMs) throws InterruptedException {
        lock.lock();
        try {
            return any.await(timeoutMs, TimeUnit.MILLISECONDS);
        } finally {
            lock.unlock();
        }
    }

    private void awaitWaiters(final int count) {
        Await.until(count + " wait", () -> condition.waiters() == count && !lock.isLocked());
    }

    private void signal() {
        lock.lock();
        condition.signal();
        lock.unlock();
    }

    private void assertNothingIsLeft(final boolean abandoned) {
        lock.lock();
        assertEquals(abandoned, lock.isAbandoned());
        condition.signalAll(); // frees the cells of the dead
        assertEquals(0, condition.waiters());
        lock.markConsistent();
        lock.unlock();
    }
}
