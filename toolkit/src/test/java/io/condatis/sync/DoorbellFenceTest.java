package io.condatis.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The race between arming a doorbell and ringing it, when the work itself is published by the weakest store that may be. */
@Timeout(60)
class DoorbellFenceTest {
    private static final int RACES = 400_000;
    private static final int MOST_SPINS = 2_000;
    private static final long LONG_SLEEP_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int WORK_OFFSET = Doorbell.LENGTH;

    private final ByteBuffer memory = BufferUtil.allocateDirectAligned(4 * Doorbell.LENGTH, BitUtil.CACHE_LINE_LENGTH);
    private final UnsafeBuffer buffer = new UnsafeBuffer(memory);
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private int overslept;

    @Test
    void shouldNeverSleepOverWorkThatWasPublishedByAnOrderedStore() throws Exception {
        final Thread owner = new Thread(this::own);
        owner.start();
        final Doorbell doorbell = new Doorbell(buffer, 0);
        for (int race = 1; race <= RACES && owner.isAlive(); race++) {
            started.set(race);
            pause(race);
            buffer.putIntOrdered(WORK_OFFSET, race);
            doorbell.ring();
            for (int spins = 0; taken.get() < race && owner.isAlive(); spins++) {
                spin(spins);
            }
        }
        owner.join();
        assertEquals(0, overslept, "sleeps that nobody ended though there was work");
    }

    private void own() {
        final Doorbell doorbell = new Doorbell(buffer, 0);
        for (int race = 1; race <= RACES && overslept == 0; race++) {
            for (int spins = 0; started.get() < race; spins++) {
                spin(spins);
            }
            doorbell.arm();
            while (buffer.getInt(WORK_OFFSET) != race) {
                final long startNs = System.nanoTime();
                doorbell.await(LONG_SLEEP_NS);
                if (System.nanoTime() - startNs >= LONG_SLEEP_NS && buffer.getIntVolatile(WORK_OFFSET) == race) {
                    overslept++;
                }
                doorbell.arm();
            }
            doorbell.disarm();
            taken.set(race);
        }
    }

    /** Gives the core away when the other thread seems to have none. */
    private static void spin(final int spins) {
        if (spins < MOST_SPINS) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }

    /** A few nanoseconds, other ones each time. */
    private static void pause(final int race) {
        for (int i = race & 0x1F; i > 0; i--) {
            Math.fma(i, i, i);
        }
    }
}
