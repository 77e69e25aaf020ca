package io.condatis.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.RandomAccess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** CPython's {@code _TestContainers}, by its names, and what nested objects must do. */
class ManagedContainersTest {
    private static Manager manager;

    @BeforeAll
    static void start() {
        manager = Manager.start();
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    private static SharedList<Object> list(final Object... items) {
        final SharedList<Object> list = manager.list();
        list.addAll(Arrays.asList(items));
        return list;
    }

    @Test
    void testList() {
        final SharedList<Object> a = list(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        final SharedList<Object> b = manager.list();
        assertEquals(List.of(), b);
        b.addAll(List.of(0, 1, 2, 3, 4));
        assertEquals(List.of(0, 1, 2, 3, 4), b);
        assertEquals(2, b.get(2));
        assertEquals(List.of(2, 3, 4), b.subList(2, 5));
        b.addAll(b);
        assertEquals(List.of(0, 1, 2, 3, 4, 0, 1, 2, 3, 4), b);
        final List<Object> sum = new ArrayList<>(b);
        sum.addAll(List.of(5, 6));
        assertEquals(12, sum.size());
        assertEquals(10, b.size());

        final SharedList<Object> nested = list(a, b);
        assertEquals(List.of(new ArrayList<>(a), new ArrayList<>(b)), nested);
        final SharedList<Object> outer = list(a);
        a.add("hello");
        assertEquals("hello", ((List<?>) outer.get(0)).get(10));
        assertEquals(11, ((List<?>) nested.get(0)).size());
    }

    @Test
    void testListIsinstance() {
        final Object list = manager.list();
        assertInstanceOf(List.class, list);
        assertFalse(list instanceof RandomAccess, "an index is a message, so algorithms should prefer iterators");
    }

    @Test
    void testListIter() {
        final SharedList<Object> list = list(0, 1, 2);
        final Iterator<Object> iterator = list.iterator();
        assertEquals(0, iterator.next());
        list.add(3);
        final List<Object> rest = new ArrayList<>();
        iterator.forEachRemaining(rest::add);
        assertEquals(List.of(1, 2), rest.subList(0, 2));
        assertFalse(iterator.hasNext());
        assertThrows(NoSuchElementException.class, iterator::next);
    }

    @Test
    void shouldGoOnIteratingWhileItemsAreAppendedAndFailOnceTheyMove() {
        final SharedList<Object> list = list();
        for (int i = 0; i < 4_000; i++) {
            list.add("item " + i);
        }
        final Iterator<Object> first = list.iterator();
        first.next();
        list.add("last");
        int seen = 1;
        while (first.hasNext()) {
            first.next();
            seen++;
        }
        assertEquals(4_001, seen);

        final Iterator<Object> second = list.iterator();
        second.next();
        list.add(0, "new first");
        assertThrows(ConcurrentModificationException.class, () -> second.forEachRemaining(item -> {}));
        final List<Object> range = list.subList(10, 20);
        list.remove(15);
        assertThrows(ConcurrentModificationException.class, () -> range.set(0, "x"));
        assertEquals("item 9", list.get(10));
    }

    @Test
    @SuppressWarnings("unchecked")
    void testListProxyInList() {
        final SharedList<Object> a = list(list(0, 1, 2), list(0, 1, 2), list(0, 1, 2));
        for (final Object inner : a) {
            assertEquals(List.of(0, 1, 2), inner);
        }
        ((List<Object>) a.get(0)).set(2, 55);
        assertEquals(List.of(0, 1, 55), a.get(0));
        assertEquals(List.of(0, 1, 2), a.get(1));
        assertEquals(List.of(0, 1, 2), a.remove(2));
        assertEquals(2, a.size());

        final SharedList<Object> b = list();
        b.add(a);
        a.clear();
        a.add("written through");
        assertEquals("written through", ((List<Object>) b.get(0)).get(0));

        b.add(b);
        assertEquals(2, ((List<Object>) ((List<Object>) b.get(1)).get(1)).size());
        assertTrue(b.toString().matches("\\[list#\\d+, list#\\d+]"), b.toString());
        b.remove(1);
    }

    @Test
    void testDict() {
        final SharedDict<Object, Object> d = manager.dict();
        final List<Object> indices = new ArrayList<>();
        for (int i = 65; i < 70; i++) {
            d.put(i, (char) i);
            indices.add(i);
        }
        assertEquals(Map.of(65, 'A', 66, 'B', 67, 'C', 68, 'D', 69, 'E'), Map.copyOf(d));
        assertEquals(indices, new ArrayList<>(d.keySet()));
        assertEquals(List.of('A', 'B', 'C', 'D', 'E'), new ArrayList<>(d.values()));
        assertEquals("{65=A, 66=B, 67=C, 68=D, 69=E}", d.toString());
    }

    @Test
    void testDictIsinstance() {
        assertInstanceOf(Map.class, manager.dict());
    }

    @Test
    void testDictIter() {
        final SharedDict<Integer, Character> d = manager.dict();
        for (int i = 65; i < 70; i++) {
            d.put(i, (char) i);
        }
        final Iterator<Integer> keys = d.keySet().iterator();
        assertEquals(65, keys.next());
        d.clear();
        assertTrue(d.isEmpty());
        while (keys.hasNext()) {
            assertTrue(keys.next() < 70);
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void testDictProxyNested() {
        SharedDict<String, Object> pets = manager.dict();
        final SharedDict<String, Object> supplies = manager.dict();
        final SharedDict<String, Object> d = manager.dict();
        pets.putAll(Map.of("ferrets", 2, "hamsters", 4));
        supplies.putAll(Map.of("water", 10, "feed", 3));
        d.put("pets", pets);
        d.put("supplies", supplies);

        assertEquals(10, ((Map<String, Object>) d.get("supplies")).get("water"));
        ((Map<String, Object>) d.get("supplies")).put("blankets", 5);
        assertEquals(5, supplies.get("blankets"));
        supplies.put("water", 7);
        assertEquals(7, ((Map<String, Object>) d.get("supplies")).get("water"));
        pets = null;
        System.gc();
        assertEquals(4, ((Map<String, Object>) d.get("pets")).get("hamsters"));

        final SharedList<Object> outer = list();
        outer.add(d);
        outer.add(List.of(1, 2));
        outer.add(d.get("supplies"));
        d.clear();
        assertEquals(7, ((Map<String, Object>) outer.get(2)).get("water"));
        assertFalse(outer.get(1) instanceof SharedList, "a plain list stays plain");
        assertEquals(0, ((Map<String, Object>) outer.get(0)).size());
    }

    @Test
    @SuppressWarnings("unchecked")
    void testNestedQueue() throws InterruptedException {
        final SharedList<Object> list = manager.list();
        final JoinableQueue<Object> first = manager.joinableQueue("nested-1", 0);
        final SharedDict<String, Object> dict = manager.dict();
        list.add(first);
        dict.put("queue", manager.joinableQueue("nested-2", 3));
        ((JoinableQueue<Object>) list.get(0)).put("hello");
        assertEquals("hello", first.take());
        first.taskDone();
        final JoinableQueue<Object> second = (JoinableQueue<Object>) dict.get("queue");
        assertEquals(3, second.remainingCapacity());
        second.put(list);
        assertEquals(1, ((List<Object>) manager.joinableQueue("nested-2", 3).take()).size());
        second.taskDone();
    }

    @Test
    void testNamespace() {
        final Namespace n = manager.namespace();
        n.set("name", "Bob");
        n.set("job", "Builder");
        assertThrows(IllegalArgumentException.class, () -> n.set("_hidden", "hidden"));
        assertEquals("Namespace{name=Bob, job=Builder}", n.toString());
        n.delete("job");
        assertEquals(List.of("name"), n.names());
        assertTrue(n.has("name"));
        assertFalse(n.has("job"));
        assertThrows(NoSuchElementException.class, () -> n.get("job"));
        assertThrows(NoSuchElementException.class, () -> n.delete("job"));
        assertEquals("none", n.get("job", "none"));
        n.set("nothing", null);
        assertNull(n.get("nothing"));
        assertEquals("Bob!", n.<String>update("name", name -> name + "!"));
        assertEquals(1, n.<Integer>update("count", count -> count == null ? 1 : count + 1));
        assertEquals(5, n.addAndGet("long", 5));
        assertEquals(8, n.addAndGet("long", 3));
    }

    @Test
    @SuppressWarnings("unchecked")
    void shouldCopyPlainValuesAndWriteThroughManagedOnes() {
        final SharedDict<String, Object> dict = manager.dict();
        final List<Integer> plain = new ArrayList<>(List.of(1));
        dict.put("plain", plain);
        dict.put("managed", list(1));
        plain.add(2);
        ((List<Integer>) dict.get("plain")).add(3);
        ((List<Object>) dict.get("managed")).add(2);

        assertEquals(List.of(1), dict.get("plain"));
        assertEquals(List.of(1, 2), dict.get("managed"));
    }

    @Test
    void shouldEndAnonymousObjectsThatNobodyHoldsAnyMore() {
        // What earlier tests have forgotten goes at any collection: now, and not between two counts.
        Await.until("nothing without a name is left", () -> {
            System.gc();
            return manager.objects().stream().noneMatch(object -> object.name().isEmpty());
        });
        final SharedList<Object> outer = manager.list();
        final long before = manager.objectCount();
        fillWithLists(outer, 20);
        assertEquals(before + 20, manager.objectCount());

        for (int i = 0; i < 20; i++) {
            assertEquals(i, ((List<?>) outer.get(i)).get(0));
        }
        outer.clear();
        Await.until("the inner lists are gone", Duration.ofSeconds(20), () -> {
            System.gc();
            return manager.objectCount() <= before;
        });
    }

    private static void fillWithLists(final SharedList<Object> outer, final int count) {
        for (int i = 0; i < count; i++) {
            outer.add(list(i));
        }
    }

    @Test
    void shouldRefuseAProxyAsAKeyOrOfAnotherManager() {
        final SharedDict<Object, Object> dict = manager.dict();
        final SharedList<Object> key = manager.list();

        assertThrows(IllegalArgumentException.class, () -> dict.put(key, 1));
        assertThrows(IllegalArgumentException.class, () -> manager.set().add(key));
        try (Manager other = Manager.start()) {
            final SharedList<Object> foreign = other.list();
            final IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> dict.put("k", foreign));
            assertTrue(e.getMessage().contains(other.name()), e.getMessage());
        }
        assertTrue(dict.isEmpty());
    }

    @Test
    void shouldSayThatAnObjectIsGoneWhenItWasDeleted() {
        final SharedList<Object> list = manager.list("to delete");
        list.add(1);
        assertTrue(manager.delete("to delete"));

        assertThrows(IllegalStateException.class, () -> list.get(0));
        assertThrows(IllegalStateException.class, () -> list.add(1));
        assertThrows(IllegalStateException.class, () -> list.iterator().hasNext());
        assertTrue(manager.list("to delete").isEmpty());
    }
}
