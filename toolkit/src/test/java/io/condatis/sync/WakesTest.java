package io.condatis.sync;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.condatis.SharedObjects;
import io.condatis.internal.os.DeathWatch;
import io.condatis.internal.os.Futex;
import io.condatis.testing.Await;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Sleepers are woken, and not just find out at the end of a slice, which is 250 ms here: whoever waits is told at once, also
 * when the other one lets it go at the very moment at which it falls asleep.
 */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class WakesTest {
    private static final int SLEEPS = 6;
    private static final int RACES = 10_000;
    private static final int LONGEST_JITTER_NS = 30_000;
    private static final long SLOW_NS = TimeUnit.MILLISECONDS.toNanos(200);

    /** A machine in demand may stop a thread that long now and then; a wake that is lost is lost again and again. */
    private static final int MOST_SLOW = 5;

    private SharedObjects shared;

    @BeforeEach
    void createRegion() {
        assumeTrue(Futex.get().canWake() && DeathWatch.get() != null, "slices are short here");
        shared = SharedObjects.create(Names.unique());
    }

    @AfterEach
    void closeRegion() {
        if (shared != null) {
            shared.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeWokenAtOnceWhenAsleep(final Gate.Kind primitive) throws Exception {
        final Gate gate = primitive.of(shared);
        long totalNs = 0;
        for (int i = 0; i < SLEEPS; i++) {
            gate.shut();
            final FutureTask<Long> waiter = new FutureTask<>(() -> {
                gate.pass();
                return System.nanoTime();
            });
            final Thread thread = new Thread(waiter);
            thread.start();
            Await.until("it has waited long enough for a long slice", () -> gate.isAsleep(thread));
            final long openNs = System.nanoTime();
            gate.open();
            totalNs += waiter.get(10, TimeUnit.SECONDS) - openNs;
        }
        assertTrue(totalNs < SLEEPS * SLOW_NS / 2, SLEEPS + " wakes of a " + primitive + " took " + totalNs + " ns");
    }

    @ParameterizedTest
    @EnumSource
    void shouldLoseNoWakeWhenOpenedWhileFallingAsleep(final Gate.Kind primitive) throws Exception {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final Gate gate = primitive.of(shared);
        final AtomicInteger shut = new AtomicInteger();
        final AtomicInteger passed = new AtomicInteger();
        final FutureTask<Integer> waiter = new FutureTask<>(() -> passAll(gate, shut, passed));
        new Thread(waiter).start();
        for (int race = 1; race <= RACES && !waiter.isDone(); race++) {
            gate.shut();
            shut.set(race);
            final long startNs = System.nanoTime();
            final int longestNs =
                    race % 2 == 0 ? LONGEST_JITTER_NS : 1 << random.nextInt(12); // about the spin, and at once
            final int jitterNs = random.nextInt(longestNs);
            while (System.nanoTime() - startNs < jitterNs) {
                Thread.onSpinWait();
            }
            gate.open();
            while (passed.get() < race && !waiter.isDone()) {
                Thread.yield();
            }
        }
        final int slow = waiter.get(10, TimeUnit.SECONDS);
        assertTrue(slow <= MOST_SLOW, slow + " waits on a " + primitive + " ended by a slice, seed=" + seed);
    }

    private static int passAll(final Gate gate, final AtomicInteger shut, final AtomicInteger passed) throws Exception {
        int slow = 0;
        for (int race = 1; race <= RACES && slow <= MOST_SLOW; race++) {
            while (shut.get() < race) {
                Thread.yield();
            }
            final long startNs = System.nanoTime();
            gate.pass();
            if (System.nanoTime() - startNs > SLOW_NS) {
                slow++;
            }
            passed.set(race);
        }
        return slow;
    }
}
