package io.condatis.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.condatis.internal.protocol.sbe.Condition;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.Status;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StoredArrayTest {
    private final StoreFixture fixture =
            new StoreFixture(new StoreLimits().maxValueBytes(100).maxTotalBytes(10_000)).sessions(1);

    private static long argument(final char typeCode, final int length) {
        return (long) typeCode << Integer.SIZE | length & 0xffff_ffffL;
    }

    private long open(final String name, final char typeCode, final int length) {
        // The argument's length is an int in its lower half.
        return fixture.request(
                1, (out, correlation) -> out.open(correlation, Kind.ARRAY, name, argument(typeCode, length)));
    }

    @Test
    void shouldRefuseATypeOrALengthThatCannotBe() {
        fixture.assertRefused(open("x", 'x', 1), Status.ILLEGAL, "code");
        fixture.assertRefused(open("x", 'i', -1), Status.ILLEGAL, "-1");
        fixture.assertRefused(open("x", 'q', Integer.MAX_VALUE), Status.ILLEGAL, "elements");
        fixture.assertRefused(open("x", 'q', 2_000), Status.LIMIT, "maxTotalBytes");
        assertEquals(0, fixture.objectCount(1));
    }

    @Test
    void shouldFindAPresentArrayEvenWhenTheManagerIsFull() {
        fixture.answer(open("a", 'b', 9_000));

        fixture.answer(open("a", 'b', 9_000));
        fixture.assertRefused(open("b", 'b', 9_000), Status.LIMIT, "maxTotalBytes");
        fixture.delete(1, "a");
        assertEquals(0, fixture.objectCount(1));
        assertEquals(-1, fixture.answer(open("b", 'b', 9_000)).position());
    }

    @Test
    void shouldRefuseRangesOutsideAndExpelForHalfAnElement() {
        final int id = (int) fixture.answer(open("a", 'i', 4)).number();
        final byte[] two = new byte[8];

        fixture.assertRefused(
                fixture.request(1, (out, correlation) -> ContainerRequests.to(out, correlation, id)
                        .arrayGet(3, 2)),
                Status.OUT_OF_BOUNDS,
                "array of 4");
        fixture.assertRefused(
                fixture.request(1, (out, correlation) -> ContainerRequests.to(out, correlation, id)
                        .arrayGet(-1, 1)),
                Status.OUT_OF_BOUNDS,
                "-1");
        fixture.assertRefused(
                fixture.request(1, (out, correlation) -> ContainerRequests.to(out, correlation, id)
                        .arraySet(3, Condition.ALWAYS, two, new byte[0])),
                Status.OUT_OF_BOUNDS,
                "range of 2");
        assertThrows(
                ProtocolException.class,
                () -> fixture.request(1, (out, correlation) -> ContainerRequests.to(out, correlation, id)
                        .arraySet(0, Condition.ALWAYS, new byte[3], new byte[0])));
        assertThrows(
                ProtocolException.class,
                () -> fixture.request(1, (out, correlation) -> ContainerRequests.to(out, correlation, id)
                        .arraySet(0, Condition.IF_EQUAL, two, new byte[4])));
        fixture.assertRefused(
                fixture.request(1, (out, correlation) -> ContainerRequests.to(out, correlation, id)
                        .arraySet(0, Condition.IF_PRESENT, two, two)),
                Status.ILLEGAL,
                "condition");
    }

    @Test
    void shouldAddToEveryType() {
        for (final char code : "bBhHiIlLqQcu?".toCharArray()) {
            final int id = (int) fixture.answer(open("array-" + code, code, 2)).number();
            final Received sum =
                    fixture.answer(fixture.request(1, (out, correlation) -> ContainerRequests.to(out, correlation, id)
                            .arrayAdd(1, -2)));
            assertEquals((byte) -2, sum.value()[0], "type " + code);
            assertEquals(StoredArray.elementSize(code), sum.value().length);
        }
        final int floats = (int) fixture.answer(open("floats", 'f', 1)).number();
        final Received sum =
                fixture.answer(fixture.request(1, (out, correlation) -> ContainerRequests.to(out, correlation, floats)
                        .arrayAdd(0, Double.doubleToRawLongBits(1.5))));
        assertEquals(
                1.5f,
                ByteBuffer.wrap(sum.value()).order(ByteOrder.LITTLE_ENDIAN).getFloat());
    }
}
