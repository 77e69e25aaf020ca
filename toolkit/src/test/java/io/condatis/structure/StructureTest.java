package io.condatis.structure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.memory.SharedMemory;
import io.condatis.testing.LeakCheck;
import io.condatis.value.CType;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(20)
@ExtendWith(LeakCheck.class)
class StructureTest {
    private final UnsafeBuffer memory = new UnsafeBuffer(BufferUtil.allocateDirectAligned(1024, 64));

    /** A nested one. */
    static final class Point extends Structure {
        final DoubleField x = doubleField();
        final DoubleField y = doubleField();
    }

    /** One of everything. */
    static final class Everything extends Structure {
        final IntField signedByte = intField(CType.BYTE);
        final IntField unsignedShort = intField(CType.UNSIGNED_SHORT, 3);
        final IntField number = intField();
        final LongField unsigned = longField(CType.UNSIGNED_INT);
        final LongField big = longField();
        final FloatField real = floatField(2);
        final BooleanField flag = booleanField();
        final CharField name = charField(5);
        final Point origin = structureField(new Point());
        final StructureField<Point> corners = structureField(Point::new, 4);
    }

    @Test
    void shouldKeepEveryFieldApart() {
        final Everything all = new Everything();
        all.wrap(memory, 64);
        all.signedByte.set(200);
        all.unsignedShort.set(2, -1);
        all.number.set(Integer.MIN_VALUE);
        all.unsigned.set(-1);
        all.big.set(Long.MAX_VALUE);
        all.real.set(1, 0.1f);
        all.flag.set(true);
        all.name.setText("żó");
        all.origin.y.set(1.5);
        all.corners.at(3).x.set(2.5);

        final Everything again = new Everything();
        again.wrap(memory, 64);
        assertEquals(-56, again.signedByte.get());
        assertEquals(65535, again.unsignedShort.get(2));
        assertEquals(0, again.unsignedShort.get());
        assertEquals(Integer.MIN_VALUE, again.number.get());
        assertEquals(4294967295L, again.unsigned.get());
        assertEquals(Long.MAX_VALUE, again.big.get());
        assertEquals(0.1f, again.real.get(1));
        assertTrue(again.flag.get());
        assertEquals("żó", again.name.text());
        assertEquals(1.5, again.origin.y.get());
        assertEquals(0.0, again.corners.at(2).x.get());
        assertEquals(2.5, again.corners.at(3).x.get());
        assertEquals(2.5, memory.getDouble(64 + again.corners.offset() + 3 * 16));
        again.clear();
        assertEquals(0, all.big.get());
        assertEquals(0, all.name.value().length);
    }

    @Test
    void shouldEndTextAtNulOrAtTheEndOfTheField() {
        final Everything all = new Everything();
        all.wrap(memory, 0);
        all.name.setText("12345");
        assertEquals("12345", all.name.text());
        all.name.setText("ab");
        assertArrayEquals("ab".getBytes(StandardCharsets.UTF_8), all.name.value());
        assertEquals('4', all.name.get(3));
        final IllegalArgumentException tooLong =
                assertThrows(IllegalArgumentException.class, () -> all.name.setText("123456"));
        assertTrue(tooLong.getMessage().startsWith("6 bytes do not fit into CharField["), tooLong.getMessage());
    }

    @Test
    void shouldChangeFieldsAtomicallyWhenTheyAreOfTheirJavaWidth() {
        final Everything all = new Everything();
        all.wrap(memory, 0);
        assertEquals(0, all.number.getAndAdd(5));
        assertTrue(all.number.compareAndSet(5, 6));
        assertFalse(all.number.compareAndSet(5, 7));
        all.big.setRelease(9);
        assertEquals(9, all.big.getAndAdd(-1));
        assertEquals(8, all.big.getVolatile());
        assertTrue(all.big.compareAndSet(8, 1));
        all.number.setVolatile(3);
        assertEquals(3, all.number.getVolatile());
        assertThrows(UnsupportedOperationException.class, () -> all.signedByte.getAndAdd(1));
    }

