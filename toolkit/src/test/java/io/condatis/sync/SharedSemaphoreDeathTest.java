package io.condatis.sync;

import static io.condatis.sync.MemoryPeers.waiting;
import static io.condatis.sync.MemoryPeers.withinASecond;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.SharedObjects;
import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.SyncFlavour.AnySemaphore;
import io.condatis.testing.SyncPeers;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Both semaphores when processes are killed at every step of the protocol. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class SharedSemaphoreDeathTest {
    private MemoryPeers peers;
    private SharedObjects shared;

    @BeforeEach
    void createRegion() {
        peers = new MemoryPeers();
        shared = peers.shared();
    }

    @AfterEach
    void closeRegion() {
        peers.close();
    }

    @ParameterizedTest
    @MethodSource("acquisitions")
    void shouldGetEveryPermitBackWhenAnOwnerDiesAt(final String point, final String name) throws Exception {
        final AnySemaphore semaphore = semaphore(name, 2);
        if (!point.equals("semaphore.acquired")) {
            peers.kill("acquire " + name, "acquire " + name);
        }
        peers.victim(point, "acquire " + name);
        assertEquals(2, semaphore.availablePermits());
        assertTrue(semaphore.tryAcquire(1, TimeUnit.SECONDS));
        assertTrue(semaphore.tryAcquire(1, TimeUnit.SECONDS));
        assertFalse(semaphore.tryAcquire());
    }

    @ParameterizedTest
    @MethodSource("waits")
    void shouldPassPermitOnWhenAWaiterDiesAt(final String point, final String name) throws Exception {
        final AnySemaphore semaphore = semaphore(name, 2);
        semaphore.acquire();
        semaphore.acquire();
        final ForkedJvm victim = peers.doomed(point);
        victim.send("acquire " + name);
        if (!point.equals("semaphore.passing")) {
            SyncPeers.awaitKilled(victim);
        } else {
            Await.until("the child waits", () -> semaphore.toString().contains("waiters"));
        }
        final FutureTask<Boolean> waiter = waiting(() -> semaphore.tryAcquire(30, TimeUnit.SECONDS));
        semaphore.release();
        semaphore.release();
        assertTrue(withinASecond(waiter));
        if (point.equals("semaphore.passing")) {
            SyncPeers.awaitKilled(victim);
        }
        assertEquals(1, semaphore.availablePermits());
    }

    @ParameterizedTest
    @MethodSource("releases")
    void shouldWakeAWaiterWhenTheReleaserDiesAt(final String point, final String name) throws Exception {
        final AnySemaphore semaphore = semaphore(name, 1);
        final ForkedJvm owner = peers.doomed(point);
        SyncPeers.ask(owner, "acquire " + name);
        final FutureTask<Boolean> waiter = waiting(() -> semaphore.tryAcquire(30, TimeUnit.SECONDS));
        owner.send("release " + name);
        SyncPeers.awaitKilled(owner);
        assertTrue(withinASecond(waiter));
        assertEquals(0, semaphore.availablePermits());
        semaphore.release();
        assertEquals(1, semaphore.availablePermits(), "it had released");
    }

    @Test
    void shouldGiveThePermitsOfTheDeadToAllWhoWaitWhenOneProcessHadSeveral() throws Exception {
        final SharedBoundedSemaphore semaphore = shared.boundedSemaphore("bounded3", 3);
        final ForkedJvm owner = peers.joined();
        for (int i = 0; i < 3; i++) {
            SyncPeers.ask(owner, "acquire bounded3");
        }
        final List<FutureTask<Boolean>> waiters = List.of(
                waiting(() -> semaphore.tryAcquire(30, TimeUnit.SECONDS)),
                waiting(() -> semaphore.tryAcquire(30, TimeUnit.SECONDS)),
                waiting(() -> semaphore.tryAcquire(30, TimeUnit.SECONDS)));
        owner.kill();
        for (final FutureTask<Boolean> waiter : waiters) {
            assertTrue(withinASecond(waiter));
        }
        assertEquals(3, semaphore.recoveries());
        assertEquals(0, semaphore.availablePermits());
    }

    @Test
    void shouldFindThePermitsOfTheDeadAmongThoseOfTheLiving() throws Exception {
        final SharedBoundedSemaphore semaphore = shared.boundedSemaphore("bounded2", 2);
        SyncPeers.ask(peers.joined(), "acquire bounded2");
        peers.kill("acquire bounded2");
        assertEquals(1, semaphore.availablePermits());
        assertTrue(semaphore.tryAcquire());
        assertFalse(semaphore.tryAcquire());
        assertEquals(1, semaphore.recoveries());
    }

    @Test
    void shouldTakeThePermitOfTheDeadWithoutWaiting() throws Exception {
        final SharedBoundedSemaphore semaphore = shared.boundedSemaphore("bounded1", 1);
        for (int i = 0; i < 2; i++) {
            peers.kill("acquire bounded1");
            assertTrue(i == 0 ? semaphore.tryAcquire() : semaphore.tryAcquire(0, TimeUnit.SECONDS));
            semaphore.release();
        }
        assertEquals(2, semaphore.recoveries());
    }

    private AnySemaphore semaphore(final String name, final int permits) {
        return name.startsWith("bounded")
                ? peers.flavour().boundedSemaphore(name, permits)
                : peers.flavour().semaphore(name, permits);
    }

    private static Stream<Arguments> acquisitions() {
        return product(2, "semaphore.acquired", "semaphore.recovering", "semaphore.recovered");
    }

    private static Stream<Arguments> waits() {
        return product(2, "semaphore.announced", "semaphore.announced:2", "semaphore.woken", "semaphore.passing");
    }

    private static Stream<Arguments> releases() {
        return product(1, "semaphore.released", "semaphore.waking");
    }

    private static Stream<Arguments> product(final int permits, final String... points) {
        return Stream.of(points)
                .flatMap(point -> Stream.of(
                        Arguments.of(point, "bounded" + permits), Arguments.of(point, "semaphore" + permits)));
    }
}
