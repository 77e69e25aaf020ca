package io.condatis.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.error.CondatisException;
import io.condatis.payload.PayloadException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.ListIterator;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ManagedListTest {
    private static Manager manager;
    private final SharedList<Object> list = manager.list();

    @BeforeAll
    static void start() {
        manager = Manager.start();
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    @Test
    void shouldAgreeWithAnArrayListWhateverIsDone() {
        final long seed = Long.getLong("condatis.seed", System.nanoTime());
        final Random random = new Random(seed);
        final List<Object> model = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            final int size = model.size();
            final int at = random.nextInt(size + 1);
            switch (random.nextInt(9)) {
                case 0, 1 -> {
                    model.add(at, i);
                    list.add(at, i);
                }
                case 2 -> {
                    final List<Object> more = new ArrayList<>(Collections.nCopies(random.nextInt(40), "x" + i));
                    model.addAll(at, more);
                    list.addAll(at, more);
                }
                case 3 -> {
                    if (at < size) {
                        assertEquals(model.remove(at), list.remove(at), "seed=" + seed);
                    }
                }
                case 4 -> {
                    final int to = at + random.nextInt(Math.min(30, size - at + 1));
                    model.subList(at, to).clear();
                    list.subList(at, to).clear();
                }
                case 5 -> {
                    if (at < size) {
                        assertEquals(model.set(at, -i), list.set(at, -i), "seed=" + seed);
                    }
                }
                case 6 -> assertEquals(model.indexOf(i / 2), list.indexOf(i / 2), "seed=" + seed);
                case 7 -> assertEquals(model.lastIndexOf("x" + i / 2), list.lastIndexOf("x" + i / 2), "seed=" + seed);
                default -> assertEquals(model.remove((Object) (i - 5)), list.remove((Object) (i - 5)), "seed=" + seed);
            }
            if (i % 100 == 0) {
                assertEquals(model, new ArrayList<>(list), "seed=" + seed);
            }
        }
        assertEquals(model, new ArrayList<>(list), "seed=" + seed);
        assertEquals(model, list, "seed=" + seed);
    }

    @Test
    void shouldAddManyItemsInFewMessagesAndNoneWhenOneCannotBeWritten() {
        final List<Integer> many = IntStream.range(0, 50_000).boxed().toList();

        assertTrue(list.addAll(many));
        assertEquals(many, new ArrayList<>(list));
        assertThrows(PayloadException.class, () -> list.addAll(Arrays.asList(1, 2, new Object())));
        assertEquals(50_000, list.size());
        assertEquals(49_999, list.indexOf(49_999));
        assertEquals(0, list.lastIndexOf(0));
        assertTrue(list.addAll(1, many));
        assertEquals(0, list.get(1));
        assertEquals(1, list.get(50_001));
        assertEquals(100_000, list.size());
        assertEquals(99_999, list.lastIndexOf(49_999));
        assertEquals(-1, list.indexOf("not there"));
        list.clear();
        assertEquals(0, list.size());
    }

    @Test
    void shouldSortAndReverseAtOnce() {
        final List<Object> items = new ArrayList<>(List.of("pear", "fig", "apple", "kiwi", "date"));
        list.addAll(items);
        list.sort(null);
        assertEquals(List.of("apple", "date", "fig", "kiwi", "pear"), list);
        list.reverse();
        assertEquals(List.of("pear", "kiwi", "fig", "date", "apple"), list);
        list.sort(Comparator.comparing(item -> item.toString().length()));
        assertEquals(List.of("fig", "pear", "kiwi", "date", "apple"), list);
        list.subList(1, 4).sort(null);
        assertEquals(List.of("fig", "date", "kiwi", "pear", "apple"), list);
        list.replaceAll(item -> item + "s");
        assertEquals("figs", list.get(0));
        Collections.swap(list, 0, 4);
        assertEquals("apples", list.get(0));
    }

    @Test
    void shouldSortAMixedOrderWhileAnotherThreadAppends() throws InterruptedException {
        final SharedList<Integer> numbers = manager.list();
        final Random random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            numbers.add(random.nextInt(1_000));
        }
        final Thread appender = new Thread(() -> {
            for (int i = 0; i < 50; i++) {
                numbers.add(10_000 + i);
            }
        });
        appender.start();
        numbers.sort(null);
        appender.join();

        final List<Integer> result = new ArrayList<>(numbers);
        assertEquals(1_050, result.size());
        final List<Integer> sorted = new ArrayList<>(result);
        sorted.sort(null);
        assertEquals(sorted, result);
    }

    @Test
    void shouldUpdateAnItemAtomically() throws InterruptedException {
        final SharedList<Long> counters = manager.list();
        counters.add(0L);
        final Thread other = new Thread(() -> add(counters));
        other.start();
        add(counters);
        other.join();

        assertEquals(1_000, counters.get(0));
        assertTrue(counters.compareAndSet(0, 1_000L, 7L));
        assertFalse(counters.compareAndSet(0, 1_000L, 8L));
        assertThrows(IndexOutOfBoundsException.class, () -> counters.update(1, n -> n));
    }

    private static void add(final SharedList<Long> counters) {
        for (int i = 0; i < 500; i++) {
            counters.update(0, n -> n + 1);
        }
    }

    @Test
    void shouldTakeFromBothEnds() {
        list.addAll(Arrays.asList(1, null, 3));
        assertEquals(1, list.removeFirst());
        assertEquals(3, list.removeLast());
        assertNull(list.removeLast());
        assertThrows(NoSuchElementException.class, list::removeLast);
        assertThrows(NoSuchElementException.class, list::removeFirst);
    }

    @Test
    void shouldWalkAndEditBothWays() {
        for (int i = 0; i < 5_000; i++) {
            list.add(i);
        }
        final ListIterator<Object> cursor = list.listIterator(5_000);
        for (int i = 4_999; i >= 0; i--) {
            assertEquals(i, cursor.previous());
            if (i % 1_000 == 0) {
                cursor.remove();
            } else if (i % 777 == 0) {
                cursor.set("set");
                cursor.add("added");
                assertEquals("added", cursor.previous());
            }
        }
        assertFalse(cursor.hasPrevious());
        assertEquals(5_000 - 5 + 6, list.size());
        assertEquals(6, Collections.frequency(list, "added"));
    }

    @Test
    void shouldRefuseIndexesOutsideAndChangeNothing() {
        list.add("a");

        assertThrows(IndexOutOfBoundsException.class, () -> list.get(1));
        assertThrows(IndexOutOfBoundsException.class, () -> list.get(-1));
        assertThrows(IndexOutOfBoundsException.class, () -> list.set(1, "b"));
        assertThrows(IndexOutOfBoundsException.class, () -> list.add(2, "b"));
        assertThrows(IndexOutOfBoundsException.class, () -> list.add(-1, "b"));
        assertThrows(IndexOutOfBoundsException.class, () -> list.remove(-1));
        assertThrows(IndexOutOfBoundsException.class, () -> list.remove(1));
        assertThrows(IndexOutOfBoundsException.class, () -> list.subList(0, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> list.listIterator(2));
        assertThrows(CondatisException.class, () -> list.add(new byte[80 << 20]));
        assertEquals(List.of("a"), list);
    }
}
