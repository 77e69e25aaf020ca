package io.condatis.sync;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.condatis.SharedObjects;
import io.condatis.internal.os.DeathWatch;
import io.condatis.internal.os.Futex;
import io.condatis.testing.Await;
import io.condatis.testing.KernelThread;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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
    private static final int RACES = 20_000;
    private static final int SPINS = 1_000;
    private static final int LONGEST_JITTER_NS = 30_000;
    private static final int WAITERS = 3;
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

    /** Those gates that one opening opens for all, or that everybody who has passed opens for the next. */
    @ParameterizedTest
    @EnumSource(names = {"LOCK", "REENTRANT_LOCK", "BOUNDED_SEMAPHORE", "EVENT", "WRITE_LOCK", "READ_LOCK"})
    void shouldAllBeWokenAtOnceWhenSeveralAreAsleep(final Gate.Kind primitive) throws Exception {
        final Gate gate = primitive.of(shared);
        long totalNs = 0;
        for (int i = 0; i < SLEEPS; i++) {
            gate.shut();
            final List<FutureTask<Long>> waiters = new ArrayList<>();
            for (int waiter = 0; waiter < WAITERS; waiter++) {
                final FutureTask<Long> task = new FutureTask<>(() -> {
                    gate.pass();
                    return System.nanoTime();
                });
                waiters.add(task);
                final Thread thread = new Thread(task);
                thread.start();
                Await.until("it sleeps", () -> gate.isAsleep(thread));
            }
            final long openNs = System.nanoTime();
            gate.open();
            long lastNs = openNs;
            for (final FutureTask<Long> waiter : waiters) {
                lastNs = Math.max(lastNs, waiter.get(10, TimeUnit.SECONDS));
            }
            totalNs += lastNs - openNs;
        }
        assertTrue(
                totalNs < SLEEPS * SLOW_NS / 2,
                SLEEPS + " times " + WAITERS + " wakes of a " + primitive + " took " + totalNs + " ns");
    }

    /** A lost wake shows as a sleep that goes on after the gate was opened, however short its slice, however busy the machine. */
    @ParameterizedTest
    @EnumSource
    void shouldLoseNoWakeWhenOpenedWhileFallingAsleep(final Gate.Kind primitive) throws Exception {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final Gate gate = primitive.of(shared);
        final AtomicInteger shut = new AtomicInteger();
        final AtomicInteger passed = new AtomicInteger();
        final AtomicReference<KernelThread> sleeper = new AtomicReference<>();
        final FutureTask<Integer> waiter = new FutureTask<>(() -> {
            sleeper.set(KernelThread.current());
            return passAll(gate, shut, passed);
        });
        new Thread(waiter).start();
        Await.until("it has started", () -> sleeper.get() != null || waiter.isDone());
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
            final int current = race;
            assertFalse(
                    sleeper.get().oversleeps(() -> passed.get() < current && !waiter.isDone()),
                    "race " + race + ": nobody woke a thread that slept on a " + primitive + ", seed=" + seed);
        }
        final int slow = waiter.get(10, TimeUnit.SECONDS);
        assertTrue(slow <= MOST_SLOW, slow + " waits on a " + primitive + " ended by a slice, seed=" + seed);
    }

    private static int passAll(final Gate gate, final AtomicInteger shut, final AtomicInteger passed) throws Exception {
        int slow = 0;
        for (int race = 1; race <= RACES && slow <= MOST_SLOW; race++) {
            for (int i = 0; shut.get() < race; i++) {
                if (i < SPINS) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
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
