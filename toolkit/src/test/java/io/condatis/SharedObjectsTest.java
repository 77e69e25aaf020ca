package io.condatis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.memory.IncompatibleLayoutException;
import io.condatis.memory.NameExistsException;
import io.condatis.memory.NameMissingException;
import io.condatis.memory.ObjectEntry;
import io.condatis.memory.ObjectType;
import io.condatis.memory.OutOfSharedMemoryException;
import io.condatis.sync.Hold;
import io.condatis.sync.SharedLock;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import io.condatis.value.DoubleArray;
import io.condatis.value.DoubleValue;
import io.condatis.value.LongArray;
import io.condatis.value.LongValue;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class SharedObjectsTest {
    private static final int RECORD = 128;

    private final String name = Names.unique();
    private final SharedObjects shared = SharedObjects.create(name, 16 * 1024);

    @AfterEach
    void close() {
        shared.close();
    }

    @Test
    void shouldFindObjectsWithTheirContentWhenAttached() {
        shared.longValue("l", 5);
        shared.doubleValue("d", 2.5);
        shared.longArray("ls", 3).set(2, 7);
        shared.doubleArray("ds", 4).set(3, -0.5);
        shared.lock("lock");
        try (SharedObjects other = SharedObjects.attach(name)) {
            assertEquals(5, other.longValue("l", 99).get());
            assertEquals(5, other.longValue("l").get());
            assertEquals(2.5, other.doubleValue("d").get());
            assertArrayEquals(new long[] {0, 0, 7}, other.longArray("ls").toArray());
            assertArrayEquals(
                    new double[] {0, 0, 0, -0.5}, other.doubleArray("ds", 4).toArray());
            try (Hold held = other.lock("lock").hold()) {
                assertFalse(held.abandoned());
                assertTrue(shared.lock("lock").isLocked());
            }
        }
    }

    @Test
    void shouldGiveSameObjectWhenAskedAgain() {
        assertSame(shared.longValue("l", 1), shared.longValue("l"));
        assertSame(shared.lock("k"), shared.lock("k"));
        assertSame(shared.doubleArray("a", 2), shared.doubleArray("a"));
    }

    @Test
    void shouldNameBothWhenKindTypeOrLengthDiffers() {
        shared.longValue("x", 1);
        shared.longArray("y", 64);

        assertMessage(() -> shared.doubleValue("x", 1), "'x'", "is: value 'q'", "Asked for: value 'd'");
        assertMessage(() -> shared.longArray("x", 1), "is: value 'q'", "Asked for: array of 1 'q'");
        assertMessage(() -> shared.longArray("y", 65), "is: array of 64 'q'", "Asked for: array of 65 'q'");
        assertMessage(() -> shared.doubleArray("y"), "is: array of 64 'q'", "Asked for: array of any number of 'd'");
        assertMessage(() -> shared.lock("y"), "is: array of 64 'q'", "Asked for: lock");
    }

    private static void assertMessage(final Executable action, final String... parts) {
        final String message =
                assertThrows(IncompatibleLayoutException.class, action).getMessage();
        for (final String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    @Test
    void shouldSayThatObjectIsMissingWhenOnlyFinding() {
        final NameMissingException e = assertThrows(NameMissingException.class, () -> shared.longValue("nothing"));

        assertTrue(e.getMessage().contains("'nothing'") && e.getMessage().contains(name), e.getMessage());
        assertThrows(NameMissingException.class, () -> shared.doubleArray("nothing"));
    }

    @Test
    void shouldListObjectsWithTypeAndCount() {
        shared.longValue("a", 1);
        shared.doubleArray("b", 33);
        shared.lock("c");

        assertEquals(
                List.of(
                        new ObjectEntry("a", ObjectType.value('q'), RECORD),
                        new ObjectEntry("b", ObjectType.array('d', 33), 3 * RECORD),
                        new ObjectEntry("c", ObjectType.lock(), SharedLock.LENGTH + RECORD - 1 & -RECORD)),
                shared.entries());
    }

    @Test
    void shouldStateNeedAndFreeAndChangeNothingWhenObjectDoesNotFit() {
        shared.longValue("small", 1);
        final long free = shared.free();

        final OutOfSharedMemoryException e =
                assertThrows(OutOfSharedMemoryException.class, () -> shared.longArray("big", 1 << 20));

        for (final String part :
                List.of("'big'", name, "need=8388608", "free=" + free, "capacity=" + shared.capacity())) {
            assertTrue(e.getMessage().contains(part), e.getMessage());
        }
        assertThrows(OutOfSharedMemoryException.class, () -> shared.array("huge", 'd', Integer.MAX_VALUE));
        assertEquals(free, shared.free());
        assertEquals(1, shared.entries().size());
    }

    @Test
    void shouldUseWholeCapacityAndGiveItBackWhenRemoved() {
        assertTrue(shared.capacity() >= 16 * 1024);
        final long free = shared.free();
        shared.longArray("all", (int) (free / Long.BYTES));
        assertEquals(0, shared.free());
        assertThrows(OutOfSharedMemoryException.class, () -> shared.longValue("one more", 0));

        assertTrue(shared.remove("all"));

        assertFalse(shared.remove("all"));
        assertEquals(free, shared.free());
        assertEquals(0, shared.longValue("one more", 0).get());
    }

    @Test
    void shouldFillFirstGapThatIsLargeEnoughWithZerosWhenReused() {
        shared.longArray("a", 16).fill(-1);
        shared.longArray("b", 32).fill(-1);
        shared.longArray("c", 16).fill(-1);
        shared.remove("b");

        assertArrayEquals(new long[32], shared.longArray("d", 32).toArray());
        assertEquals(-1, shared.longArray("a").get(15));
        assertEquals(-1, shared.longArray("c").get(0));
        assertEquals(shared.capacity() - 4 * RECORD, shared.free());
    }

    @Test
    void shouldSayThatDirectoryIsFullWhenEveryPlaceIsTaken() {
        for (int i = 0; i < 64; i++) {
            shared.longValue("v" + i, i);
        }
        final OutOfSharedMemoryException e =
                assertThrows(OutOfSharedMemoryException.class, () -> shared.longValue("v64", 64));

        assertTrue(e.getMessage().contains("all 64 places"), e.getMessage());
    }

    @Test
    void shouldCloseViewsOfRemovedObjectInThisProcess() {
        final LongValue old = shared.longValue("x", 1);
        shared.remove("x");

        assertThrows(IllegalStateException.class, old::get);
        assertEquals(2, shared.longValue("x", 2).get());
    }

    @Test
    void shouldCloseOldViewWhenAnotherProcessHasRemovedAndMadeTheObjectAnew() {
        final LongValue old = shared.longValue("x", 1);
        try (SharedObjects other = SharedObjects.attach(name)) {
            other.remove("x");
            other.longValue("x", 2);
        }

        assertEquals(2, shared.longValue("x").get());
        assertThrows(IllegalStateException.class, old::get);
    }

    @Test
    void shouldThrowFromEveryObjectAfterClose() {
        final LongValue longValue = shared.longValue("l", 1);
        final DoubleValue doubleValue = shared.doubleValue("d", 1);
        final LongArray longs = shared.longArray("ls", 1);
        final DoubleArray doubles = shared.doubleArray("ds", 1);
        final SharedLock lock = shared.lock("k");

        shared.close();
        shared.close();

        assertThrows(IllegalStateException.class, longValue::get);
        assertThrows(IllegalStateException.class, () -> doubleValue.addAndGet(1));
        assertThrows(IllegalStateException.class, () -> longs.set(0, 1));
        assertThrows(IllegalStateException.class, doubles::toArray);
        assertThrows(IllegalStateException.class, lock::lock);
        assertThrows(IllegalStateException.class, () -> shared.longValue("l"));
        assertThrows(IllegalStateException.class, shared::entries);
        assertThrows(IllegalStateException.class, shared::free);
        assertEquals(name, shared.name());
        assertTrue(shared.toString().contains("closed"));
        assertEquals("closed", longValue.toString());
    }

    @Test
    void shouldRefuseToCreateButAttachWhenNameIsTaken() {
        assertThrows(NameExistsException.class, () -> SharedObjects.create(name));
        shared.longValue("x", 8);
        try (SharedObjects other = SharedObjects.createOrAttach(name, 1)) {
            assertEquals(8, other.longValue("x").get());
        }
        assertDoesNotThrow(() -> shared.longValue("x").get());
    }

    @Test
    void shouldWorkAndStayInterruptedWhenThreadIsInterrupted() {
        Thread.currentThread().interrupt();
        try (SharedObjects created = SharedObjects.create(name + "-interrupted");
                SharedObjects attached = SharedObjects.attach(created.name())) {
            created.longValue("x", 4);
            assertEquals(4, attached.longValue("x").get());
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Integer.MAX_VALUE, 1L << 40})
    void shouldRefuseWhenCapacityCannotBe(final long capacity) {
        final IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> SharedObjects.create(name + "-bad", capacity));
        assertTrue(e.getMessage().contains("capacity=" + capacity), e.getMessage());
    }

    @Test
    void shouldRefuseWhenObjectCannotHaveNameOrLength() {
        assertThrows(IllegalArgumentException.class, () -> shared.longValue("", 1));
        assertThrows(IllegalArgumentException.class, () -> shared.longValue("ż".repeat(41), 1));
        assertThrows(IllegalArgumentException.class, () -> shared.longValue("half \ud800", 1));
        assertThrows(IllegalArgumentException.class, () -> shared.longArray("a", -1));
        assertEquals(0, shared.longArray("empty", 0).toArray().length);
        assertEquals(1, shared.longValue("ż/".repeat(26), 1).get());
    }
}