    @Test
    void shouldMoveOverAnArrayWithAllThatIsNested() {
        final StructureArray<Everything> array = StructureArray.at(memory, 0, Everything::new, 5);
        for (int i = 0; i < array.length(); i++) {
            final Everything at = array.at(i);
            at.number.set(i);
            at.origin.x.set(i);
            at.corners.at(3).y.set(i);
        }
        final StructureArray<Everything> second = array.another();
        for (int i = 0; i < array.length(); i++) {
            final Everything at = second.at(i);
            assertEquals(i, at.number.get());
            assertEquals(i, at.origin.x.get());
            assertEquals(i, at.corners.at(3).y.get());
        }
        assertEquals(2, array.at(2).number.get());
        assertThrows(IndexOutOfBoundsException.class, () -> array.at(5));
        assertThrows(IndexOutOfBoundsException.class, () -> array.at(-1));
        assertThrows(IndexOutOfBoundsException.class, () -> StructureArray.at(memory, 0, Everything::new, 100));
        assertEquals(0, StructureArray.at(memory, 0, Point::new, 0).length());
    }

    @Test
    void shouldCopyOnlyWhatHasTheSameFields() {
        final Point point = new Point();
        point.wrap(memory, 0);
        point.x.set(3);
        final Point copy = new Point();
        copy.wrap(memory, 64);
        copy.copyFrom(point);
        point.x.set(4);
        assertEquals(3, copy.x.get());
        final Everything other = new Everything();
        other.wrap(memory, 128);
        assertThrows(IllegalArgumentException.class, () -> other.copyFrom(point));
        assertNotEquals(other.layoutChecksum(), point.layoutChecksum());
    }

    @Test
    void shouldStayOnItsMemory() {
        final Point point = new Point();
        assertThrows(IllegalStateException.class, point.x::get);
        point.wrap(memory, 8);
        assertThrows(IllegalStateException.class, () -> point.wrap(memory, 16));
        assertThrows(IllegalStateException.class, point::doubleField);
        assertThrows(IllegalArgumentException.class, () -> new Point().wrap(memory, 4));
        assertThrows(IndexOutOfBoundsException.class, () -> new Point().wrap(memory, 1016));
        assertThrows(IllegalArgumentException.class, () -> new Point().wrap(new UnsafeBuffer(new byte[64]), 0));
        assertThrows(IllegalArgumentException.class, () -> new Point().intField(CType.LONG));
        assertThrows(IllegalArgumentException.class, () -> new Point().charField(0));
    }

    @Test
    void shouldThrowWhenMemoryIsClosed() {
        final SharedMemory shared = SharedMemory.create(1024);
        final Everything all = new Everything();
        all.wrap(shared.buffer(), 0);
        final StructureArray<Point> points = StructureArray.at(shared.buffer(), 0, Point::new, 3);
        final Point cursor = points.at(1);
        final Snapshot<Point> snapshot = Snapshot.at(shared.buffer(), 512, Point::new);
        snapshot.write(point -> point.x.set(1));
        final Point seen = snapshot.read();
        shared.close();
        shared.unlink();

        assertThrows(IllegalStateException.class, all.number::get);
        assertThrows(IllegalStateException.class, () -> all.name.setText("x"));
        assertThrows(IllegalStateException.class, () -> all.corners.at(1));
        assertThrows(IllegalStateException.class, all.origin.x::get);
        assertThrows(IllegalStateException.class, () -> cursor.x.set(1));
        assertThrows(IllegalStateException.class, () -> points.at(0));
        assertThrows(IllegalStateException.class, snapshot::read);
        assertThrows(IllegalStateException.class, snapshot::edit);
        assertEquals(1, seen.x.get());
        assertTrue(all.toString().contains("closed"));
    }

    @Test
    void shouldHaveTheLockThatItWasGiven() {
        final Lock lock = new ReentrantLock();
        final Point point = new Point();
        assertThrows(IllegalStateException.class, point::lock);
        point.useLock(lock);
        assertEquals(lock, point.lock());
        final StructureArray<Point> points = StructureArray.at(memory, 0, Point::new, 3);
        assertThrows(IllegalStateException.class, points::lock);
        assertEquals(lock, points.withLock(lock).another().lock());
    }
}
