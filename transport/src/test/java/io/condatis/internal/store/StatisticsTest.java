package io.condatis.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.condatis.internal.protocol.sbe.Kind;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StatisticsTest {
    private final StoreFixture store = new StoreFixture().sessions(2);

    @Test
    void shouldCountWhatIsThereAndWhatWas() {
        final int dict = store.dict(1);
        store.put(1, dict, "key", "value");
        store.get(2, dict, "key");
        final Statistics statistics = store.store.statistics();
        assertEquals(2, statistics.sessions());
        assertEquals(2, statistics.sessionsOpened());
        assertEquals(1, statistics.objects());
        assertEquals(3, statistics.requests());
        assertEquals(StoreLimits.OVERHEAD_BYTES + "key".length() + "value".length(), statistics.storedBytes());
        assertEquals(new StoreLimits().maxTotalBytes(), statistics.maxBytes());
        store.close(2);
        assertEquals(1, statistics.sessions());
        assertEquals(2, statistics.sessionsOpened());
        store.delete(1, "dict");
        assertEquals(0, statistics.objects());
        assertEquals(0, statistics.storedBytes());
    }

    @Test
    void shouldFollowAnItemThroughAQueue() {
        final int queue = store.queue(1, 1);
        store.take(2, store.queue(2, 1), StoreFixture.AT_ONCE);
        store.enqueue(1, queue, StoreFixture.FOR_EVER, "first");
        store.enqueue(1, queue, StoreFixture.FOR_EVER, "second");
        assertEquals("depth=1 inHand=0 takers=0 putters=1 put=1 done=0", look("queue"));
        assertEquals(1, statistics().requestsWaiting());
        assertEquals(2, statistics().items());

        final int sequence =
                store.answer(store.take(2, queue, StoreFixture.FOR_EVER)).position();
        assertEquals("depth=1 inHand=1 takers=0 putters=0 put=2 done=0", look("queue"));

        store.giveBack(2, queue, sequence);
        assertEquals("depth=2 inHand=0 takers=0 putters=0 put=2 done=0", look("queue"));
        assertEquals(1, statistics().itemsReturned());

        final int again =
                store.answer(store.take(2, queue, StoreFixture.FOR_EVER)).position();
        store.acknowledge(2, queue, again);
        store.answer(store.take(2, queue, StoreFixture.FOR_EVER));
        store.close(2);
        assertEquals("depth=1 inHand=0 takers=0 putters=0 put=2 done=1", look("queue"));
        assertEquals(2, statistics().itemsReturned());
        assertEquals(2, statistics().itemsPut());
        assertEquals(1, statistics().itemsDone());
        assertEquals(1, statistics().items());

        store.take(1, queue, StoreFixture.FOR_EVER);
        store.take(1, queue, StoreFixture.FOR_EVER);
        assertEquals("depth=0 inHand=1 takers=1 putters=0 put=2 done=1", look("queue"));
        store.delete(1, "queue");
        assertEquals(Map.of(), looks());
        assertEquals(0, statistics().items());
        assertEquals(0, statistics().requestsWaiting());
    }

    @Test
    void shouldCountDeadLettersInBothQueues() {
        final int queue = store.queue(1, 0);
        final int graves = (int)
                store.answer(store.open(1, Kind.JOINABLE_QUEUE, "graves", 0)).number();
        store.deadLetters(1, queue, 1, graves);
        store.enqueue(1, queue, StoreFixture.FOR_EVER, "item");
        final int sequence =
                store.answer(store.take(1, queue, StoreFixture.FOR_EVER)).position();
        store.giveBack(1, queue, sequence);
        assertEquals("depth=0 inHand=0 takers=0 putters=0 put=1 done=1", look("queue"));
        assertEquals("depth=1 inHand=0 takers=0 putters=0 put=1 done=0", look("graves"));
        assertEquals(1, statistics().itemsDead());
        assertEquals(1, statistics().items());
    }

    @Test
    void shouldNoticeWhatWasTakenFromAheadWithoutAsking() {
        final int queue = store.queue(1, 0);
        store.take(2, store.queue(2, 0), StoreFixture.AT_ONCE);
        for (int i = 0; i < 4; i++) {
            store.enqueue(1, queue, StoreFixture.FOR_EVER, "item " + i);
        }
        store.take(2, queue, StoreFixture.FOR_EVER);
        store.endOfBatch();
        assertEquals(1, store.ahead(2).size());
        final SimulatedWindows.Cell cell = store.windows.cell(store.window(2, 0));
        cell.taken++;
        assertEquals("depth=2 inHand=2 takers=0 putters=0 put=4 done=0", look("queue"));
        cell.done = cell.taken;
        assertEquals("depth=2 inHand=0 takers=0 putters=0 put=4 done=2", look("queue"));
    }

    private Statistics statistics() {
        return store.store.statistics();
    }

    private String look(final String queue) {
        return looks().get(queue);
    }

    private Map<String, String> looks() {
        final Map<String, String> looks = new TreeMap<>();
        store.store.lookAtQueues(
                store.nowNs,
                10,
                (id, name, figures) -> looks.put(
                        name,
                        "depth=" + figures.depth() + " inHand=" + figures.inHand() + " takers=" + figures.takers()
                                + " putters=" + figures.putters() + " put=" + figures.put() + " done="
                                + figures.done()));
        return looks;
    }
}
