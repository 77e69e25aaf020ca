package io.condatis.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.Await;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.AtomicBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** CPython's {@code _TestHeap}, for the heap of an arena. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class TestHeapTest {
    private static final String SEED = "condatis.test.seed";
    private static final int ITERATIONS = 5000;
    private static final int MOST_BLOCKS = 50;
    private static final int RECORD = 128;
    private static final int CAPACITY = 4 << 20;

    private final String name = Names.unique();

    @Test
    @DisplayName("test_heap")
    void shouldAccountForEveryByteWhenObjectsComeAndGoAtRandom() {
        final long seed = Long.getLong(SEED, System.nanoTime());
        System.out.println("TestHeapTest: -D" + SEED + "=" + seed);
        final Random random = new Random(seed);
        final List<String> blocks = new ArrayList<>();
        try (Arena arena = Arena.create(name, CAPACITY)) {
            for (int i = 0; i < ITERATIONS; i++) {
                final int size = (int) Math.max(1, Math.exp(random.nextDouble() * 10));
                blocks.add("block-" + i);
                arena.obtain("block-" + i, ObjectType.array('b', size), size, buffer -> {});
                if (blocks.size() > MOST_BLOCKS) {
                    assertTrue(arena.remove(blocks.remove(random.nextInt(blocks.size()))));
                }
                if (i % 100 == 0) {
                    assertAccounted(arena, blocks.size());
                }
            }
            assertAccounted(arena, blocks.size());
            blocks.forEach(block -> assertTrue(arena.remove(block)));
            assertEquals(arena.capacity(), arena.freeBytes());
            assertTrue(arena.entries().isEmpty());
            final int all = (int) arena.capacity();
            arena.obtain("everything", ObjectType.array('b', all), all, buffer -> {});
            assertEquals(0, arena.freeBytes());
        }
    }

    /** What is used and what is free is the whole, and no two records overlap. */
    private static void assertAccounted(final Arena arena, final int expected) {
        final List<ObjectEntry> entries = arena.entries();
        assertEquals(expected, entries.size());
        final TreeMap<Long, Long> ends = new TreeMap<>();
        long used = 0;
        for (final ObjectEntry entry : entries) {
            final AtomicBuffer buffer = arena.find(entry.name(), entry.type()).buffer();
            assertEquals(0, entry.lengthBytes() % RECORD, entry.toString());
            ends.put(buffer.addressOffset(), buffer.addressOffset() + entry.lengthBytes());
            used += entry.lengthBytes();
        }
        assertEquals(entries.size(), ends.size());
        long end = Long.MIN_VALUE;
        for (final Map.Entry<Long, Long> record : ends.entrySet()) {
            assertTrue(record.getKey() >= end, "records overlap");
            end = record.getValue();
        }
        assertEquals(arena.capacity(), used + arena.freeBytes());
    }

    @Test
    @DisplayName("test_free_from_gc")
    void shouldNotDeadlockWhenObjectsAreRemovedByTheGarbageCollector() {
        final Cleaner cleaner = Cleaner.create();
        final AtomicInteger removed = new AtomicInteger();
        final int objects = 2000;
        try (Arena arena = Arena.create(name, CAPACITY)) {
            for (int i = 0; i < objects; i++) {
                final String object = "object-" + i;
                arena.obtain(object, ObjectType.value('q'), Long.BYTES, buffer -> {});
                cleaner.register(new Object(), () -> {
                    arena.remove(object);
                    removed.incrementAndGet();
                });
                if (i % 200 == 0) {
                    System.gc();
                }
            }
            Await.until("the collector has removed all", () -> {
                System.gc();
                return removed.get() == objects;
            });
            assertEquals(arena.capacity(), arena.freeBytes());
        }
    }
}
