package io.condatis.internal.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.Await;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FutexTest {
    private static final long LONG_NS = TimeUnit.SECONDS.toNanos(25);

    private final Futex futex = Futex.get();
    private final UnsafeBuffer word = new UnsafeBuffer(ByteBuffer.allocateDirect(64));

    @Test
    void shouldReturnAtOnceWhenTheWordHoldsSomethingElse() {
        futex.await(word.addressOffset(), 1, LONG_NS);
    }

    @Test
    void shouldReturnAtOnceWhenThereIsNoTime() {
        futex.await(word.addressOffset(), 0, 0);
        futex.await(word.addressOffset(), 0, -1);
    }

    @Test
    void shouldReturnWhenTimeIsUp() {
        final long startNs = System.nanoTime();
        for (int i = 0; i < 5; i++) {
            futex.await(word.addressOffset(), 0, 10_000_000);
        }
        assertTrue(System.nanoTime() - startNs >= 10_000_000);
    }

    @Test
    void shouldWakeASleeper() throws InterruptedException {
        final Thread sleeper = new Thread(() -> {
            while (word.getIntVolatile(0) == 0) {
                futex.await(word.addressOffset(), 0, LONG_NS);
            }
        });
        sleeper.start();
        Await.untilBlocked(sleeper);
        word.putIntVolatile(0, 1);
        futex.wake(word.addressOffset(), 1);
        sleeper.join(TimeUnit.SECONDS.toMillis(5));
        assertFalse(sleeper.isAlive());
    }

    @Test
    void shouldWakeAsManyAsAsked() throws InterruptedException {
        final List<Thread> sleepers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            final Thread sleeper = new Thread(() -> futex.await(word.addressOffset(), 0, LONG_NS));
            sleeper.start();
            sleepers.add(sleeper);
        }
        sleepers.forEach(Await::untilBlocked);
        word.putIntVolatile(0, 1);
        futex.wake(word.addressOffset(), Integer.MAX_VALUE);
        for (final Thread sleeper : sleepers) {
            sleeper.join(TimeUnit.SECONDS.toMillis(5));
            assertFalse(sleeper.isAlive());
        }
    }

    @Test
    void shouldBeNativeOnThisMachine() {
        assertTrue(futex.canWake(), futex.toString());
        assertEquals(Runtime.version().feature() >= 22 ? "ffm" : "jna", futex.toString());
    }
}
