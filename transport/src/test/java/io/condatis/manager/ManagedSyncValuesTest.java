package io.condatis.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.Await;
import io.condatis.testing.LeakCheck;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What threads meet at as values of managed objects, with and without a name; the other side is a session of its own. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class ManagedSyncValuesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static Manager manager;
    private Manager other;

    @BeforeAll
    static void start() {
        manager = Manager.start();
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    @BeforeEach
    void connect() {
        other = Manager.connect(manager.name());
    }

    @AfterEach
    void disconnect() {
        other.close();
        List.of("values", "held").forEach(name -> manager.dict(name).clear());
        List.of("of all sorts", "handed over", "orphans")
                .forEach(name -> manager.list(name).clear());
    }

    /** {@return what there is without a name} */
    private static Set<String> anonymous() {
        return manager.objects().stream()
                .filter(object -> object.name().isEmpty())
                .map(ManagedObject::kind)
                .collect(Collectors.toSet());
    }

    /** What the other side finds under a key of a shared dict, where this side has put an object. */
    private <T> T over(final Object object, final Class<T> type) {
        manager.dict("values").put(type.getSimpleName(), object);
        return assertInstanceOf(type, other.dict("values").get(type.getSimpleName()));
    }

    @Test
    void shouldBeTheSameLockWhereverItIsStored() throws InterruptedException {
        for (final ManagedLock here : List.of(
                manager.lock(), manager.reentrantLock(), manager.lock("named"), manager.reentrantLock("again"))) {
            final ManagedLock there = over(here, ManagedLock.class);
            there.lock();
            assertTrue(here.isLocked());
            assertFalse(here.tryLock());
            there.unlock();
            assertTrue(here.tryLock(20, TimeUnit.SECONDS));
            assertThrows(IllegalMonitorStateException.class, there::fence);
            here.unlock();
        }
    }

    @Test
    void shouldCarryTheRestThroughListsAndQueues() throws Exception {
        final SharedList<Object> list = manager.list("of all sorts");
        final SharedQueue<Object> queue = manager.queue("a queue of all sorts", 0);
        final ManagedSemaphore semaphore = manager.semaphore(2);
        final ManagedSemaphore bounded = manager.boundedSemaphore(1);
        final ManagedEvent event = manager.event();
        final ManagedBarrier barrier = manager.barrier(1);
        list.addAll(List.of(semaphore, bounded));
        queue.addAll(List.of(event, barrier));

        final List<Object> read = List.copyOf(other.list("of all sorts"));
        final SharedQueue<Object> from = other.queue("a queue of all sorts", 0);
        ((ManagedSemaphore) read.get(0)).acquire();
        assertEquals(1, semaphore.availablePermits());
        ((ManagedSemaphore) read.get(1)).acquire();
        assertFalse(bounded.tryAcquire());
        ((ManagedSemaphore) read.get(1)).release();
        Await.until("the permit is back", () -> bounded.availablePermits() == 1);
        assertThrows(IllegalStateException.class, ((ManagedSemaphore) read.get(1))::release);
        ((ManagedEvent) from.take()).set();
        assertTrue(event.await(20, TimeUnit.SECONDS));
        final ManagedBarrier there = (ManagedBarrier) from.take();
        assertEquals(1, there.parties());
        assertEquals(0, there.await());
        there.abort();
        assertTrue(barrier.isBroken());
    }

    @Test
    void shouldBringAConditionWithItsLock() throws Exception {
        for (final ManagedLock lock : List.of(manager.lock(), manager.reentrantLock())) {
            final ManagedCondition condition = manager.condition(lock);
            final Map<String, Object> both = manager.dict();
            both.put("condition", condition);
            both.put("lock", lock);
            manager.list("handed over").add(both);
            final Map<?, ?> there = (Map<?, ?>) other.list("handed over").remove(0);
            final ManagedCondition waitedFor = (ManagedCondition) there.get("condition");
            final ManagedLock otherLock = (ManagedLock) there.get("lock");
            final CompletableFuture<Boolean> signalled = CompletableFuture.supplyAsync(() -> {
                otherLock.lock();
                try {
                    return waitedFor.await(20, TimeUnit.SECONDS);
                } catch (final InterruptedException e) {
                    throw new IllegalStateException(e);
                } finally {
                    otherLock.unlock();
                }
            });
            Await.until("it waits", () -> condition.waiters() == 1);
            lock.lock();
            condition.signal();
            lock.unlock();
            assertTrue(signalled.get(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void shouldSayThatTheLockOfAConditionIsGone() {
        manager.list("orphans").add(manager.condition(manager.lock("short-lived")));
        assertTrue(manager.delete("short-lived"));

        assertThrows(IllegalStateException.class, () -> other.list("orphans").get(0));
    }

    @Test
    void shouldKeepALockThatAThreadHoldsThoughNothingRefersToItHere() throws InterruptedException {
        final ManagedLock here = manager.lock();
        manager.dict("held").put("lock", here);
        final WeakReference<Object> forgotten = new WeakReference<>(lockAndForget());

        Await.until("what was forgotten is collected and released", PATIENCE, () -> {
            System.gc();
            return forgotten.get() == null && !anonymous().contains("list");
        });
        assertTrue(here.isLocked());
        assertFalse(here.tryLock(50, TimeUnit.MILLISECONDS));
        ((ManagedLock) other.dict("held").get("lock")).unlock();
        assertTrue(here.tryLock(20, TimeUnit.SECONDS));
        assertFalse(here.isAbandoned());
        here.unlock();
    }

    /** In a method of its own, so that no variable refers to the lock afterwards; returns something to be collected with it. */
    private Object lockAndForget() {
        final ManagedLock lock = (ManagedLock) other.dict("held").get("lock");
        lock.lock();
        return other.list();
    }

    @Test
    void shouldEndWhatHasNoNameOnceNobodyUsesIt() {
        final Set<String> made = makeAndForget();
        assertTrue(
                made.containsAll(
                        Set.of("reentrant_lock", "condition", "semaphore", "bounded_semaphore", "event", "barrier")),
                made::toString);

        Await.until("they are gone", PATIENCE, () -> {
            System.gc();
            return anonymous().isEmpty();
        });
    }

    private Set<String> makeAndForget() {
        final ManagedLock lock = other.reentrantLock();
        final List<Object> all = List.of(
                lock,
                other.condition(lock),
                other.semaphore(0),
                other.boundedSemaphore(1),
                other.event(),
                other.barrier(2));
        lock.lock();
        lock.unlock();
        assertSame(lock, all.get(0));
        return anonymous();
    }
}
