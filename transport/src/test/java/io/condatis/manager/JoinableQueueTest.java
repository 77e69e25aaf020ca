package io.condatis.manager;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.payload.PayloadException;
import io.condatis.payload.PayloadTypes;
import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class JoinableQueueTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MAXSIZE = 6;

    private static Manager manager;
    private String name;
    private JoinableQueue<Object> queue;

    record NotAllowed(int value) {}

    @BeforeAll
    static void start() {
        manager = Manager.start();
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    @BeforeEach
    void open(final TestInfo info) {
        name = info.getDisplayName();
        queue = manager.joinableQueue(name, MAXSIZE);
    }

    @Test
    void shouldHoldExactlyItsMaximumAndThenRefuse() throws InterruptedException {
        queue.put(1);
        assertTrue(queue.offer(2));
        assertTrue(queue.offer(3, 1, SECONDS));
        assertTrue(queue.add(4));
        queue.put(5);
        queue.put(6);

        assertFalse(queue.offer(7));
        assertEquals(0, queue.remainingCapacity());
        final long start = System.nanoTime();
        assertFalse(queue.offer(7, 200, MILLISECONDS));
        assertTrue(System.nanoTime() - start >= MILLISECONDS.toNanos(200));
        assertThrows(IllegalStateException.class, () -> queue.add(7));
        for (int i = 1; i <= MAXSIZE; i++) {
            assertEquals(i, queue.take());
        }
        assertNull(queue.poll());
        assertEquals(MAXSIZE, queue.remainingCapacity());
    }

    @Test
    void shouldHoldExactlyItsMaximumForSeveralProducers() throws InterruptedException {
        queue.put("ours");
        try (ForkedJvm other = ForkedJvm.start(ManagerPeer.class, "put-and-stay", manager.name(), name, "6", "4")) {
            other.awaitLine("put", PATIENCE);

            assertTrue(queue.offer("last"));
            assertFalse(queue.offer("one too many"));
            assertEquals(MAXSIZE, queue.size());
        }
    }

    @Test
    void shouldWaitForAnItemOnlySoLong() throws InterruptedException {
        final long start = System.nanoTime();
        assertNull(queue.poll(200, MILLISECONDS));
        assertTrue(System.nanoTime() - start >= MILLISECONDS.toNanos(200));
        assertNull(queue.poll(0, MILLISECONDS));
        assertNull(queue.poll(-5, MILLISECONDS));
    }

    @Test
    void shouldShowAnItemToWhoeverPutIt() {
        for (int i = 0; i < 5_000; i++) {
            assertTrue(queue.offer(i));
            assertEquals(1, queue.size());
            assertEquals(i, queue.poll());
            assertEquals(0, queue.size());
            queue.taskDone();
        }
    }

    @Test
    void shouldWakeATakerWhenAnItemComes() throws Exception {
        final CompletableFuture<Object> taken = CompletableFuture.supplyAsync(() -> uninterrupted(queue::take));
        try (ForkedJvm producer = ForkedJvm.start(ManagerPeer.class, "put", manager.name(), name, "6", "1")) {
            assertTrue(taken.get(20, SECONDS).toString().endsWith(":0"), producer::output);
        }
    }

    @Test
    void shouldWakeAPutterWhenAnItemIsTaken() throws Exception {
        for (int i = 0; i < MAXSIZE; i++) {
            queue.put(i);
        }
        final Thread putter = new Thread(() -> uninterrupted(() -> {
            queue.put("late");
            return null;
        }));
        putter.start();
        Await.untilBlocked(putter);

        assertEquals(0, queue.take());

        putter.join(20_000);
        assertFalse(putter.isAlive());
        assertEquals(MAXSIZE, queue.size());
    }

    @Test
    void shouldJoinOnceEveryItemIsDone() throws InterruptedException {
        assertTrue(queue.join(0, SECONDS));
        queue.put(1);
        queue.put(2);
        assertFalse(queue.join(50, MILLISECONDS));
        queue.take();
        queue.take();
        queue.taskDone();
        assertFalse(queue.join(50, MILLISECONDS));
        queue.taskDone();
        queue.join();
        assertThrows(IllegalStateException.class, queue::taskDone);
    }

    @Test
    void shouldLoseNothingOfAProducerThatIsKilledAfterItPut() throws InterruptedException {
        final JoinableQueue<String> unbounded = manager.joinableQueue(name + " unbounded", 0);
        try (ForkedJvm producer =
                ForkedJvm.start(ManagerPeer.class, "put-and-stay", manager.name(), name + " unbounded", "0", "3000")) {
            producer.awaitLine("put", PATIENCE);
            producer.kill();
            for (int i = 0; i < 3000; i++) {
                final String item = unbounded.poll(10, SECONDS);
                assertTrue(item != null && item.endsWith(":" + i), item);
            }
        }
    }

    @Test
    void shouldDeliverAgainWhatAKilledConsumerHadTaken() throws InterruptedException {
        queue.put("first");
        queue.put("second");
        try (ForkedJvm consumer =
                ForkedJvm.start(ManagerPeer.class, "take-and-stay", manager.name(), name, "" + MAXSIZE)) {
            consumer.awaitLine("waiting", PATIENCE);
            consumer.kill();

            assertEquals("second", takeUntil("first"));
            assertEquals(2, lastAttempt);
        }
        queue.taskDone();
        queue.taskDone();
        assertTrue(queue.join(10, SECONDS));
    }

    private int lastAttempt;

    /** Takes two; remembers the attempt of the one that was redelivered and returns the other. */
    private Object takeUntil(final Object redelivered) throws InterruptedException {
        Object other = null;
        for (int i = 0; i < 2; i++) {
            final Object item = queue.poll(10, SECONDS);
            if (redelivered.equals(item)) {
                lastAttempt = queue.attempt();
            } else {
                assertEquals(1, queue.attempt());
                other = item;
            }
        }
        return other;
    }

    @Test
    void shouldNotStarveATakerOfWhatLiesInASilentConsumer() throws InterruptedException {
        final JoinableQueue<Integer> many = manager.joinableQueue(name + " many", 0);
        for (int i = 0; i < 200; i++) {
            many.put(i);
        }
        try (ForkedJvm silent =
                ForkedJvm.start(ManagerPeer.class, "take-slowly", manager.name(), name + " many", "0")) {
            silent.awaitLine("silent", PATIENCE);

            final Set<Integer> left = new TreeSet<>();
            for (int i = 8; i < 200; i++) {
                left.add(many.poll(5, SECONDS));
            }
            assertEquals(192, left.size());
            assertEquals(0, many.size());
        }
    }

    @Test
    void shouldDoEveryItemOnceWithSeveralProducersAndConsumers() throws InterruptedException {
        final JoinableQueue<String> items = manager.joinableQueue(name + " items", 100);
        final String[] work = {"work", manager.name(), name + " items", "100"};
        final String[] put = {"put", manager.name(), name + " items", "100", "2000"};
        try (ForkedJvm consumer1 = ForkedJvm.start(ManagerPeer.class, work);
                ForkedJvm consumer2 = ForkedJvm.start(ManagerPeer.class, work);
                ForkedJvm producer1 = ForkedJvm.start(ManagerPeer.class, put);
                ForkedJvm producer2 = ForkedJvm.start(ManagerPeer.class, put)) {
            assertEquals(0, producer1.exitCode(PATIENCE), producer1::output);
            assertEquals(0, producer2.exitCode(PATIENCE), producer2::output);
            assertTrue(items.join(20, SECONDS), () -> consumer1.output() + consumer2.output());
            items.put("end");
            items.put("end");
            assertEquals(0, consumer1.exitCode(PATIENCE), consumer1::output);
            assertEquals(0, consumer2.exitCode(PATIENCE), consumer2::output);
        }

        final ConcurrentMap<String, Integer> done = manager.dict("done");
        final Map<String, Integer> counted = Map.copyOf(done);
        assertEquals(4000, counted.size());
        assertTrue(counted.values().stream().allMatch(times -> times == 1));
    }

    @Test
    void shouldGiveUpATakeThatIsInterruptedAndLoseNoItem() throws InterruptedException {
        final AtomicReference<Throwable> thrown = new AtomicReference<>();
        final Thread taker = new Thread(() -> {
            try {
                queue.take();
            } catch (final InterruptedException e) {
                thrown.set(e);
            }
        });
        taker.start();
        Await.untilBlocked(taker);

        taker.interrupt();

        taker.join(20_000);
        assertTrue(thrown.get() instanceof InterruptedException);
        queue.put("kept");
        assertEquals("kept", queue.poll(5, SECONDS));
    }

    @Test
    void shouldReportAnItemDoneThatCannotBeRead() throws InterruptedException {
        assertThrows(PayloadException.class, () -> queue.put(new NotAllowed(1)));
        try (Manager generous = Manager.connect(
                new ManagerHandle(manager.name(), PayloadTypes.standard().with(NotAllowed.class)))) {
            generous.joinableQueue(name, MAXSIZE).put(new NotAllowed(1));
        }
        queue.put("next");

        assertThrows(PayloadException.class, queue::take);

        assertEquals("next", queue.take());
        queue.taskDone();
        assertTrue(queue.join(5, SECONDS));
    }

    @Test
    void shouldShowWithoutTaking() throws InterruptedException {
        queue.put("a");
        queue.put("b");

        assertEquals("a", queue.peek());
        assertEquals(List.of("a", "b"), new ArrayList<>(queue));
        assertTrue(queue.contains("b"));
        final List<Object> drained = new ArrayList<>();
        assertEquals(1, queue.drainTo(drained, 1));
        assertEquals(1, queue.drainTo(drained));
        assertEquals(List.of("a", "b"), drained);
        assertNull(queue.peek());
    }

    @Test
    void shouldRefuseNullAndAnotherBound() {
        assertThrows(NullPointerException.class, () -> queue.put(null));
        assertThrows(IllegalArgumentException.class, () -> manager.joinableQueue(name, MAXSIZE + 1));
        assertThrows(IllegalArgumentException.class, () -> manager.joinableQueue("negative", -1));
    }

    @FunctionalInterface
    private interface Waiting<T> {
        T run() throws InterruptedException;
    }

    private static <T> T uninterrupted(final Waiting<T> waiting) {
        try {
            return waiting.run();
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
