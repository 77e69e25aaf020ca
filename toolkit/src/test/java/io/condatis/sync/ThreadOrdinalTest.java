package io.condatis.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.Await;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ThreadOrdinalTest {
    @Test
    void shouldStayTheSameForAThread() throws InterruptedException {
        assertSame(ThreadOrdinal.current(), ThreadOrdinal.current());
        final int other = numberOfNewThread(() -> {});
        assertNotEquals(ThreadOrdinal.current().number(), other);
        assertTrue(other > 0);
    }

    @Test
    void shouldBeRecycledWhenItsThreadIsGone() throws InterruptedException {
        final int number = numberOfNewThread(() -> {});
        Await.until("the number comes again", () -> numberOfNewThread(() -> {}) == number || collected());
    }

    @Test
    void shouldNotBeRecycledWhenItsThreadEndedHoldingSomething() throws InterruptedException {
        final int holder = numberOfNewThread(() -> ThreadOrdinal.current().acquired());
        final int other = numberOfNewThread(() -> {});
        Await.until("the other number comes again", () -> {
            final int number = numberOfNewThread(() -> {});
            assertNotEquals(holder, number);
            return number == other || collected();
        });
        assertEquals("a thread that has ended", ThreadOrdinal.describe(holder));
    }

    /** Always false: the condition is to be looked at once more, after a collection. */
    private static boolean collected() {
        System.gc();
        return false;
    }

    private static int numberOfNewThread(final Runnable before) {
        final AtomicInteger number = new AtomicInteger();
        final Thread thread = new Thread(() -> {
            before.run();
            number.set(ThreadOrdinal.current().number());
        });
        thread.start();
        try {
            thread.join();
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
        return number.get();
    }
}
