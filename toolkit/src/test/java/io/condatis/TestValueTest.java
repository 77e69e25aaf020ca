package io.condatis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.sync.SharedLock;
import io.condatis.sync.SharedReentrantLock;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import io.condatis.value.CType;
import io.condatis.value.CharArray;
import io.condatis.value.IntArray;
import io.condatis.value.IntValue;
import io.condatis.value.LongValue;
import io.condatis.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** CPython's {@code _TestValue}. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class TestValueTest {
    private static final Map<Character, Object> FIRST =
            new TreeMap<>(Map.of('i', 4343, 'd', 3.625, 'h', -232, 'q', 1L << 33, 'c', (int) 'x'));
    private static final Map<Character, Object> SECOND =
            new TreeMap<>(Map.of('i', 24234, 'd', -4.25, 'h', 234, 'q', 1L << 34, 'c', (int) 'y'));

    private final String name = Names.unique();
    private SharedObjects shared;

    @BeforeEach
    void createObjects() {
        shared = SharedObjects.create(name);
    }

    @AfterEach
    void closeObjects() {
        shared.close();
    }

    /** The child. */
    static final class SetSecond {
        public static void main(final String[] args) {
            try (SharedObjects shared = SharedObjects.attach(args[0])) {
                for (final Map.Entry<Character, Object> entry : FIRST.entrySet()) {
                    final Value value = shared.value("v" + entry.getKey());
                    assertEquals(entry.getValue(), value.boxed());
                    value.setBoxed(SECOND.get(entry.getKey()));
                }
            }
        }
    }

    private void changeInAChild(final Map<Character, Value> values) {
        values.forEach((code, value) -> assertEquals(FIRST.get(code), value.boxed()));
        try (ForkedJvm child = ForkedJvm.start(SetSecond.class, name)) {
            assertEquals(0, child.exitCode(Duration.ofSeconds(30)), child.output());
        }
        values.forEach((code, value) -> assertEquals(SECOND.get(code), value.boxed()));
    }

    @Test
    void testValue() {
        final Map<Character, Value> values = new TreeMap<>();
        FIRST.forEach((code, initial) -> values.put(code, shared.value("v" + code, code, initial)));
        changeInAChild(values);
    }

    @Test
    void testRawValue() {
        final Map<Character, Value> values = new TreeMap<>();
        FIRST.forEach((code, initial) -> values.put(code, shared.rawValue("v" + code, code, initial)));
        changeInAChild(values);
    }

    @Test
    void testGetobjGetlock() {
        final IntValue locked = shared.value("locked", 'i', 5);
        locked.lock().lock();
        assertThrows(IllegalStateException.class, locked.raw()::lock);
        assertEquals(5, locked.raw().get());
        locked.lock().unlock();

        final SharedLock own = shared.lock("own");
        assertSame(own, locked.withLock(own).lock());

        final IntValue raw = shared.rawValue("raw", 'i', 5);
        assertThrows(IllegalStateException.class, raw::lock);
        assertThrows(NullPointerException.class, () -> raw.withLock(null));
    }

    @Test
    void shouldLetTheHolderOfItsOwnLockInAgain() {
        final IntValue value = shared.value("n", 'i', 1);
        final IntArray array = shared.array("a", 'i', 3);
        for (final Lock lock :
                List.of(value.lock(), array.lock(), array.slice(0, 1).lock())) {
            lock.lock();
            assertTrue(lock.tryLock());
            value.set(value.get() + 1);
            array.set(0, value.get());
            lock.unlock();
            assertTrue(((SharedReentrantLock) lock).isHeldByCurrentThread());
            lock.unlock();
            assertFalse(((SharedReentrantLock) lock).isLocked());
        }
        assertEquals(4, array.get(0));
    }

    @Test
    void shouldUseTheLockThatTheCallerGivesAsItIs() {
        final SharedLock own = shared.lock("own");
        final IntValue value = shared.<IntValue>value("n", 'i', 1).withLock(own);
        final IntArray array = shared.<IntArray>rawArray("a", 'i', 3).withLock(own);
        own.lock();
        try {
            assertSame(own, value.lock());
            assertSame(own, array.slice(1, 2).lock());
            assertFalse(value.lock().tryLock(), "a lock that is not reentrant stays so");
            value.set(value.get() + 1);
            array.fill(value.get());
            array.sort();
            assertEquals(6, array.stream().sum());
            assertEquals("2", value.toString());
        } finally {
            own.unlock();
        }
    }

    @Test
    void shouldFindTheSameObjectByEveryDoor() {
        final LongValue typed = shared.longValue("n", 7);
        assertSame(typed, shared.value("n"));
        assertSame(typed, shared.value("n", 'q', 0));
        assertSame(typed, shared.rawValue("n", CType.LONG_LONG, 0));
        final LongValue unsigned = shared.value("unsigned", 'I', -1);
        assertEquals(4294967295L, unsigned.get());
        assertThrows(RuntimeException.class, () -> shared.longValue("unsigned"));
        assertThrows(ClassCastException.class, () -> {
            final IntValue wrong = shared.value("n");
            assertEquals(7, wrong.get());
        });
        assertEquals(0.1f, shared.floatValue("f", 0.1f).get());
        assertTrue(shared.booleanValue("b", true).get());
        assertEquals(3, shared.intValue("i", 3).get());
        final CharArray text = shared.array("text", 'c', new byte[] {'h', 'i'});
        assertArrayEquals(new byte[] {'h', 'i'}, text.value());
    }

    @Test
    void shouldMakeNothingWhenInitialValueCannotBe() {
        final long free = shared.free();
        assertThrows(IllegalArgumentException.class, () -> shared.value("n", 'i', 7.5));
        assertThrows(IllegalArgumentException.class, () -> shared.array("a", 'i', new double[] {1}));
        assertThrows(IllegalArgumentException.class, () -> shared.array("a", 'i', 1.0));
        assertThrows(IllegalArgumentException.class, () -> shared.array("a", 'i', -1));
        assertThrows(IllegalArgumentException.class, () -> shared.value("n", 'x', 1));
        assertEquals(free, shared.free());
        assertEquals(7, ((IntValue) shared.value("n", 'i', 7)).get());
    }

    @Test
    void shouldGiveTheLockToTheNextWhenItsOwnerIsAnotherProcess() {
        final IntValue value = shared.value("n", 'i', 0);
        value.lock().lock();
        try (ForkedJvm child = ForkedJvm.start(AddUnderLock.class, name)) {
            child.awaitLine("adding", Duration.ofSeconds(30));
            assertEquals(0, value.get());
            value.set(5);
            value.lock().unlock();
            assertEquals(0, child.exitCode(Duration.ofSeconds(30)), child.output());
        }
        assertEquals(6, value.get());
    }

    /** A child that wants the lock. */
    static final class AddUnderLock {
        public static void main(final String[] args) {
            try (SharedObjects shared = SharedObjects.attach(args[0])) {
                final IntValue value = shared.value("n");
                System.out.println("adding");
                value.lock().lock();
                try {
                    value.set(value.get() + 1);
                } finally {
                    value.lock().unlock();
                }
            }
        }
    }
}
