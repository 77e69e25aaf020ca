package io.condatis.internal.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class WindowCellsTest {
    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(WindowCells.lengthBytes(2)));
    private final WindowCells windows = new WindowCells(buffer, 0, 2);

    @Test
    void shouldSpendOnlyTheCreditsThatWereGranted() {
        windows.grantPuts(1, 2);

        assertFalse(windows.spendPut(0));
        assertTrue(windows.spendPut(1));
        assertTrue(windows.spendPut(1));
        assertFalse(windows.spendPut(1));
    }

    @Test
    void shouldTellWhatIsUnspentAndLeaveIt() {
        windows.grantPuts(1, 3);
        windows.spendPut(1);

        assertEquals(2, windows.unspentPuts(1));
        assertEquals(2, windows.unspentPuts(1));
        assertEquals(0, windows.unspentPuts(0));
        assertEquals(2, windows.revokePuts(1));
        assertEquals(0, windows.unspentPuts(1));
    }

    @Test
    void shouldHaveACreditAgainThatWasNotSpentAfterAll() {
        final int next = windows.renew(1);
        windows.grantPuts(next, 1);
        assertTrue(windows.spendPut(next));

        windows.unspendPut(1);
        assertEquals(0, windows.unspentPuts(next), "of a session that is over");
        windows.unspendPut(next);

        assertEquals(1, windows.unspentPuts(next));
        assertTrue(windows.spendPut(next));
        assertFalse(windows.spendPut(next));
    }

    @Test
    void shouldRevokeWhatIsUnspentAndNothingElse() {
        windows.grantPuts(0, 5);
        windows.spendPut(0);

        assertEquals(4, windows.revokePuts(0));
        assertEquals(0, windows.revokePuts(0));
        assertFalse(windows.spendPut(0));
    }

    @Test
    void shouldTakeDeliveriesInOrderUpToTheLimit() {
        windows.extendTakes(0, 2);

        assertEquals(WindowCells.TAKEN, windows.take(0, 1));
        assertEquals(WindowCells.TAKEN, windows.take(0, 2));
        assertEquals(WindowCells.VOID, windows.take(0, 3));
        assertEquals(2, windows.taken(0));
    }

    @Test
    void shouldVoidWhatIsRecalledAndGoOnBehindIt() {
        windows.extendTakes(0, 3);
        windows.take(0, 1);

        assertEquals(1, windows.recallTakes(0, 3));

        assertEquals(WindowCells.VOID, windows.take(0, 2));
        assertEquals(WindowCells.VOID, windows.take(0, 3));
        windows.extendTakes(0, 4);
        assertEquals(WindowCells.TAKEN, windows.take(0, 4));
    }

    @Test
    void shouldTellOfOneTakeWhenAskedAndKeepTheWishWhenExtended() {
        windows.extendTakes(0, 1);
        windows.notifyTakes(0);
        windows.extendTakes(0, 3);

        assertEquals(WindowCells.TAKEN_NOTIFY, windows.take(0, 1));
        assertEquals(WindowCells.TAKEN, windows.take(0, 2));
    }

    @Test
    void shouldCountOnOverTheWrap() {
        final int last = -1;
        windows.recallTakes(0, last - 1);
        windows.extendTakes(0, last + 2);

        assertEquals(WindowCells.TAKEN, windows.take(0, last));
        assertEquals(WindowCells.TAKEN, windows.take(0, last + 1));
        assertEquals(WindowCells.TAKEN, windows.take(0, last + 2));
        assertEquals(WindowCells.VOID, windows.take(0, last + 3));
        assertEquals(1, windows.taken(0));
    }

    @Test
    void shouldRefuseACellThatIsNotThere() {
        assertThrows(IndexOutOfBoundsException.class, () -> windows.spendPut(2));
        assertThrows(IndexOutOfBoundsException.class, () -> windows.taken(-1));
    }

    @Test
    void shouldNeverSpendAndRevokeTheSameCredit() throws InterruptedException {
        final int rounds = 200_000;
        final AtomicLong spent = new AtomicLong();
        final Thread client = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                if (windows.spendPut(0)) {
                    spent.incrementAndGet();
                }
            }
        });
        client.start();
        long revoked = 0;
        for (int i = 0; i < rounds; i++) {
            windows.grantPuts(0, 3);
            revoked += windows.revokePuts(0);
        }
        client.interrupt();
        client.join();
        revoked += windows.revokePuts(0);

        assertEquals(3L * rounds, spent.get() + revoked);
    }
}
