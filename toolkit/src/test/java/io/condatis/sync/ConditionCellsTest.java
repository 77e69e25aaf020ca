package io.condatis.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.LeakCheck;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of cells whose waiter is gone, step by step. */
@Timeout(30)
@ExtendWith(LeakCheck.class)
class ConditionCellsTest {
    @Test
    void shouldPassTheSignalOnWhenACellIsReclaimedThatHadOne(@TempDir final Path directory) {
        try (LockRegion region = LockRegion.create(directory)) {
            final LockRegion other = region.joinAgain();
            final ConditionCells cells = cellsOf(region, 2);
            final int first = cells.enqueue(tokenOf(other));
            final int second = cells.enqueue(tokenOf(region));
            assertTrue(cells.signalOne());
            assertEquals(ConditionDescriptor.NOTIFIED, cells.state(first));
            assertEquals(ConditionDescriptor.WAITING, cells.state(second));
            other.close();
            assertNotEquals(ConditionCells.NONE, cells.enqueue(tokenOf(region)), "there is room for a third");
            assertEquals(ConditionDescriptor.NOTIFIED, cells.state(second), "it has the dead one's signal");
        }
    }

    @Test
    void shouldSignalTheLongestWaitingWhenALaterOneHasTheCellOfAnEarlier(@TempDir final Path directory) {
        try (LockRegion region = LockRegion.create(directory)) {
            final ConditionCells cells = cellsOf(region, 2);
            final int gone = cells.enqueue(tokenOf(region));
            final int longest = cells.enqueue(tokenOf(region));
            cells.setState(gone, ConditionDescriptor.FREE);
            assertEquals(gone, cells.enqueue(tokenOf(region)));
            assertTrue(cells.signalOne());
            assertEquals(ConditionDescriptor.NOTIFIED, cells.state(longest));
            assertEquals(ConditionDescriptor.WAITING, cells.state(gone));
        }
    }

    @Test
    void shouldNotSignalTheDead(@TempDir final Path directory) {
        try (LockRegion region = LockRegion.create(directory)) {
            final LockRegion other = region.joinAgain();
            final ConditionCells cells = cellsOf(region, 2);
            final int dead = cells.enqueue(tokenOf(other));
            final int living = cells.enqueue(tokenOf(region));
            other.close();
            assertTrue(cells.signalOne());
            assertEquals(ConditionDescriptor.FREE, cells.state(dead));
            assertEquals(ConditionDescriptor.NOTIFIED, cells.state(living));
        }
    }

    @Test
    void shouldHaveNoRoomWhenAllWhoWaitLive(@TempDir final Path directory) {
        try (LockRegion region = LockRegion.create(directory)) {
            final ConditionCells cells = cellsOf(region, 1);
            assertNotEquals(ConditionCells.NONE, cells.enqueue(tokenOf(region)));
            assertEquals(ConditionCells.NONE, cells.enqueue(tokenOf(region)));
        }
    }

    private static long tokenOf(final LockRegion region) {
        return region.participants().token(ThreadOrdinal.current(), region);
    }

    private static ConditionCells cellsOf(final LockRegion region, final int waiters) {
        final int offset = LockRegion.SPARE_OFFSET;
        SharedCondition.initialise(region.memory(), offset, waiters);
        final UnsafeBuffer record = new UnsafeBuffer(region.memory(), offset, SharedCondition.lengthBytes(waiters));
        final Statistics statistics = new Statistics(record, ConditionDescriptor.STATISTICS_OFFSET);
        return new ConditionCells(record, region.participants(), statistics);
    }
}
