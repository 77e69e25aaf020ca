package io.condatis.internal.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.sun.management.ThreadMXBean;
import io.aeron.Aeron;
import io.condatis.internal.protocol.Metric;
import io.condatis.internal.protocol.WindowCells;
import io.condatis.internal.protocol.sbe.DeleteEncoder;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.MessageHeaderEncoder;
import io.condatis.internal.protocol.sbe.OpenEncoder;
import io.condatis.internal.store.Outbox;
import io.condatis.internal.store.Store;
import io.condatis.internal.store.StoreLimits;
import io.condatis.testing.Await;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server's metrics, with a store and a driver but without clients. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class MetricsTest {
    private static final int CELLS = 300;
    private static final int ROUNDS = 8;
    private static final int PUBLICATIONS = 2_000;

    private final EmbeddedDriver driver = new EmbeddedDriver(Path.of("/dev/shm", Names.unique()), error -> {
        throw new AssertionError(error);
    });
    private final Store store = new Store(
            new Nowhere(),
            new SharedWindows(new WindowCells(new UnsafeBuffer(new byte[WindowCells.lengthBytes(CELLS)]), 0, CELLS)),
            new StoreLimits());
    private final Metrics metrics = new Metrics("desk", driver.aeron(), error -> {
        throw new AssertionError(error);
    });
    private long nowNs;

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void shouldGiveQueuesCountersAndTakeThemBackWhenTheyAreDeleted() {
        store.onOpen(1);
        open("\u4ef7\u683c: depth", Kind.JOINABLE_QUEUE);
        Await.until("the counters are there", () -> labels(Metric.QUEUE_DEPTH).size() == 1);
        assertEquals("\u4ef7\u683c: depth", queues().keySet().iterator().next());
        delete("\u4ef7\u683c: depth");
        Await.until("the counters are gone", () -> labels(Metric.QUEUE_DEPTH).isEmpty());
        assertEquals(1, labels(Metric.SESSIONS).size());
        assertEquals(0, metrics.queues().size());
    }

    @Test
    void shouldGiveCountersToSoManyQueuesOnly() {
        store.onOpen(1);
        for (int i = 0; i <= Metrics.MOST_QUEUES; i++) {
            open("queue " + i, Kind.QUEUE);
        }
        Await.until("the counters are there", () -> labels(Metric.QUEUE_DONE).size() == Metrics.MOST_QUEUES);
        assertNull(queues().get("queue " + Metrics.MOST_QUEUES));
        delete("queue 7");
        Await.until("another has its place", () -> labels(Metric.QUEUE_DONE)
                .containsValue("condatis desk/queue " + Metrics.MOST_QUEUES + ": done"));
    }

    @Test
    void shouldAllocateNothingByPublishing() {
        store.onOpen(1);
        open("first", Kind.QUEUE);
        open("second", Kind.JOINABLE_QUEUE);
        Await.until("the counters are there", () -> labels(Metric.QUEUE_DONE).size() == 2);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > 0; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < PUBLICATIONS; i++) {
                metrics.publish(store, nowNs);
            }
            least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / PUBLICATIONS);
        }
        assertEquals(0, least);
    }

    private Map<String, Long> queues() {
        final Map<String, Long> queues = new TreeMap<>();
        metrics.queues().forEach(figures -> queues.put(figures.queue(), figures.get(Metric.QUEUE_DEPTH)));
        return queues;
    }

    /** Publishes and looks. */
    private Map<Integer, String> labels(final Metric metric) {
        metrics.publish(store, nowNs);
        while (driver.invoke() > 0) {
            Thread.onSpinWait();
        }
        metrics.publish(store, nowNs);
        final Map<Integer, String> labels = new TreeMap<>();
        final Aeron aeron = driver.aeron();
        final CountersReader counters = aeron.countersReader();
        counters.forEach((id, label) -> {
            if (counters.getCounterTypeId(id) == metric.typeId()) {
                labels.put(id, label);
            }
        });
        return labels;
    }

    private void open(final String name, final Kind kind) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final OpenEncoder open = new OpenEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        open.correlation(1).argument(0).kind(kind).name(name);
        store.onMessage(1, nowNs, buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + open.encodedLength());
    }

    private void delete(final String name) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final DeleteEncoder delete = new DeleteEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        delete.correlation(1).name(name);
        store.onMessage(1, nowNs, buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + delete.encodedLength());
    }

    private static final class Nowhere implements Outbox {
        @Override
        public void send(final long session, final DirectBuffer buffer, final int offset, final int length) {
            // nobody is there
        }

        @Override
        public void schedule(final long timerId, final long deadlineNs) {
            throw new AssertionError("nobody waits");
        }

        @Override
        public void cancel(final long timerId) {
            throw new AssertionError("nobody waits");
        }
    }
}
