package io.condatis.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.SyncFlavour.AnyBarrier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** CPython's {@code _TestBarrier}, for every way of sharing barriers. Five parties, as there. */
@Timeout(60)
public abstract class BarrierContract {
    private static final int PARTIES = 5;
    private static final int BROKEN = -1;
    private static final long LONG_S = 30;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private SyncFlavour flavour;
    private AnyBarrier barrier;

    /** {@return a new place for primitives} */
    protected abstract SyncFlavour create();

    @BeforeEach
    void createFlavour() {
        flavour = create();
        barrier = flavour.barrier("barrier5", PARTIES);
    }

    @AfterEach
    void closeFlavour() throws InterruptedException {
        threads.shutdownNow();
        assertTrue(threads.awaitTermination(LONG_S, TimeUnit.SECONDS));
        flavour.close();
    }

    /** {@code test_barrier}, {@code test_barrier_10}, {@code test_thousand}: in step, a hundred passes with a process. */
    @Test
    void shouldKeepAllPartiesInStep() throws Exception {
        final AtomicInteger arrivals = new AtomicInteger();
        try (SyncPeers peers = new SyncPeers(flavour)) {
            final ForkedJvm child = peers.joined();
            child.send("pass100 barrier5");
            final List<Future<Boolean>> parties = parties(PARTIES - 1, () -> {
                boolean inStep = true;
                for (int pass = 1; pass <= 100; pass++) {
                    arrivals.incrementAndGet();
                    barrier.await(LONG_S, TimeUnit.SECONDS);
                    inStep &= arrivals.get() >= pass * (PARTIES - 1);
                }
                return inStep;
            });
            for (final Future<Boolean> party : parties) {
                assertTrue(party.get());
            }
            child.awaitLine("pass100 barrier5 done", Await.DEADLINE);
        }
        assertEquals(0, barrier.waiting());
        assertFalse(barrier.isBroken());
    }

    /** {@code test_wait_return}. */
    @Test
    void shouldNumberTheArrivals() throws Exception {
        assertEquals(List.of(0, 1, 2, 3, 4), sorted(parties(PARTIES, this::await)));
    }

    /** {@code test_action}. */
    @Test
    void shouldRunTheActionOnceBeforeAnybodyGoesOn() throws Exception {
        final AtomicInteger runs = new AtomicInteger();
        final AnyBarrier active = barrier.withAction(runs::incrementAndGet);
        for (final Future<Integer> seen : parties(PARTIES, () -> {
            active.await(LONG_S, TimeUnit.SECONDS);
            return runs.get();
        })) {
            assertEquals(1, seen.get());
        }
    }

    /** An action that throws breaks it for the others. */
    @Test
    void shouldBreakWhenTheActionThrows() throws Exception {
        final AnyBarrier active = barrier.withAction(() -> {
            throw new UnsupportedOperationException("no");
        });
        final List<Future<Integer>> waiting = parties(PARTIES - 1, this::await);
        awaitWaiting(PARTIES - 1);
        assertThrows(UnsupportedOperationException.class, () -> active.await(LONG_S, TimeUnit.SECONDS));
        assertAllBroken(waiting);
    }

    /** {@code test_abort}, by another process. */
    @Test
    void shouldTurnAllAwayWhenAborted() throws Exception {
        final List<Future<Integer>> waiting = parties(PARTIES - 1, this::await);
        awaitWaiting(PARTIES - 1);
        try (SyncPeers peers = new SyncPeers(flavour)) {
            assertEquals("done", SyncPeers.ask(peers.joined(), "abort barrier5"));
        }
        assertAllBroken(waiting);
        assertTrue(barrier.isBroken());
        assertEquals(BROKEN, await());
    }

    /** {@code test_reset}. */
    @Test
    void shouldTurnAwayWhoWaitsAndStayUsableWhenReset() throws Exception {
        final List<Future<Integer>> waiting = parties(PARTIES - 1, this::await);
        awaitWaiting(PARTIES - 1);
        barrier.reset();
        assertAllBroken(waiting);
        assertFalse(barrier.isBroken());
        assertEquals(List.of(0, 1, 2, 3, 4), sorted(parties(PARTIES, this::await)));
    }

    /** {@code test_abort_and_reset}. */
    @Test
    void shouldBeRevivedByResetWhenAborted() throws Exception {
        barrier.abort();
        assertEquals(BROKEN, await());
        barrier.reset();
        assertEquals(List.of(0, 1, 2, 3, 4), sorted(parties(PARTIES, this::await)));
    }

    /** {@code test_timeout} and {@code test_default_timeout}. */
    @Test
    void shouldBreakWhenAPartyIsLate() throws Exception {
        final AnyBarrier brief = barrier.withTimeout(100, TimeUnit.MILLISECONDS);
        final List<Future<Integer>> waiting = parties(PARTIES - 2, this::await);
        awaitWaiting(PARTIES - 2);
        final long startNs = System.nanoTime();
        assertThrows(BrokenBarrierException.class, brief::await);
        assertTrue(System.nanoTime() - startNs >= 100_000_000);
        assertAllBroken(waiting);
        assertEquals(BROKEN, await());
    }

    /** {@code test_single_thread}. */
    @Test
    void shouldPassAtOnceWhenThereIsOneParty() throws Exception {
        final AnyBarrier single = flavour.barrier("barrier1", 1);
        for (int i = 0; i < 3; i++) {
            assertEquals(0, single.await(0, TimeUnit.SECONDS));
        }
    }

    /** An interrupt breaks it, as in {@code java.util.concurrent.CyclicBarrier}. */
    @Test
    void shouldBreakWhenAPartyIsInterrupted() throws Exception {
        final List<Future<Integer>> waiting = parties(1, this::await);
        awaitWaiting(1);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> barrier.await(LONG_S, TimeUnit.SECONDS));
        assertAllBroken(waiting);
    }

    private int await() throws InterruptedException {
        try {
            return barrier.await(LONG_S, TimeUnit.SECONDS);
        } catch (final BrokenBarrierException e) {
            return BROKEN;
        }
    }

    private <T> List<Future<T>> parties(final int count, final Callable<T> party) {
        final List<Future<T>> parties = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parties.add(threads.submit(party));
        }
        return parties;
    }

    private void awaitWaiting(final int count) {
        Await.until(count + " wait", () -> barrier.waiting() == count);
    }

    private static List<Integer> sorted(final List<Future<Integer>> parties) throws Exception {
        final List<Integer> indexes = new ArrayList<>();
        for (final Future<Integer> party : parties) {
            indexes.add(party.get());
        }
        indexes.sort(null);
        return indexes;
    }

    private static void assertAllBroken(final List<Future<Integer>> parties) throws Exception {
        for (final Future<Integer> party : parties) {
            assertEquals(BROKEN, party.get());
        }
    }
}
