package io.condatis.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** CPython's {@code TestSyncManagerTypes}, by its names, and what deaths may do to containers. */
@ExtendWith(LeakCheck.class)
class ContainersAcrossProcessesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static Manager manager;

    @BeforeAll
    static void start() {
        manager = Manager.start();
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    private static void run(final String program) {
        try (ForkedJvm worker = ForkedJvm.start(ContainersPeer.class, program, manager.name())) {
            assertEquals(0, worker.exitCode(PATIENCE), worker::output);
        }
    }

    @Test
    void testList() {
        final SharedList<Integer> list = manager.list("list");
        list.addAll(List.of(1, 2, 3));
        run("list");
        assertEquals(List.of(), list);
    }

    @Test
    void testDict() {
        final SharedDict<String, Integer> dict = manager.dict("dict");
        dict.put("a", 1);
        run("dict");
        assertEquals(Map.of(), dict);
    }

    @Test
    void testValue() {
        final SharedValue<Integer> value = manager.value("value", 1);
        run("value");
        assertEquals(42, value.get());
    }

    @Test
    void testArray() {
        final SharedArray array = manager.array("array", 'i', new int[] {0, 1, 2, 3, 4});
        run("array");
        assertEquals(10, array.get(0));
    }

    @Test
    void testNamespace() {
        final Namespace namespace = manager.namespace("namespace");
        namespace.set("x", 0);
        run("namespace");
        assertEquals(1, namespace.<Integer>get("x"));
        assertEquals(1, namespace.<Integer>get("y"));
    }

    @Test
    void testSet() {
        final Set<String> set = manager.set("set");
        set.addAll(List.of("a", "b", "c"));
        run("set");
        assertEquals(List.of("d", "x", "y"), new ArrayList<>(set));
    }

    @Test
    void testQueue() {
        final SharedQueue<String> queue = manager.queue("queue", 2);
        queue.addAll(List.of("first", "second"));
        run("queue");
        assertTrue(queue.isEmpty());
    }

    @Test
    void testJoinableQueue() throws InterruptedException {
        final JoinableQueue<String> queue = manager.joinableQueue("joinable", 2);
        queue.addAll(List.of("first", "second"));
        run("joinable");
        assertTrue(queue.isEmpty());
        assertTrue(queue.join(0, TimeUnit.SECONDS));
    }

    @Test
    void testSetInit() {
        final Set<Object> set = manager.set();
        set.addAll(Set.of(1, 2));
        set.addAll(List.of(2, 3));
        set.addAll(Map.of(4, "x").keySet());
        assertEquals(Set.of(1, 2, 3, 4), set);
    }

    /** Scenario 20 of the semantics. */
    @Test
    @SuppressWarnings("unchecked")
    void shouldWriteThroughNestedObjectsFromThreeProcessesAndEndThemWithTheirHolder() {
        final long before = manager.objectCount();
        final SharedList<Object> outer = manager.list("outer");
        nest(outer);
        try (ForkedJvm one = ForkedJvm.start(ContainersPeer.class, "nested", manager.name(), "one");
                ForkedJvm two = ForkedJvm.start(ContainersPeer.class, "nested", manager.name(), "two");
                ForkedJvm three = ForkedJvm.start(ContainersPeer.class, "nested", manager.name(), "three")) {
            for (final ForkedJvm worker : List.of(one, two, three)) {
                assertEquals(0, worker.exitCode(PATIENCE), worker::output);
            }
        }
        checkNested(outer);
        outer.clear();
        Await.until("the nested objects are gone", Duration.ofSeconds(20), () -> {
            System.gc();
            return manager.objectCount() == before + 1;
        });
        assertTrue(manager.delete("outer"));
        assertEquals(before, manager.objectCount());
    }

    /** In a method of its own, so that no proxy of what is inside stays reachable. */
    private static void nest(final SharedList<Object> outer) {
        final SharedDict<String, Object> middle = manager.dict();
        final SharedList<Object> inner = manager.list();
        inner.add(0);
        middle.put("inner", inner);
        middle.put("lock", manager.lock());
        middle.put("under lock", 0);
        outer.add(middle);
    }

    @SuppressWarnings("unchecked")
    private static void checkNested(final SharedList<Object> outer) {
        final SharedDict<String, Object> middle = (SharedDict<String, Object>) outer.get(0);
        final List<Object> inner = (List<Object>) middle.get("inner");
        assertEquals(600, inner.get(0));
        assertEquals(600, middle.getLong("count", 0));
        assertEquals(600, middle.get("under lock"));
        assertEquals(601, inner.size());
        assertEquals(200, Collections.frequency(inner, "two"));
    }

    @Test
    void shouldHoldWholeBatchesAndNoOrphansWhenClientsAreKilled() {
        final SharedList<Object> list = manager.list("killed");
        final SharedDict<Object, Object> dict = manager.dict("killed dict");
        final long before = manager.objectCount();
        for (int round = 0; round < 4; round++) {
            try (ForkedJvm one = ForkedJvm.start(ContainersPeer.class, "change-without-end", manager.name());
                    ForkedJvm two = ForkedJvm.start(ContainersPeer.class, "change-without-end", manager.name())) {
                one.awaitLine("changing", PATIENCE);
                two.awaitLine("changing", PATIENCE);
                Await.until("both have changed it", PATIENCE, () -> list.size() > 20);
                one.kill();
                two.kill();
            }
            Await.until(
                    "the objects of the dead are gone", Duration.ofSeconds(10), () -> manager.objectCount() == before);
            final List<Object> items = new ArrayList<>(list);
            for (int i = 0; i + 1 < Math.min(items.size(), 500); i += 2) {
                assertEquals("pair", items.get(i), "half a batch at " + i);
                assertTrue(items.get(i + 1) instanceof Integer, "half a batch at " + i);
            }
            assertEquals(dict.get("first"), dict.get("second"));
            list.clear();
        }
    }

    @Test
    void shouldTellWhenTheServerIsKilled() {
        try (Manager doomed = Manager.start()) {
            final SharedList<Object> list = doomed.list();
            final SharedArray array = doomed.array('i', 1);
            final Namespace namespace = doomed.namespace();
            ProcessHandle.of(doomed.serverPid()).orElseThrow().destroyForcibly();

            assertThrows(ManagerLostException.class, () -> list.add(1));
            assertThrows(ManagerLostException.class, () -> array.get(0));
            assertThrows(ManagerLostException.class, () -> namespace.set("x", 1));
        }
    }
}
