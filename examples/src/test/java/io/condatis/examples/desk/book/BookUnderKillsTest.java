package io.condatis.examples.desk.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.SharedObjects;
import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Kills a real JVM between any two steps of the critical section, and its repairer between any two of the repair. */
@Timeout(240)
@ExtendWith(LeakCheck.class)
final class BookUnderKillsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final int FIRST_VICTIM = 1;
    private static final int SECOND_VICTIM = 2;

    /** The step that commits: all words are changed, the undo record is still active. */
    private static final int COMMIT = Book.STEPS - 1;

    /** One for each word, one that clears the record. */
    private static final int REPAIR_STEPS = 14;

    private SharedObjects shared;
    private KillSwitch killSwitch;
    private Book book;
    /** Starts while the one before is killed, and has seen nothing of the book. */
    private ForkedJvm next;

    @BeforeEach
    void open() {
        shared = SharedObjects.create("kill-test-" + ProcessHandle.current().pid());
        killSwitch = new KillSwitch(shared, KillSwitch.NOBODY);
        book = new Book(shared, BookTrades.LAYOUT, Checkpoint.NONE);
        next = start();
    }

    @AfterEach
    void close() {
        next.close();
        shared.close();
    }

    private ForkedJvm start() {
        return ForkedJvm.of(EnterTrade.class)
                .args(shared.name())
                .flags("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                .start();
    }

    @Test
    void shouldHoldTheTradeWholeOrNotAtAllWhenWorkerIsKilledAtAnyStep() {
        int step = 0;
        while (killedAt(step, step, FIRST_VICTIM)) {
            final List<Object> contents = BookTrades.contents(book);

            final boolean entered = book.enter(BookTrades.trade(step));

            assertEquals(BookTrades.expected(entered ? step : step + 1), contents, "killed at step " + step);
            assertEquals(BookTrades.expected(step + 1), BookTrades.contents(book), "killed at step " + step);
            step++;
            assertEquals(step, book.recoveries());
        }
        assertTrue(step >= Book.STEPS, "only " + step + " steps");
        assertTrue(book.repairs() > 0 && book.repairs() < step, book.repairs() + " repairs");
    }

    @Test
    void shouldRestoreTheBookWhenRepairerIsKilledAtAnyStepOfTheRepair() {
        int trade = 0;
        for (int step = 0; step <= REPAIR_STEPS; step++) {
            assertTrue(killedAt(COMMIT, trade, FIRST_VICTIM));
            assertTrue(killedAt(step, trade, SECOND_VICTIM));

            assertEquals(BookTrades.expected(trade), BookTrades.contents(book), "repairer killed at step " + step);
            assertTrue(book.enter(BookTrades.trade(trade)));
            trade++;
            assertEquals(BookTrades.expected(trade), BookTrades.contents(book), "repairer killed at step " + step);
        }
    }

    /** Has a child enter a trade and kills it at a step; false when it came through without reaching it. */
    private boolean killedAt(final int step, final int trade, final int worker) {
        killSwitch.stopAt(trade, step);
        try (ForkedJvm child = next) {
            next = start();
            child.send(trade + " " + worker);
            Await.until(
                    "the child stands at step " + step + " or has ended",
                    DEADLINE,
                    () -> killSwitch.stopped() == worker || !child.isAlive());
            killSwitch.release();
            final boolean stopped = killSwitch.stopped() == worker;
            if (!stopped) {
                assertEquals(0, child.exitCode(DEADLINE), child.output());
            }
            return stopped;
        }
    }
}
