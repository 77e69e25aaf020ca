package io.condatis.examples.desk.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.SharedObjects;
import io.condatis.examples.desk.market.Side;
import io.condatis.testing.LeakCheck;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(30)
@ExtendWith(LeakCheck.class)
final class BookTest {
    private SharedObjects shared;
    private Book book;

    @BeforeEach
    void open() {
        shared = SharedObjects.create("book-test-" + ProcessHandle.current().pid());
        book = new Book(shared, BookTrades.LAYOUT, Checkpoint.NONE);
    }

    @AfterEach
    void close() {
        shared.close();
    }

    @Test
    void shouldHoldExactSumsWhenTradesWereEntered() {
        for (int i = 0; i < 9; i++) {
            assertTrue(book.enter(BookTrades.trade(i)));
        }

        assertEquals(BookTrades.expected(9), BookTrades.contents(book));
        assertEquals(9, book.entered());
        assertEquals(
                BookTrades.marketTrade(8).price().doubleValue(), book.prices().high());
        assertEquals(
                BookTrades.marketTrade(0).price().doubleValue(), book.prices().low());
    }

    @Test
    void shouldChangeNothingWhenTradeIsEnteredAgain() {
        book.enter(BookTrades.trade(0));

        assertFalse(book.enter(BookTrades.trade(0)));

        assertEquals(BookTrades.expected(1), BookTrades.contents(book));
    }

    @Test
    void shouldKeepTheLastPriceOfTheInputWhenTradesComeOutOfOrder() {
        book.enter(BookTrades.trade(1));
        book.enter(BookTrades.trade(2));
        book.enter(BookTrades.trade(0));

        assertEquals(BookTrades.expected(3), BookTrades.contents(book));
    }

    @Test
    void shouldChangeNothingWhenSumWouldNotFit() {
        // Two products of almost 2^126 fit, a third does not.
        book.enter(new Trade(0, Side.BUY, Long.MAX_VALUE, Long.MAX_VALUE, 100, 0));
        book.enter(new Trade(1, Side.BUY, Long.MAX_VALUE, Long.MAX_VALUE, 101, 0));
        final List<Object> before = BookTrades.contents(book);

        assertThrows(
                ArithmeticException.class,
                () -> book.enter(new Trade(2, Side.BUY, Long.MAX_VALUE, Long.MAX_VALUE, 102, 0)));

        assertEquals(before, BookTrades.contents(book));
    }

    @Test
    void shouldHoldTheTradeWholeOrNotAtAllWhenAnyStepThrows() {
        for (int step = 0; step < Book.STEPS + 2; step++) {
            final int failing = step;
            final AtomicBoolean thrown = new AtomicBoolean();
            final Book broken = new Book(shared, BookTrades.LAYOUT, (sequence, at) -> {
                if (at == failing && thrown.compareAndSet(false, true)) {
                    throw new IllegalStateException("as the test wants");
                }
            });
            final int sequence = step;
            assertThrows(IllegalStateException.class, () -> broken.enter(BookTrades.trade(sequence)), "step " + step);

            final List<Object> contents = BookTrades.contents(book);
            final boolean entered = book.enter(BookTrades.trade(step));

            assertEquals(BookTrades.expected(entered ? step : step + 1), contents, "step " + step);
            assertEquals(BookTrades.expected(step + 1), BookTrades.contents(book), "step " + step);
        }
        assertEquals(0, book.recoveries());
    }

    @Test
    void shouldPassAllStepsWhenAnyTradeIsEntered() {
        final AtomicInteger last = new AtomicInteger();
        final Book counting = new Book(shared, BookTrades.LAYOUT, (sequence, step) -> last.set(step));
        counting.enter(BookTrades.trade(1));
        assertTrue(last.get() >= Book.STEPS - 1);

        counting.enter(BookTrades.trade(0));
        assertEquals(Book.STEPS - 1, last.get());
    }

    @Test
    void shouldChangeTheBookNotBeforeTheFirstChangeWhenTradeIsEntered() {
        final AtomicInteger firstChanged = new AtomicInteger(-1);
        final Book[] watched = new Book[1];
        watched[0] = new Book(shared, BookTrades.LAYOUT, (sequence, step) -> {
            if (watched[0].entered() == 1) {
                firstChanged.compareAndSet(-1, step);
            }
        });

        watched[0].enter(BookTrades.trade(0));

        assertEquals(Book.FIRST_CHANGE + 1, firstChanged.get());
    }
}
