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
import java.util.function.Predicate;
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
            switch (random.nextInt(14)) {
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
                case 8 -> assertEquals(model.remove((Object) (i - 5)), list.remove((Object) (i - 5)), "seed=" + seed);
                default -> changeMany(model, random, i, at);
            }
            if (i % 100 == 0) {
                assertEquals(model, new ArrayList<>(list), "seed=" + seed);
            }
        }
        assertEquals(model, new ArrayList<>(list), "seed=" + seed);
        assertEquals(model, list, "seed=" + seed);
    }

    private void changeMany(final List<Object> model, final Random random, final int i, final int at) {
        final List<Object> few = List.of("x" + i / 2, i - 7, "x" + i / 3, -i / 2, new ArrayList<>());
        switch (random.nextInt(5)) {
            case 0 -> assertEquals(model.removeAll(few), list.removeAll(few), "at " + i);
            case 1 -> {
                final List<Object> most = new ArrayList<>(model);
                most.removeIf(item -> item.hashCode() % 40 == 0);
                assertEquals(model.retainAll(most), list.retainAll(most), "at " + i);
            }
            case 2 -> {
                final Predicate<Object> some = item -> item.hashCode() % 50 == 1;
                assertEquals(model.removeIf(some), list.removeIf(some), "at " + i);
            }
            case 3 -> {
                final List<Object> part = model.subList(at / 2, at);
                final List<Object> there = list.subList(at / 2, at);
                assertEquals(part.removeAll(few), there.removeAll(few), "at " + i);
                assertEquals(part.size(), there.size(), "at " + i);
            }
            default -> {
                model.replaceAll(item -> item instanceof Integer n ? n - 1 : item);
                list.replaceAll(item -> item instanceof Integer n ? n - 1 : item);
            }
        }
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
    void shouldRemoveInOneStepWhateverOthersDo() throws InterruptedException {
        final SharedList<Integer> numbers = manager.list();
        final Thread other = new Thread(() -> {
            for (int i = 0; i < 2_000; i += 2) {
                numbers.addAll(0, List.of(i, i + 1));
            }
        });
        other.start();
        while (other.isAlive()) {
            numbers.removeIf(n -> n % 4 == 0);
            numbers.removeAll(List.of(2, 6, 10));
            numbers.replaceAll(n -> n);
            // A pair is added in one step, so an odd number's even one is before it or was removed.
            final List<Integer> now = new ArrayList<>(numbers);
            for (int i = 1; i < now.size(); i++) {
                assertTrue(now.get(i) % 2 == 0 || now.get(i - 1) == now.get(i) - 1 || now.get(i - 1) > now.get(i));
            }
        }
        numbers.removeIf(n -> n % 2 == 0);
        assertEquals(1_000, numbers.size());
        assertTrue(numbers.retainAll(List.of(1, 3, "no number")));
        assertEquals(List.of(3, 1), numbers);
        assertThrows(NullPointerException.class, () -> numbers.removeAll(null));
        assertFalse(numbers.removeAll(List.of(new Object(), "never there")));
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
