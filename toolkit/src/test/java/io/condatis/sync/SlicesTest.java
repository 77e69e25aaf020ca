package io.condatis.sync;

import static io.condatis.sync.LockPeers.POLLING;
import static io.condatis.sync.LockPeers.ask;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.condatis.SharedObjects;
import io.condatis.internal.os.DeathWatch;
import io.condatis.internal.os.Futex;
import io.condatis.internal.os.ProcessIdentity;
import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How long somebody sleeps whom nobody wakes: as long as it takes others to notice what has happened, and no longer. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class SlicesTest {
    private static final int ROUNDS = 4;
    private static final int WAITERS = 3;
    private static final long STARVING_AFTER_NS = TimeUnit.MILLISECONDS.toNanos(5);

    /** Half of the long slice on the average, which is what a late look would cost. */
    private static final long LATE_NS = TimeUnit.MILLISECONDS.toNanos(125);

    @TempDir
    Path directory;

    @BeforeEach
    void expectLongSlices() {
        assumeTrue(Futex.get().canWake() && DeathWatch.get() != null, "slices are short here");
    }

    @Test
    void shouldWakeThoseWhoWaitForALockWhenItsOwnerLeaves() throws Exception {
        try (LockRegion region = LockRegion.create(directory)) {
            long totalNs = 0;
            for (int i = 0; i < ROUNDS; i++) {
                final LockRegion owner = region.joinAgain();
                owner.lock().lock();
                final FutureTask<Long> waiter = new FutureTask<>(() -> {
                    region.lock().lock();
                    region.lock().unlock();
                    return System.nanoTime();
                });
                final Thread thread = new Thread(waiter);
                thread.start();
                Await.until("it starves", () -> (region.lock().core().state() & LockDescriptor.STARVING) != 0);
                Await.untilBlocked(thread);
                final long leftNs = System.nanoTime();
                owner.close();
                totalNs += waiter.get(10, TimeUnit.SECONDS) - leftNs;
            }
            assertTrue(totalNs < ROUNDS * LATE_NS, totalNs + " ns");
        }
    }

    @Test
    void shouldWakeThoseWhoWaitForAPermitWhenItsOwnerLeaves() throws Exception {
        try (SharedObjects shared = SharedObjects.create(Names.unique())) {
            final SharedBoundedSemaphore semaphore = shared.boundedSemaphore("semaphore", 1);
            long totalNs = 0;
            for (int i = 0; i < ROUNDS; i++) {
                final SharedObjects owner = SharedObjects.attach(shared.name());
                owner.boundedSemaphore("semaphore", 1).acquire();
                final FutureTask<Long> waiter = new FutureTask<>(() -> {
                    semaphore.acquire();
                    semaphore.release();
                    return System.nanoTime();
                });
                final Thread thread = new Thread(waiter);
                thread.start();
                Await.untilBlocked(thread);
                final long leftNs = System.nanoTime();
                owner.close();
                totalNs += waiter.get(10, TimeUnit.SECONDS) - leftNs;
            }
            assertTrue(totalNs < ROUNDS * LATE_NS, totalNs + " ns");
        }
    }

    /** The owner's slot goes to somebody else unseen, which nothing in this process notices. */
    @Test
    void shouldWakeThoseWhoMayNotEnterWhenSomebodyFindsALockPoisoned() throws Exception {
        try (LockRegion region = LockRegion.create(directory)) {
            final int offset = LockRegion.SPARE_OFFSET;
            long totalNs = 0;
            for (int i = 0; i < ROUNDS; i++) {
                SharedLock.initialise(region.memory(), offset, Abandonment.POISON);
                final SharedLock lock = SharedLock.at(region.memory(), offset, region.participants(), "poisonous");
                final LockRegion other = region.joinAgain();
                SharedLock.at(region.memory(), offset, other.participants(), "poisonous")
                        .lock();
                final FutureTask<Long> waiter = new FutureTask<>(() -> {
                    assertThrows(AbandonedLockException.class, lock::lock);
                    return System.nanoTime();
                });
                final Thread thread = new Thread(waiter);
                thread.start();
                Await.until("it starves", () -> (lock.core().state() & LockDescriptor.STARVING) != 0);
                Await.untilBlocked(thread);
                final int slot =
                        ParticipantsDescriptor.slotOffset(other.participants().slot());
                region.memory().getAndAddInt(slot + ParticipantsDescriptor.GENERATION_OFFSET, 1);
                final long foundNs = System.nanoTime();
                assertThrows(AbandonedLockException.class, lock::tryLock);
                totalNs += waiter.get(10, TimeUnit.SECONDS) - foundNs;
                other.close();
            }
            assertTrue(totalNs < ROUNDS * LATE_NS, totalNs + " ns");
        }
    }

    /** One of them could not wake the next as an owner would: it never has the lock. */
    @Test
    void shouldWakeAllWhoMayNotEnterWhenARepairIsGivenUp() throws Exception {
        try (LockRegion region = LockRegion.create(directory)) {
            final int offset = LockRegion.SPARE_OFFSET;
            SharedLock.initialise(region.memory(), offset, Abandonment.POISON);
            region.memory().putLong(offset + LockDescriptor.STATE_OFFSET, LockDescriptor.DIRTY);
            final SharedLock lock = SharedLock.at(region.memory(), offset, region.participants(), "poisonous");
            long totalNs = 0;
            for (int i = 0; i < ROUNDS; i++) {
                final Hold held = lock.lockForRepair();
                final List<FutureTask<Long>> waiters = new ArrayList<>();
                for (int waiter = 0; waiter < WAITERS; waiter++) {
                    waiters.add(starving(lock));
                }
                final long unlockNs = System.nanoTime();
                held.close();
                long lastNs = unlockNs;
                for (final FutureTask<Long> waiter : waiters) {
                    lastNs = Math.max(lastNs, waiter.get(10, TimeUnit.SECONDS));
                }
                totalNs += lastNs - unlockNs;
            }
            assertTrue(totalNs < ROUNDS * LATE_NS, totalNs + " ns");
        }
    }

    @Test
    void shouldLookOftenWhenAMemberWakesNobody() throws Exception {
        try (LockPeers peers = new LockPeers(directory)) {
            final ForkedJvm owner = peers.joined(POLLING);
            long totalNs = 0;
            for (int i = 0; i < ROUNDS; i++) {
                ask(owner, "lock", "locked");
                final FutureTask<Long> waiter = new FutureTask<>(() -> {
                    peers.lock().lock();
                    final long gotNs = System.nanoTime();
                    peers.lock().unlock();
                    return gotNs;
                });
                new Thread(waiter).start();
                Await.until("it starves", () -> (peers.lock().core().state() & LockDescriptor.STARVING) != 0);
                final long unlockNs = System.nanoTime();
                ask(owner, "unlock", "unlocked");
                totalNs += waiter.get(10, TimeUnit.SECONDS) - unlockNs;
            }
            assertTrue(totalNs < ROUNDS * LATE_NS, totalNs + " ns");
        }
    }

    @Test
    void shouldLookOftenWhenDeathsAreNotWatched() {
        try (LockPeers peers = new LockPeers(directory)) {
            final ForkedJvm waiter = peers.joined("-Dcondatis.deathwatch=false");
            long totalMs = 0;
            for (int i = 0; i < ROUNDS; i++) {
                final ForkedJvm owner = peers.owner();
                waiter.send("lock");
                Await.until("it starves", () -> (peers.lock().core().state() & LockDescriptor.STARVING) != 0);
                final long before = peers.lock().recoveries();
                owner.kill();
                Await.until("it is dead", () -> peers.lock().recoveries() > before || !owner.isAlive());
                final long deadNs = System.nanoTime();
                Await.until("it has the lock", () -> peers.lock().recoveries() > before && !isWaitedFor(peers));
                totalMs += (System.nanoTime() - deadNs) / 1_000_000;
                Await.until("it says so", () -> lastLine(waiter).startsWith("locked"));
                ask(waiter, "consistent", "consistent");
                ask(waiter, "unlock", "unlocked");
            }
            assertTrue(TimeUnit.MILLISECONDS.toNanos(totalMs) < ROUNDS * LATE_NS, totalMs + " ms");
        }
    }

    @Test
    void shouldNotRelyOnTheWatchWhenAMemberIsOutOfItsSight() {
        try (LockRegion region = LockRegion.create(directory);
                LockRegion other = region.joinAgain()) {
            final PeerWatch watch = region.participants().peerWatch();
            assertTrue(watch.coversAll());
            try (LockRegion another = region.joinAgain()) {
                final int slot =
                        ParticipantsDescriptor.slotOffset(another.participants().slot());
                region.memory()
                        .putLong(
                                slot + ParticipantsDescriptor.PID_NAMESPACE_OFFSET, ProcessIdentity.pidNamespace() + 1);
                assertFalse(watch.coversAll(), "one lives in another pid namespace");
                assertFalse(watch.coversAll(), "and goes on living there");
            }
            assertFalse(other.participants().isClosed());
            assertTrue(watch.coversAll(), "it has left");
        }
    }

    @Test
    void shouldEndEverySleepWhenTheRegionIsClosed() throws Exception {
        final SharedObjects shared = SharedObjects.create(Names.unique());
        final SharedEvent event = shared.event("event");
        final FutureTask<Boolean> waiter = new FutureTask<>(() -> event.await(30, TimeUnit.SECONDS));
        final Thread thread = new Thread(waiter);
        thread.start();
        Await.untilBlocked(thread);
        shared.close();
        final Throwable end = assertThrows(ExecutionException.class, () -> waiter.get(2, TimeUnit.SECONDS))
                .getCause();
        assertInstanceOf(IllegalStateException.class, end);
        assertTrue(end.getMessage().contains("closed"), end.getMessage());
    }

    /** A thread that has waited so long for a poisoned lock that it is in a long sleep; tells when it was refused. */
    private static FutureTask<Long> starving(final SharedLock lock) {
        final AtomicLong startNs = new AtomicLong(Long.MAX_VALUE);
        final FutureTask<Long> waiter = new FutureTask<>(() -> {
            startNs.set(System.nanoTime());
            assertThrows(AbandonedLockException.class, lock::lock);
            return System.nanoTime();
        });
        final Thread thread = new Thread(waiter);
        thread.start();
        Await.until(
                "it starves",
                () -> startNs.get() != Long.MAX_VALUE && System.nanoTime() - startNs.get() > 2 * STARVING_AFTER_NS);
        Await.untilBlocked(thread);
        return waiter;
    }

    private static String lastLine(final ForkedJvm child) {
        final List<String> lines = child.lines(); // as they are now: more may come
        return lines.get(lines.size() - 1);
    }

    private static boolean isWaitedFor(final LockPeers peers) {
        return (peers.lock().core().state() & LockDescriptor.STARVING) != 0;
    }
}
