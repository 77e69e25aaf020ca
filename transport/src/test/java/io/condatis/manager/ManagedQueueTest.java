package io.condatis.manager;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.payload.PayloadException;
import io.condatis.testing.ForkedJvm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** CPython's {@code _TestQueue} and {@code TestSimpleQueue} in the manager flavour, by their names, and what is ours. */
class ManagedQueueTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static Manager manager;

    @BeforeAll
    static void start() {
        manager = Manager.start();
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    @Test
    void testPut() throws InterruptedException {
        final SharedQueue<Integer> queue = manager.queue("put", 6);
        assertTrue(queue.isEmpty());
        queue.put(1);
        assertTrue(queue.offer(2));
        assertTrue(queue.offer(3, 1, SECONDS));
        assertTrue(queue.add(4));
        queue.put(5);
        queue.put(6);
        assertEquals(0, queue.remainingCapacity());
        assertFalse(queue.offer(7));
        assertFalse(queue.offer(7, 0, SECONDS));
        final long start = System.nanoTime();
        assertFalse(queue.offer(7, 200, MILLISECONDS));
        assertTrue(System.nanoTime() - start >= MILLISECONDS.toNanos(200));
        try (ForkedJvm consumer = ForkedJvm.start(ManagerPeer.class, "drain-queue", manager.name(), "put", "6", "6")) {
            assertEquals(0, consumer.exitCode(PATIENCE), consumer::output);
            assertTrue(consumer.output().contains("[1, 2, 3, 4, 5, 6]"), consumer::output);
        }
        assertTrue(queue.isEmpty());
    }

    @Test
    void testGet() throws InterruptedException {
        final SharedQueue<Integer> queue = manager.queue("get", 0);
        try (ForkedJvm producer = ForkedJvm.start(ManagerPeer.class, "fill-queue", manager.name(), "get", "0", "5")) {
            assertEquals(0, queue.take());
            assertEquals(1, queue.poll(10, SECONDS));
            assertEquals(2, queue.poll(10, SECONDS));
            assertEquals(0, producer.exitCode(PATIENCE), producer::output);
            assertEquals(3, queue.poll());
            assertEquals(4, queue.remove());
        }
        assertNull(queue.poll());
        assertNull(queue.poll(0, SECONDS));
    }

    @Test
    void testFork() {
        final SharedQueue<Integer> queue = manager.queue("fork", 0);
        queue.addAll(IntStream.range(0, 10).boxed().toList());
        try (ForkedJvm producer = ForkedJvm.start(ManagerPeer.class, "fill-queue", manager.name(), "fork", "0", "10")) {
            assertEquals(0, producer.exitCode(PATIENCE), producer::output);
        }
        final List<Integer> all = new ArrayList<>();
        assertEquals(20, queue.drainTo(all));
        assertEquals(
                IntStream.concat(IntStream.range(0, 10), IntStream.range(0, 10))
                        .boxed()
                        .toList(),
                all);
        assertNull(queue.poll());
    }

    @Test
    void testQsize() throws InterruptedException {
        final SharedQueue<Integer> queue = manager.queue(0);
        assertEquals(0, queue.size());
        queue.put(1);
        assertEquals(1, queue.size());
        queue.put(5);
        assertEquals(2, queue.size());
        queue.take();
        assertEquals(1, queue.size());
        queue.take();
        assertEquals(0, queue.size());
    }

    @Test
    void testTimeout() throws InterruptedException {
        final long start = System.nanoTime();
        assertNull(manager.queue(0).poll(200, MILLISECONDS));
        assertTrue(System.nanoTime() - start >= MILLISECONDS.toNanos(200));
    }

    /** Also {@code test_queue_feeder_on_queue_feeder_error}: here nobody but the one who puts is told. */
    @Test
    void testQueueFeederDonotStopOnexc() throws InterruptedException {
        final SharedQueue<Object> queue = manager.queue(1);
        assertThrows(PayloadException.class, () -> queue.put(new Object()));
        assertEquals(0, queue.size());
        queue.put("next");
        assertEquals("next", queue.take());
    }

    /** Also {@code test_closed_queue_empty_exceptions}. */
    @Test
    void testClosedQueuePutGetExceptions() {
        for (final SharedQueue<Integer> queue :
                List.<SharedQueue<Integer>>of(manager.queue(0), manager.joinableQueue(0), manager.priorityQueue(0))) {
            queue.close();
            assertTrue(assertThrows(IllegalStateException.class, () -> queue.put(1))
                    .getMessage()
                    .contains("is closed"));
            assertThrows(IllegalStateException.class, queue::take);
            assertThrows(IllegalStateException.class, queue::isEmpty);
        }
    }

    /** 4 workers and 10 tasks, which the join waits for. */
    @Test
    void testTaskDone() throws Exception {
        final JoinableQueue<Integer> queue = manager.joinableQueue(0);
        final AtomicInteger done = new AtomicInteger();
        final List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            final Thread worker = new Thread(() -> {
                try {
                    while (queue.take() >= 0) {
                        done.incrementAndGet();
                        queue.taskDone();
                    }
                    queue.taskDone();
                } catch (final InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            worker.start();
            workers.add(worker);
        }
        queue.addAll(IntStream.range(0, 10).boxed().toList());
        queue.join();
        assertEquals(10, done.get());
        queue.addAll(List.of(-1, -1, -1, -1));
        for (final Thread worker : workers) {
            worker.join(PATIENCE.toMillis());
            assertFalse(worker.isAlive());
        }
        assertThrows(IllegalStateException.class, queue::taskDone);
    }

    @Test
    void testClose() {
        final SharedQueue<Integer> queue = manager.queue("closed", 0);
        queue.add(1);
        queue.close();
        assertDoesNotThrow(queue::close);
        assertTrue(queue.isClosed());
        assertEquals(1, manager.<Integer>queue("closed", 0).poll());
    }

    @Test
    void shouldHandOutTheLowestPriorityFirstAndThenInOrder() throws InterruptedException {
        final SharedPriorityQueue<String> queue = manager.priorityQueue(4);
        queue.put("late", 7);
        queue.put("first of two", -3);
        queue.put("plain");
        assertTrue(queue.offer("second of two", -3));
        assertFalse(queue.offer("no room", -9, 10, MILLISECONDS));

        assertEquals("first of two", queue.peek());
        assertEquals(List.of("first of two", "second of two", "plain", "late"), new ArrayList<>(queue));
        assertTrue(queue.remove("plain"));
        assertEquals("first of two", queue.take());
        assertEquals("second of two", queue.take());
        assertEquals("late", queue.take());
    }

    @Test
    void shouldPutAsManyAsThereIsRoomForAndThenSaySo() {
        final SharedQueue<Integer> queue = manager.queue(100);

        assertThrows(
                IllegalStateException.class,
                () -> queue.addAll(IntStream.range(0, 150).boxed().toList()));

        assertEquals(100, queue.size());
        final List<Integer> drained = new ArrayList<>();
        assertEquals(30, queue.drainTo(drained, 30));
        assertEquals(70, queue.drainTo(drained));
        assertEquals(IntStream.range(0, 100).boxed().toList(), drained);
    }

    @Test
    void shouldPutAndDrainItemsThatAreLongerThanAMessageOfMany() {
        final SharedQueue<byte[]> queue = manager.queue(0);
        queue.addAll(List.of(new byte[3_000], new byte[200_000], new byte[5_000], new byte[1]));

        final List<byte[]> drained = new ArrayList<>();
        assertEquals(4, queue.drainTo(drained));
        assertEquals(
                List.of(3_000, 200_000, 5_000, 1),
                drained.stream().map(item -> item.length).toList());
    }

    @Test
    void shouldGiveAnItemBackToTheHeadAndCountTheAttempt() throws InterruptedException {
        final JoinableQueue<String> queue = manager.joinableQueue(0);
        queue.addAll(List.of("a", "b"));
        assertEquals("a", queue.take());
        assertEquals(1, queue.attempt());
        queue.giveBack();
        assertThrows(IllegalStateException.class, queue::giveBack);

        assertEquals("a", queue.take());
        assertEquals(2, queue.attempt());
        assertEquals("b", queue.take());
        queue.taskDone();
        queue.taskDone();
        assertTrue(queue.join(5, SECONDS));
    }

    @Test
    void shouldSendToTheDeadLettersWhatIsDeliveredTooOften() throws InterruptedException {
        final DeadLetters limit = new DeadLetters(2, "dead");
        final JoinableQueue<String> queue = manager.joinableQueue("hopeless", 0, limit);
        queue.put("poison");
        for (int attempt = 1; attempt <= 2; attempt++) {
            assertEquals("poison", queue.take());
            assertEquals(attempt, queue.attempt());
            queue.giveBack();
        }

        assertNull(queue.poll());
        assertTrue(queue.join(5, SECONDS));
        final JoinableQueue<String> dead = manager.joinableQueue("dead", 0);
        assertEquals("poison", dead.poll(5, SECONDS));
        assertEquals(3, dead.attempt());
        dead.taskDone();
        assertThrows(
                IllegalArgumentException.class, () -> manager.joinableQueue("hopeless", 0, new DeadLetters(3, "dead")));
    }

    @Test
    void shouldSendToTheDeadLettersWhatNoConsumerSurvives() throws InterruptedException {
        final JoinableQueue<String> queue = manager.joinableQueue("killer", 0, new DeadLetters(1, "killed"));
        queue.put("murder");
        try (ForkedJvm consumer = ForkedJvm.start(ManagerPeer.class, "take-and-stay", manager.name(), "killer", "0")) {
            consumer.awaitLine("waiting", PATIENCE);
            consumer.kill();
        }

        assertEquals("murder", manager.<String>joinableQueue("killed", 0).poll(20, SECONDS));
        assertTrue(queue.join(5, SECONDS));
    }

    @Test
    void shouldShareItemsBetweenBytesAndObjects() throws InterruptedException {
        final JoinableQueue<byte[]> queue = manager.joinableQueue(0);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[] {9, 1, 2, 3, 9});
        assertTrue(queue.bytes().offer(buffer, 1, 3));
        assertEquals(2, queue.take()[1]);
        queue.taskDone();

        queue.put(new byte[] {4, 5});
        final List<Integer> seen = new ArrayList<>();
        assertEquals(1, queue.bytes().drain((source, offset, length) -> seen.add(length), 10));
        assertEquals(List.of(2), seen);
        assertEquals(0, queue.bytes().drain((source, offset, length) -> seen.add(length), 10, 10, MILLISECONDS));
        assertTrue(queue.join(5, SECONDS));
    }

    @Test
    void shouldGiveBackTheItemWhoseHandlerThrowsAndKeepTheOthers() throws InterruptedException {
        final JoinableQueue<byte[]> queue = manager.joinableQueue(0);
        for (byte i = 0; i < 20; i++) {
            queue.put(new byte[] {i});
        }
        final List<Integer> handled = new ArrayList<>();
        final ByteQueue.Handler moody = (buffer, offset, length) -> {
            if (buffer.getByte(offset) == 5 && !handled.contains(-5)) {
                handled.add(-5);
                throw new IllegalArgumentException("five");
            }
            handled.add((int) buffer.getByte(offset));
        };
        while (!handled.contains(-5)) {
            try {
                queue.bytes().drain(moody, 100);
            } catch (final IllegalArgumentException e) {
                assertEquals("five", e.getMessage());
            }
        }
        while (queue.bytes().drain(moody, 100) > 0) {
            assertTrue(handled.size() <= 21);
        }
        assertEquals(21, handled.size());
        assertEquals(20, handled.stream().filter(item -> item >= 0).distinct().count());
        assertTrue(queue.join(5, SECONDS));
    }

    @Test
    void shouldLoseNothingThatWasOnItsWayToAConsumerThatDied() throws InterruptedException {
        final SharedQueue<String> queue = manager.queue("on-its-way", 0);
        try (ForkedJvm waiting = ForkedJvm.start(ManagerPeer.class, "wait-in-queue", manager.name(), "on-its-way")) {
            waiting.awaitLine("waiting", PATIENCE);
            waiting.signal("STOP");
            queue.put("item");
            waiting.kill();
        }
        assertEquals("item", queue.poll(20, SECONDS));
    }
}
