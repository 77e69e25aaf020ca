package io.condatis.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.SharedObjects;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import java.nio.file.Path;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the contract of all barriers does not say: breaks and resets at awkward moments. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class SharedBarrierTest {
    private static final int RESETS = 50_000;

    private SharedObjects shared;

    @BeforeEach
    void createRegion() {
        shared = SharedObjects.create(Names.unique());
    }

    @AfterEach
    void closeRegion() {
        shared.close();
    }

    @Test
    void shouldNotGoOnWhenTheBarrierBreaksWhileItsActionRuns() throws Exception {
        final SharedBarrier barrier = shared.barrier("barrier", 1);
        assertThrows(BrokenBarrierException.class, () -> barrier.withAction(barrier::abort)
                .await());
        assertTrue(barrier.isBroken());
        assertThrows(BrokenBarrierException.class, barrier::await);
        barrier.reset();
        assertEquals(0, barrier.await(), "whoever was turned away can come again");
    }

    @Test
    void shouldNotGoOnWhenTheBarrierIsResetWhileItsActionRuns() throws Exception {
        final SharedBarrier barrier = shared.barrier("barrier", 1);
        assertThrows(BrokenBarrierException.class, () -> barrier.withAction(barrier::reset)
                .await());
        assertEquals(0, barrier.await());
    }

    /** Whoever is about to sleep on that word must not fall asleep any more. */
    @Test
    void shouldChangeTheWordThatSleepersSleepOnWheneverTheyAreToGoOn(@TempDir final Path directory) throws Exception {
        try (LockRegion region = LockRegion.create(directory)) {
            final int offset = LockRegion.SPARE_OFFSET;
            SharedBarrier.initialise(region.memory(), offset, 1);
            final SharedBarrier barrier = SharedBarrier.at(region.memory(), offset, region.participants(), "barrier");
            final int word = offset + BarrierDescriptor.SEQUENCE_OFFSET;
            int before = region.memory().getIntVolatile(word);
            barrier.await();
            assertNotEquals(before, region.memory().getIntVolatile(word), "all have come");
            before = region.memory().getIntVolatile(word);
            barrier.abort();
            assertNotEquals(before, region.memory().getIntVolatile(word), "it broke");
            before = region.memory().getIntVolatile(word);
            barrier.reset();
            assertNotEquals(before, region.memory().getIntVolatile(word), "it was reset");
        }
    }

    @Test
    void shouldGiveSeatsToOtherThreadsWhenThoseWhoHadThemHaveGoneOn() throws Exception {
        final SharedBarrier barrier = shared.barrier("barrier", 2);
        for (int pair = 0; pair < 5; pair++) {
            final FutureTask<Integer> other = new FutureTask<>(barrier::await);
            final FutureTask<Integer> another = new FutureTask<>(barrier::await);
            new Thread(other).start();
            new Thread(another).start();
            assertEquals(1, other.get(10, TimeUnit.SECONDS) + another.get(10, TimeUnit.SECONDS));
        }
    }

    /** Whoever is turned away by a reset must not take its new generation for the others having come. */
    @Test
    void shouldLetNobodyGoOnWhenItIsResetAtAnyMoment() throws Exception {
        final SharedBarrier barrier = shared.barrier("barrier", 2);
        final AtomicInteger turnedAway = new AtomicInteger();
        final FutureTask<Void> lone = new FutureTask<>(() -> {
            while (true) {
                try {
                    barrier.await();
                    throw new AssertionError("went on alone after " + turnedAway + " resets");
                } catch (final BrokenBarrierException e) {
                    if (barrier.isBroken()) {
                        return null;
                    }
                    turnedAway.incrementAndGet();
                }
            }
        });
        new Thread(lone).start();
        for (int i = 0; (i < RESETS || turnedAway.get() == 0) && !lone.isDone(); i++) {
            barrier.reset();
            assertFalse(Thread.interrupted(), "out of time: nobody was ever turned away");
        }
        barrier.abort();
        lone.get(10, TimeUnit.SECONDS);
        assertTrue(turnedAway.get() > 0);
    }
}
