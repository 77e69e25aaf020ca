package io.condatis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.condatis.memory.IncompatibleLayoutException;
import io.condatis.structure.DoubleField;
import io.condatis.structure.IntField;
import io.condatis.structure.LongField;
import io.condatis.structure.Snapshot;
import io.condatis.structure.Structure;
import io.condatis.structure.StructureArray;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import io.condatis.value.CharArray;
import io.condatis.value.DoubleArray;
import io.condatis.value.DoubleValue;
import io.condatis.value.IntValue;
import io.condatis.value.LongValue;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** CPython's {@code _TestSharedCTypes}. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class TestSharedCTypesTest {
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

    /** CPython's {@code _Foo}. */
    static final class Foo extends Structure {
        final IntField x = intField();
        final DoubleField y = doubleField();
        final LongField z = longField();
    }

    /** Other fields under the same name. */
    static final class Bar extends Structure {
        final IntField x = intField();
        final IntField y = intField();
    }

    /** The child. */
    static final class DoubleAll {
        public static void main(final String[] args) {
            try (SharedObjects shared = SharedObjects.attach(args[0])) {
                shared.<IntValue>value("x").updateAndGet(x -> x * 2);
                shared.<DoubleValue>value("y").updateAndGet(y -> y * 2);
                shared.<LongValue>value("z").updateAndGet(z -> z * 2);
                final Foo foo = shared.structure("foo", Foo::new);
                foo.lock().lock();
                try {
                    foo.x.set(foo.x.get() * 2);
                    foo.y.set(foo.y.get() * 2);
                } finally {
                    foo.lock().unlock();
                }
                final DoubleArray array = shared.array("arr");
                for (int i = 0; i < array.length(); i++) {
                    array.updateAndGet(i, element -> element * 2);
                }
                final CharArray text = shared.array("string");
                text.setText(text.text() + text.text());
                final StructureArray<Foo> foos = shared.structureArray("foos", Foo::new, 3);
                for (int i = 0; i < foos.length(); i++) {
                    foos.at(i).z.getAndAdd(i);
                }
            }
        }
    }

    private void doubleInAChild(final IntValue x, final DoubleValue y, final LongValue z, final DoubleArray arr) {
        final CharArray string = shared.array("string", 'c', 20);
        final Foo foo = shared.structure("foo", Foo::new);
        final StructureArray<Foo> foos = shared.structureArray("foos", Foo::new, 3);
        foo.x.set(3);
        foo.y.set(2);
        for (int i = 0; i < 10; i++) {
            arr.set(i, i);
        }
        string.setText("hello");

        try (ForkedJvm child = ForkedJvm.start(DoubleAll.class, name)) {
            assertEquals(0, child.exitCode(Duration.ofSeconds(30)), child.output());
        }

        assertEquals(14, x.get());
        assertEquals(2.0 / 3.0, y.get());
        assertEquals(1L << 34, z.get());
        assertEquals(6, foo.x.get());
        assertEquals(4.0, foo.y.get());
        for (int i = 0; i < 10; i++) {
            assertEquals(i * 2.0, arr.get(i));
        }
        assertEquals("hellohello", string.text());
        assertEquals(2, foos.at(2).z.get());
    }

    @Test
    void testSharedctypes() {
        doubleInAChild(
                shared.rawValue("x", 'i', 7),
                shared.rawValue("y", 'd', 1.0 / 3.0),
                shared.rawValue("z", 'q', 1L << 33),
                shared.rawArray("arr", 'd', 10));
    }

    @Test
    void testSynchronize() {
        doubleInAChild(
                shared.value("x", 'i', 7),
                shared.value("y", 'd', 1.0 / 3.0),
                shared.value("z", 'q', 1L << 33),
                shared.array("arr", 'd', 10));
    }

    @Test
    void testCopy() {
        final Foo foo = shared.structure("foo", Foo::new);
        foo.x.set(2);
        foo.y.set(5.0);
        foo.z.set(1L << 33);
        final Foo bar = shared.structure("bar", Foo::new);
        bar.copyFrom(foo);
        foo.x.set(0);
        foo.y.set(0);
        foo.z.set(0);
        assertEquals(2, bar.x.get());
        assertEquals(5.0, bar.y.get());
        assertEquals(1L << 33, bar.z.get());
        final IntValue value = shared.value("value", 'i', 7);
        final IntValue copy = value.copyTo(shared, "copy");
        value.set(8);
        assertEquals(7, copy.get());
    }

    @Test
    void shouldNameBothLayoutsWhenFieldsDiffer() {
        shared.structure("foo", Foo::new);
        shared.structureArray("foos", Foo::new, 2);
        shared.snapshot("quote", Foo::new);
        final var e = assertThrows(IncompatibleLayoutException.class, () -> shared.structure("foo", Bar::new));
        assertEquals(2, e.getMessage().split("structure of 1, layout ").length - 1, e.getMessage());
        assertThrows(IncompatibleLayoutException.class, () -> shared.structureArray("foos", Foo::new, 3));
        assertThrows(IncompatibleLayoutException.class, () -> shared.structureArray("foos", Bar::new, 2));
        assertThrows(IncompatibleLayoutException.class, () -> shared.snapshot("quote", Bar::new));
        assertThrows(IncompatibleLayoutException.class, () -> shared.structure("quote", Foo::new));
        assertThrows(IncompatibleLayoutException.class, () -> shared.longValue("foo"));
    }

    @Test
    void shouldThrowWhenObjectsAreClosedOrRemoved() {
        final Foo foo = shared.structure("foo", Foo::new);
        final StructureArray<Foo> foos = shared.structureArray("foos", Foo::new, 2);
        final Snapshot<Foo> snapshot = shared.snapshot("quote", Foo::new);
        final IntValue value = shared.value("n", 'i', 7);
        shared.remove("foo");
        assertThrows(IllegalStateException.class, foo.x::get);
        assertEquals(7, value.get());
        shared.close();
        assertThrows(IllegalStateException.class, () -> foos.at(1));
        assertThrows(IllegalStateException.class, snapshot::read);
        assertThrows(IllegalStateException.class, value::get);
        assertThrows(IllegalStateException.class, () -> value.lock().lock());
        assertEquals("closed", value.toString());
    }
}
