package io.condatis.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.LongForm;
import io.condatis.testing.Names;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.AtomicBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Processes that make and remove objects at random while they are killed: for a minute in the {@linkplain LongForm long
 * form}.
 */
@Timeout(180)
@ExtendWith(LeakCheck.class)
class AllocatorTortureTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final long SECONDS = LongForm.of(5, 60);
    private static final int FEWEST_KILLS = 3;
    private static final int PROCESSES = 3;
    private static final int NAMES = 60;
    private static final int MAX_LENGTH = 40_000;
    private static final int CAPACITY = 1 << 20;
    private static final long MOST_NS_BETWEEN_KILLS = TimeUnit.MILLISECONDS.toNanos(500);

    private final String name = Names.unique();

    @Test
    void shouldAccountForAllSpaceWhenAllocatorsAreKilledAtRandom() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final List<ForkedJvm> workers = new ArrayList<>();
        int kills = 0;
        try (Arena arena = Arena.create(name, CAPACITY)) {
            try {
                final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
                while (kills < FEWEST_KILLS || System.nanoTime() < endNs) {
                    while (workers.size() < PROCESSES) {
                        workers.add(ForkedJvm.start(Allocator.class, name, Long.toString(random.nextLong())));
                    }
                    final ForkedJvm victim = workers.remove(random.nextInt(workers.size()));
                    victim.awaitLine("allocating", DEADLINE);
                    LockSupport.parkNanos((long) (random.nextDouble() * MOST_NS_BETWEEN_KILLS));
                    victim.kill();
                    assertEquals(137, victim.exitCode(DEADLINE), victim.output());
                    victim.close();
                    kills++;
                    assertConsistent(arena, false);
                }
            } finally {
                workers.forEach(ForkedJvm::close);
            }
            assertConsistent(arena, true);
            final int left = arena.entries().size();
            arena.entries().forEach(entry -> assertTrue(arena.remove(entry.name())));
            assertEquals(arena.capacity(), arena.freeBytes());
            System.out.println("allocators killed: " + kills + ", objects left: " + left + ", seed " + seed);
        }
    }

    private static void assertConsistent(final Arena arena, final boolean alone) {
        final List<ObjectEntry> entries = arena.entries();
        assertEquals(
                entries.size(),
                entries.stream().map(ObjectEntry::name).distinct().count(),
                "a name is there twice");
        if (!alone) {
            return;
        }
        long used = 0;
        final TreeMap<Long, ObjectEntry> byAddress = new TreeMap<>();
        for (final ObjectEntry entry : entries) {
            final AtomicBuffer buffer = arena.find(entry.name(), entry.type()).buffer();
            assertEquals(entry.type().count(), buffer.capacity());
            for (int i = 0; i < buffer.capacity(); i++) {
                assertEquals(patternOf(entry.name()), buffer.getByte(i), entry + " at " + i);
            }
            byAddress.put(buffer.addressOffset(), entry);
            used += entry.lengthBytes();
        }
        long end = Long.MIN_VALUE;
        for (final var record : byAddress.entrySet()) {
            assertTrue(record.getKey() >= end, record + " overlaps the one before");
            end = record.getKey() + record.getValue().lengthBytes();
        }
        assertEquals(arena.capacity(), used + arena.freeBytes());
    }

    private static byte patternOf(final String name) {
        return (byte) name.hashCode();
    }

    /** Makes and removes objects until it is killed. */
    static final class Allocator {
        public static void main(final String[] args) {
            final Random random = new Random(Long.parseLong(args[1]));
            try (Arena arena = Arena.attach(args[0])) {
                System.out.println("allocating");
                while (true) {
                    final String object = "object-" + random.nextInt(NAMES);
                    if (!arena.remove(object)) {
                        allocate(arena, object, random.nextInt(MAX_LENGTH));
                    }
                }
            }
        }

        private static void allocate(final Arena arena, final String object, final int length) {
            try {
                arena.obtain(
                        object,
                        ObjectType.array('b', length),
                        length,
                        buffer -> buffer.setMemory(0, length, patternOf(object)));
            } catch (final IncompatibleLayoutException | OutOfSharedMemoryException e) {
                arena.remove("object-0");
            }
        }
    }
}
