package io.condatis.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.Await;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ThreadOrdinalTest {
    @Test
    void shouldStayTheSameForAThread() {
        assertSame(ThreadOrdinal.current(), ThreadOrdinal.current());
        final int other = numberOfNewThread(() -> {});
        assertNotEquals(ThreadOrdinal.current().number(), other);
        assertTrue(other > 0);
    }

    @Test
    void shouldBeRecycledWhenItsThreadIsGone() {
        final int number = numberOfNewThread(() -> {});
        Await.until("the number comes again", () -> numbersAfterCollection().contains(number));
    }

    @Test
    void shouldNotBeRecycledWhenItsThreadEndedHoldingSomething() {
        final int holder = numberOfNewThread(() -> ThreadOrdinal.current().acquired());
        final int other = numberOfNewThread(() -> {});
        Await.until("the other number comes again", () -> {
            final Set<Integer> numbers = numbersAfterCollection();
            assertFalse(numbers.contains(holder));
            return numbers.contains(other);
        });
        assertEquals("a thread that has ended", ThreadOrdinal.describe(holder));
    }

    /** The numbers of threads that come after a garbage collection, as many as may be waiting for reuse. */
    private static Set<Integer> numbersAfterCollection() {
        System.gc();
        final Set<Integer> numbers = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            numbers.add(numberOfNewThread(() -> {}));
        }
        return numbers;
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
