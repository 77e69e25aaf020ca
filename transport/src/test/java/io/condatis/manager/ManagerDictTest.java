package io.condatis.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.payload.PayloadException;
import io.condatis.payload.PayloadTypes;
import io.condatis.testing.ForkedJvm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class ManagerDictTest {
    private static Manager manager;
    private ConcurrentMap<Object, Object> dict;

    record Secret(int value) {}

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
        dict = manager.dict(info.getDisplayName());
    }

    @Test
    void shouldKeepWhatWasPutUntilItIsRemoved() {
        assertNull(dict.put("price", 25741.02));
        assertEquals(25741.02, dict.put("price", 25741.03));
        assertEquals(25741.03, dict.get("price"));
        assertTrue(dict.containsKey("price"));
        assertEquals(1, dict.size());
        assertEquals(25741.03, dict.remove("price"));
        assertNull(dict.get("price"));
        assertNull(dict.remove("price"));
        assertTrue(dict.isEmpty());
    }

    @Test
    void shouldTellKeysApartByTypeAndValue() {
        dict.put(1, "int");
        dict.put(1L, "long");
        dict.put("1", "text");

        assertEquals("int", dict.get(1));
        assertEquals("long", dict.get(1L));
        assertEquals("text", dict.get("1"));
    }

    @Test
    void shouldStoreOnlyWhenTheConditionHolds() {
        assertNull(dict.putIfAbsent("k", 1));
        assertEquals(1, dict.putIfAbsent("k", 2));
        assertNull(dict.replace("absent", 1));
        assertEquals(1, dict.replace("k", 3));
        assertFalse(dict.replace("k", 1, 4));
        assertTrue(dict.replace("k", 3, 4));
        assertFalse(dict.remove("k", 3));
        assertTrue(dict.remove("k", 4));
        assertFalse(dict.replace("k", 4, 5));
    }

    @Test
    void shouldCompareValuesByEqualsEvenWhereTheirBytesDiffer() {
        final Map<String, Integer> stored = new HashMap<>(4);
        stored.put("Aa", 1);
        stored.put("BB", 2);
        final Map<String, Integer> equal = new HashMap<>(64);
        equal.put("BB", 2);
        equal.put("Aa", 1);
        dict.put("k", stored);

        assertTrue(dict.replace("k", equal, "replaced"));
    }

    @Test
    void shouldComputeFromThePresentValue() {
        assertEquals(1, dict.merge("n", 1, (a, b) -> (Integer) a + (Integer) b));
        assertEquals(3, dict.merge("n", 2, (a, b) -> (Integer) a + (Integer) b));
        assertEquals(4, dict.compute("n", (key, value) -> (Integer) value + 1));
        assertEquals(4, dict.computeIfAbsent("n", key -> 100));
        assertNull(dict.computeIfPresent("n", (key, value) -> null));
        assertFalse(dict.containsKey("n"));
        assertNull(dict.computeIfAbsent("n", key -> null));
        assertEquals(9, dict.computeIfAbsent("n", key -> 9));
    }

    @Test
    void shouldIterateInTheOrderOfInsertionOverManyPages() {
        final int count = 3_000;
        final List<Object> expected = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            dict.put("key " + i, "value " + i);
            expected.add("key " + i);
        }

        assertEquals(expected, new ArrayList<>(dict.keySet()));
        assertEquals(count, Set.copyOf(dict.values()).size());
        assertTrue(dict.containsValue("value 2999"));
        assertTrue(dict.keySet().removeIf(key -> !"key 7".equals(key)));
        assertEquals(Map.of("key 7", "value 7"), Map.copyOf(dict));
        dict.replaceAll((key, value) -> value + "!");
        assertEquals("value 7!", dict.get("key 7"));
        dict.clear();
        assertEquals(0, dict.size());
    }

    /** The guide shows it: what a function is given is a copy, and what it returns is stored, the same object or another one. */
    @Test
    void shouldStoreWhatAFunctionHasChangedInPlaceAndReturned() {
        dict.put("list", new ArrayList<>(List.of(1)));
        dict.compute("list", (key, list) -> with(list, 2));
        dict.computeIfPresent("list", (key, list) -> with(list, 3));
        dict.merge("list", List.of(4), (list, more) -> with(list, 4));
        dict.replaceAll((key, list) -> with(list, 5));
        ((SharedDict<Object, Object>) dict).update("list", list -> with(list, 6));
        assertEquals(List.of(1, 2, 3, 4, 5, 6), dict.get("list"));

        dict.computeIfAbsent("list", key -> "not asked for");
        assertEquals(List.of(1, 2, 3, 4, 5, 6), dict.computeIfAbsent("list", key -> "not asked for"));
    }

    @SuppressWarnings("unchecked")
    private static Object with(final Object list, final int item) {
        ((List<Object>) list).add(item);
        return list;
    }

    @Test
    void shouldRefuseNullAndWhatCannotBeSerialised() {
        assertThrows(NullPointerException.class, () -> dict.put(null, 1));
        assertThrows(NullPointerException.class, () -> dict.put(1, null));
        assertThrows(NullPointerException.class, () -> dict.get(null));
        assertThrows(PayloadException.class, () -> dict.put(1, new Object()));
        assertEquals(0, dict.size());
    }

    @Test
    void shouldHurtOnlyTheReaderOfAValueThatIsNotAllowed(final TestInfo info) {
        assertThrows(PayloadException.class, () -> dict.put("secret", new Secret(1)));
        try (Manager generous = Manager.connect(
                new ManagerHandle(manager.name(), PayloadTypes.standard().with(Secret.class)))) {
            generous.dict(info.getDisplayName()).put("secret", new Secret(1));
        }
        dict.put("open", 1);

        final PayloadException e = assertThrows(PayloadException.class, () -> dict.get("secret"));

        assertTrue(e.getMessage().contains("ManagerOptions.allow"), e.getMessage());
        assertEquals(1, dict.get("open"));
    }

    @Test
    void shouldRefuseANameThatBelongsToAnotherKind(final TestInfo info) {
        dict.put(1, 1);

        final IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> manager.joinableQueue(info.getDisplayName(), 1));

        assertTrue(e.getMessage().contains(info.getDisplayName()), e.getMessage());
    }

    @Test
    void shouldMergeAtomicallyAcrossProcesses() {
        final int times = 1_000;
        try (ForkedJvm one = ForkedJvm.start(ManagerPeer.class, "merge", manager.name(), "" + times);
                ForkedJvm two = ForkedJvm.start(ManagerPeer.class, "merge", manager.name(), "" + times)) {
            assertEquals(0, one.exitCode(Duration.ofSeconds(30)), one::output);
            assertEquals(0, two.exitCode(Duration.ofSeconds(30)), two::output);
        }

        assertEquals(2 * times, manager.<String, Integer>dict("counts").get("n"));
    }

    @Test
    void shouldAnswerEveryOneOfManyThreads() throws InterruptedException {
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        final List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            final int id = t;
            threads.add(new Thread(() -> {
                for (int i = 0; i < 500; i++) {
                    dict.put(id, i);
                    if (!Integer.valueOf(i).equals(dict.get(id))) {
                        failure.set(new AssertionError("thread " + id + " read another's answer"));
                    }
                }
            }));
            threads.get(t).setUncaughtExceptionHandler((thread, e) -> failure.set(e));
            threads.get(t).start();
        }
        for (final Thread thread : threads) {
            thread.join();
        }

        assertNull(failure.get());
        assertEquals(8, dict.size());
    }
}
