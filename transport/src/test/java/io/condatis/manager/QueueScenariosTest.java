package io.condatis.manager;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.ForkedJvm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What queues must survive, with real processes. Seeds are printed; {@code -Dcondatis.seed=...} takes one back. */
class QueueScenariosTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final long KILL_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int KILLS = 10;
    private static final int EACH = 4;
    private static final int BOUND = 100;

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
            try {
                for (int i = 0; i < 2 * EACH; i++) {
                    jvms.add(program(manager, i, i));
                }
                for (int kill = 0; kill < KILLS; kill++) {
                    LockSupport.parkNanos(KILL_INTERVAL_NS);
                    final int victim = random.nextInt(jvms.size());
                    jvms.get(victim).awaitLine("running", PATIENCE);
                    jvms.get(victim).kill();
                    jvms.set(victim, program(manager, victim, 2 * EACH + kill));
                }
            } finally {
                jvms.forEach(ForkedJvm::close);
            }
            final List<String> rest = new ArrayList<>();
            String item = queue.poll(2, SECONDS);
            while (item != null) {
                rest.add(item);
                item = queue.poll(200, TimeUnit.MILLISECONDS);
            }
            taken.drainTo(rest);
            final Set<String> distinct = new HashSet<>(rest);
            assertEquals(rest.size(), distinct.size(), "an item was had twice");
            assertTrue(rest.size() > BOUND, () -> "hardly anything got through: " + rest.size());
            for (int i = 0; i < BOUND; i++) {
                assertTrue(queue.offer("room " + i), "room was lost");
            }
            assertFalse(queue.offer("one too many"));
        }
    }

    private static ForkedJvm program(final Manager manager, final int place, final int number) {
        return ForkedJvm.start(
                ManagerPeer.class, place < EACH ? "produce" : "pass-on", manager.name(), "under fire", "" + number);
    }

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

    @Test
    @Timeout(120)
    void shouldAlwaysShowAnItemToWhoeverPutIt() throws InterruptedException {
        try (Manager manager = Manager.start()) {
            final SharedQueue<Integer> queue = manager.queue("own", 0);
            for (int i = 0; i < 30_000; i++) {
                queue.put(i);
                if (i % 3 == 0) {
                    assertFalse(queue.isEmpty());
                    assertEquals(1, queue.size());
                }
                assertEquals(i, queue.poll());
            }
        }
    }

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
