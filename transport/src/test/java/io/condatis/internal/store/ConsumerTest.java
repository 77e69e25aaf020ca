package io.condatis.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.internal.protocol.sbe.Kind;
import java.util.ArrayList;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ConsumerTest {
    private final SimulatedWindows windows = new SimulatedWindows();
    private final Core core = new Core(new RecordingOutbox(), windows, new StoreLimits());
    private final StoredQueue queue = new StoredQueue(core, 1, Kind.JOINABLE_QUEUE, 10);
    private final int window = windows.allot(1);
    private final SimulatedWindows.Cell cell = windows.cell(window);
    private final Consumer consumer = new Consumer(core, queue, 1, window);
    private final ReadyItems ready = new ReadyItems();
    private long arrivals;

    @Test
    void shouldAskAgainToBeToldOfATakeWhenARecallHasResetTheWindow() {
        deliverAhead();
        windows.beforeStore = () -> windows.take(window, 1);
        consumer.refreshAndWatch();
        windows.beforeStore = () -> {};
        assertTrue(cell.watched);

        deliverAhead();
        consumer.recall(new ArrayList<>());
        assertFalse(cell.watched);
        deliverAhead();
        consumer.refreshAndWatch();
        assertTrue(cell.watched);
    }

    @Test
    void shouldGoOnWhenSequencesWrap() {
        final UnsafeBuffer state = new UnsafeBuffer(new byte[64]);
        state.putInt(0, Integer.MAX_VALUE - 1);
        consumer.load(new SnapshotReader(state, 0, 35));
        cell.taken = Integer.MAX_VALUE - 1;
        cell.limit = cell.taken;
        cell.done = cell.taken;
        consumer.deliver(7, item());
        consumer.deliver(8, item());
        deliverAhead();

        assertEquals(Integer.MIN_VALUE + 1, cell.limit);
        assertTrue(windows.take(window, Integer.MIN_VALUE + 1));
        assertEquals(3, consumer.finish(Integer.MIN_VALUE + 1).arrival);
        assertEquals(1, consumer.finish(Integer.MAX_VALUE).arrival);
        assertEquals(2, consumer.finish(Integer.MIN_VALUE).arrival);
    }

    private void deliverAhead() {
        ready.add(item());
        consumer.asked();
        consumer.deliverAhead(ready, 1);
    }

    private Item item() {
        final Item item = core.items.take(new UnsafeBuffer(new byte[4]), 0, 4);
        item.arrival = ++arrivals;
        return item;
    }
}
