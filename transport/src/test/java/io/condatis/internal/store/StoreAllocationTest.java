package io.condatis.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.condatis.internal.protocol.sbe.Condition;
import io.condatis.internal.protocol.sbe.Kind;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StoreAllocationTest {
    private static final int WARM_UP = 20_000;
    private static final int MEASURED = 10_000;
    private static final int DICT = 1;
    private static final byte[] KEY = StoreFixture.bytes("a key of some length");
    private static final byte[] VALUE = new byte[100];

    private final SimulatedWindows windows = new SimulatedWindows();
    private final Store store = new Store(new Nowhere(), windows, new StoreLimits());
    private final Requests requests = new Requests();
    private final SyncRequests sync = new SyncRequests();

    @Test
    void shouldNotAllocateWhenADictIsReadOrAValueReplaced() {
        store.onOpen(1);
        send(requests.open(1, Kind.DICT, "dict", 0));
        send(requests.dictPut(2, DICT, Condition.ALWAYS, KEY, VALUE, VALUE));

        assertNoAllocation(out -> out.dictGet(3, DICT, KEY));
        assertNoAllocation(out -> out.dictPut(3, DICT, Condition.ALWAYS, KEY, VALUE, VALUE));
        assertNoAllocation(out -> out.dictSize(3, DICT));
    }

    @Test
    void shouldNotAllocateWhenAListOrAnArrayIsReadOrWrittenOrANumberAddedTo() {
        store.onOpen(1);
        send(requests.open(1, Kind.LIST, "list", 0));
        send(requests.open(2, Kind.ARRAY, "array", ArrayModel.ARGUMENT));
        send(requests.open(3, Kind.VALUE, "value", 0));
        final byte[] page = ContainerRequests.items(List.of(VALUE, VALUE));
        final byte[] number = {7, 1, 0, 0, 0, 0, 0, 0, 0};
        send(ContainerRequests.to(requests, 4, 1).insert(-1, -1, page));
        send(requests.dictPut(5, 3, Condition.ALWAYS, KEY, number, number));

        assertNoAllocation(out -> ContainerRequests.to(out, 6, 1).get(1));
        assertNoAllocation(out -> ContainerRequests.to(out, 6, 1).set(-1, 1, Condition.ALWAYS, VALUE, VALUE));
        assertNoAllocation(out -> ContainerRequests.to(out, 6, 1).scan(-1, 0, -1, 1_000));
        assertNoAllocation(out -> ContainerRequests.to(out, 6, 2).arrayGet(1, 3));
        assertNoAllocation(out -> ContainerRequests.to(out, 6, 2).arrayAdd(1, 3));
        assertNoAllocation(out -> ContainerRequests.to(out, 6, 3).add(KEY, number));
    }

    @Test
    void shouldNotAllocateWhenNobodyHasToWait() {
        store.onOpen(1);
        send(requests.open(1, Kind.LOCK, "lock", 0));
        send(requests.open(1, Kind.BOUNDED_SEMAPHORE, "semaphore", 2));
        send(requests.open(1, Kind.EVENT, "event", 0));
        final long[] fence = {0};
        assertNoAllocation(() -> {
            sync.acquire(3, 1, -1, 7);
            send(sync);
            sync.release(0, 1, ++fence[0]);
            send(sync);
        });
        assertNoAllocation(() -> {
            sync.semaphoreAcquire(3, 2, -1);
            send(sync);
            sync.semaphoreRelease(0, 2);
            send(sync);
        });
        assertNoAllocation(() -> {
            sync.eventSet(3, 3);
            send(sync);
            sync.eventWait(3, 3, -1);
            send(sync);
        });
    }

    @Test
    void shouldNotAllocateWhenItemsArePutTakenAndAcknowledged() {
        store.onOpen(1);
        send(requests.open(1, Kind.JOINABLE_QUEUE, "queue", 0));
        final int[] sequence = new int[1];
        final Requests[] puts = new Requests[3];
        for (int i = 0; i < puts.length; i++) {
            puts[i] = new Requests().queuePut(3, DICT, 0, new byte[10 + 300 * i]);
        }
        final Requests take = new Requests().queueTake(4, DICT, 0);

        assertNoAllocation(() -> {
            send(puts[sequence[0] % puts.length]);
            send(take);
            windows.cell(0).received = ++sequence[0];
            windows.cell(0).done = sequence[0];
            store.endOfBatch(0);
        });
    }

    private void assertNoAllocation(final Consumer<Requests> request) {
        request.accept(requests);
        assertNoAllocation(() -> send(requests));
    }

    private void assertNoAllocation(final Runnable step) {
        final com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            repeat(step, WARM_UP);
            final long before = threads.getCurrentThreadAllocatedBytes();
            repeat(step, MEASURED);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least / MEASURED);
    }

    private static void repeat(final Runnable step, final int times) {
        for (int i = 0; i < times; i++) {
            step.run();
        }
    }

    private void send(final Requests request) {
        store.onMessage(1, 0, request.buffer, Requests.OFFSET, request.length());
    }

    private void send(final SyncRequests request) {
        store.onMessage(1, 0, request.buffer, 0, request.length());
    }

    /** An outbox that looks at the message and keeps nothing. */
    private static final class Nowhere implements Outbox {
        private long sum;

        @Override
        public void send(final long session, final DirectBuffer buffer, final int offset, final int length) {
            sum += buffer.getByte(offset + length - 1);
        }

        @Override
        public void schedule(final long timerId, final long deadlineNs) {
            sum += timerId;
        }

        @Override
        public void cancel(final long timerId) {
            sum -= timerId;
        }
    }
}
