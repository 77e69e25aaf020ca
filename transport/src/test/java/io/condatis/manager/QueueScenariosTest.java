package io.condatis.manager;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LongForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What queues must survive, with real processes. Seeds are printed; {@code -Dcondatis.seed=...} takes one back. */
class QueueScenariosTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final long KILL_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(500);
    /** One every half second: for 20 seconds in the long form, for 3 otherwise. */
    private static final int KILLS = LongForm.of(6, 40);

    private static final int EACH = 4;
    private static final int BOUND = 100;

    /** Scenario 16 of the semantics. */
    @Test
    @Timeout(240)
    void shouldGoOnWhenProducersAndConsumersAreKilled() throws InterruptedException {
        final long seed = Long.getLong("condatis.seed", System.nanoTime());
        System.out.println("queue under kills: -Dcondatis.seed=" + seed);
        final Random random = new Random(seed);
        try (Manager manager = Manager.start()) {
            final SharedQueue<String> queue = manager.queue("under fire", BOUND);
            final SharedQueue<String> taken = manager.queue("taken", 0);
            final List<ForkedJvm> jvms = new ArrayList<>();
            int deadConsumers = EACH;
            try {
                for (int i = 0; i < 2 * EACH; i++) {
                    jvms.add(program(manager, i, i));
                }
                jvms.forEach(jvm -> jvm.awaitLine("running", PATIENCE));
                for (int kill = 0; kill < KILLS; kill++) {
                    LockSupport.parkNanos(KILL_INTERVAL_NS);
                    final int victim = random.nextInt(jvms.size());
                    jvms.get(victim).kill();
                    jvms.set(victim, program(manager, victim, 2 * EACH + kill));
                    deadConsumers += victim < EACH ? 0 : 1;
                }
            } finally {
                jvms.forEach(ForkedJvm::close);
            }
            final List<String> rest = new ArrayList<>();
            // What lay ahead in those that were killed last comes back within milliseconds.
            for (String item = queue.poll(1, SECONDS); item != null; item = queue.poll(200, TimeUnit.MILLISECONDS)) {
                rest.add(item);
            }
            final int passedOn = taken.drainTo(rest);
            assertTrue(passedOn > BOUND, () -> "hardly anything got through: " + passedOn);
            checkLosses(rest, deadConsumers);
            for (int i = 0; i < BOUND; i++) {
                assertTrue(queue.offer("room " + i), "room was lost");
            }
            assertFalse(queue.offer("one too many"));
        }
    }

    /** Each item at most once; and what is missing before the last of each producer was in the hands of a dead consumer. */
    private static void checkLosses(final List<String> items, final int deadConsumers) {
        final Map<String, BitSet> byProducer = new HashMap<>();
        for (final String item : items) {
            final String[] parts = item.split(":");
            final BitSet had = byProducer.computeIfAbsent(parts[0], none -> new BitSet());
            final int number = Integer.parseInt(parts[1]);
            assertFalse(had.get(number), () -> "an item was had twice: " + item);
            had.set(number);
        }
        final int lost = byProducer.values().stream()
                .mapToInt(had -> had.length() - had.cardinality())
                .sum();
        assertTrue(lost <= deadConsumers, () -> lost + " items were lost by " + deadConsumers + " dead consumers");
    }

    private static ForkedJvm program(final Manager manager, final int place, final int number) {
        return ForkedJvm.start(
                ManagerPeer.class, place < EACH ? "produce" : "pass-on", manager.name(), "under fire", "" + number);
    }

    /** Scenario 17 of the semantics. */
    @Test
    @Timeout(60)
    void shouldKeepEverythingOfAProducerThatReturnsFromMain() throws InterruptedException {
        try (Manager manager = Manager.start()) {
            final SharedQueue<byte[]> queue = manager.queue("left", 0);
            try (ForkedJvm producer = ForkedJvm.start(ManagerPeer.class, "put-kilobytes", manager.name(), "1000")) {
                assertEquals(0, producer.exitCode(PATIENCE), producer::output);
            }
            assertEquals(1_000, queue.size());
            for (int i = 0; i < 1_000; i++) {
                final byte[] item = queue.poll();
                assertEquals(1_024, item.length);
                assertEquals((byte) i, item[0]);
            }
        }
    }

    /** Scenario 18 of the semantics. */
    @Test
    @Timeout(120)
    void shouldAlwaysShowAnItemToWhoeverPutIt() throws InterruptedException {
        try (Manager manager = Manager.start()) {
            final SharedQueue<Integer> queue = manager.queue("own", 0);
            for (int i = 0; i < 100_000; i++) {
                queue.put(i);
                if ((i & 1) == 0) {
                    assertFalse(queue.isEmpty());
                    assertEquals(1, queue.size());
                }
                assertEquals(i, queue.poll());
            }
        }
    }

    /** Scenario 19 of the semantics. */
    @Test
    @Timeout(90)
    void shouldJoinAfterRedeliveryWhenAWorkerIsKilledBetweenTakeAndTaskDone() throws InterruptedException {
        try (Manager manager = Manager.start()) {
            final JoinableQueue<String> tasks = manager.joinableQueue("tasks", 0);
            try (ForkedJvm victim = ForkedJvm.start(ManagerPeer.class, "take-and-stay", manager.name(), "tasks", "0");
                    ForkedJvm worker1 = ForkedJvm.start(ManagerPeer.class, "work", manager.name(), "tasks", "0");
                    ForkedJvm worker2 = ForkedJvm.start(ManagerPeer.class, "work", manager.name(), "tasks", "0");
                    ForkedJvm worker3 = ForkedJvm.start(ManagerPeer.class, "work", manager.name(), "tasks", "0")) {
                for (int i = 0; i < 100; i++) {
                    tasks.put("task " + i);
                }
                // The others may have done all of them before the victim, whose JVM starts as well, has had one.
                while (!victim.output().contains("waiting") && victim.isAlive()) {
                    if (tasks.isEmpty()) {
                        tasks.put("task more " + System.nanoTime());
                    }
                }
                victim.awaitLine("waiting", PATIENCE);
                victim.kill();

                assertTrue(tasks.join(30, SECONDS), "the task of the dead worker was not done");
                assertThrows(IllegalStateException.class, tasks::taskDone);
                for (int i = 0; i < 3; i++) {
                    tasks.put("end");
                }
                assertEquals(0, worker1.exitCode(PATIENCE), worker1::output);
                assertEquals(0, worker2.exitCode(PATIENCE), worker2::output);
                assertEquals(0, worker3.exitCode(PATIENCE), worker3::output);
            }
        }
    }

    /** Scenario 22 of the semantics, its half about queues. */
    @Test
    @Timeout(60)
    void shouldGiveTheItemToALiveClientWhenTheOneThatWaitsForItIsKilled() throws InterruptedException {
        try (Manager manager = Manager.start()) {
            final SharedQueue<String> queue = manager.queue("waited for", 0);
            try (ForkedJvm waiting =
                    ForkedJvm.start(ManagerPeer.class, "wait-in-queue", manager.name(), "waited for")) {
                waiting.awaitLine("waiting", PATIENCE);
                waiting.kill();
                queue.put("item");

                assertEquals("item", queue.poll(10, SECONDS));
            }
        }
    }
}
