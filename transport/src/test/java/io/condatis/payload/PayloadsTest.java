package io.condatis.payload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PayloadsTest {
    enum Side {
        BUY,
        SELL {
            @Override
            public String toString() {
                return "a constant with a body";
            }
        }
    }

    record Trade(long sequence, Side side, BigDecimal price, String note, double[] levels, Trade previous) {}

    record Point(int x, int y) {}

    record Picky(int value) {
        Picky {
            if (value < 0) {
                throw new IllegalArgumentException("negative");
            }
        }
    }

    static final class Bean implements Serializable {
        private static final long serialVersionUID = 1L;
        static int made;
        int value = 7;

        private Object readResolve() {
            made++;
            return this;
        }
    }

    static final class NotSerializable {}

    private final Payloads payloads =
            new Payloads(PayloadTypes.standard().with(Trade.class, Side.class, Point.class, Picky.class));
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();

    static Stream<Object> valuesWithEquals() {
        return Stream.of(
                true,
                false,
                (byte) -1,
                (short) -2,
                'ż',
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                1.5f,
                Double.NaN,
                "",
                "encodés żółw ✓ 😀",
                "x".repeat(5000),
                UUID.fromString("123e4567-e89b-12d3-a456-426614174000"),
                new BigDecimal("-0.00000005"),
                BigInteger.ONE.shiftLeft(200).negate(),
                Side.BUY,
                Side.SELL,
                new Point(3, -4),
                Instant.parse("2023-09-05T16:00:01.281719Z"),
                LocalDate.of(2026, 2, 28),
                List.of(1, "two", 3.0),
                new ArrayList<>(Arrays.asList(null, 1L)),
                Map.of("k", List.of(1, 2)));
    }

    @ParameterizedTest
    @MethodSource("valuesWithEquals")
    void shouldGiveBackAnEqualValue(final Object value) {
        assertEquals(value, roundTrip(value));
    }

    @Test
    void shouldGiveBackSetsOfEnumConstants() {
        assertEquals(EnumSet.of(DayOfWeek.MONDAY), roundTrip(EnumSet.of(DayOfWeek.MONDAY)));
        assertEquals(EnumSet.noneOf(DayOfWeek.class), roundTrip(EnumSet.noneOf(DayOfWeek.class)));
        final Payloads scripts = new Payloads(PayloadTypes.standard().with(Character.UnicodeScript.class));
        final Object many = EnumSet.allOf(Character.UnicodeScript.class);
        assertEquals(many, scripts.decode(buffer, 0, scripts.encode(many, buffer, 0)));
    }

    @Test
    void shouldGiveBackNull() {
        assertEquals(null, roundTrip(null));
    }

    @Test
    void shouldGiveBackEveryPrimitiveArray() {
        assertArrayEquals(new byte[] {1, -2}, (byte[]) roundTrip(new byte[] {1, -2}));
        assertArrayEquals(new short[] {1, -2}, (short[]) roundTrip(new short[] {1, -2}));
        assertArrayEquals(new char[] {'a', 'ż'}, (char[]) roundTrip(new char[] {'a', 'ż'}));
        assertArrayEquals(new int[] {1, -2}, (int[]) roundTrip(new int[] {1, -2}));
        assertArrayEquals(new long[] {1, -2}, (long[]) roundTrip(new long[] {1, -2}));
        assertArrayEquals(new float[] {1, -2}, (float[]) roundTrip(new float[] {1, -2}));
        assertArrayEquals(new double[] {1, -2}, (double[]) roundTrip(new double[] {1, -2}));
        assertArrayEquals(new boolean[] {true, false}, (boolean[]) roundTrip(new boolean[] {true, false}));
        assertArrayEquals(new long[0], (long[]) roundTrip(new long[0]));
    }

    @Test
    void shouldGiveBackRecordsWithinRecords() {
        final Trade first = new Trade(1, Side.SELL, new BigDecimal("25741.02"), null, new double[] {1, 2}, null);
        final Trade second = new Trade(2, Side.BUY, new BigDecimal("1E+3"), "n", new double[0], first);

        final Trade read = (Trade) roundTrip(second);

        assertEquals(2, read.sequence());
        assertEquals(new BigDecimal("1E+3"), read.price());
        assertEquals(Side.SELL, read.previous().side());
        assertArrayEquals(new double[] {1, 2}, read.previous().levels());
    }

    @Test
    void shouldWriteEqualBytesForEqualValuesAndOthersForOthers() {
        assertArrayEquals(bytes(new Point(1, 2)), bytes(new Point(1, 2)));
        assertNotEquals(Arrays.hashCode(bytes(1)), Arrays.hashCode(bytes(1L)));
    }

    @Test
    void shouldRefuseARecordThatIsNotAllowedAndNameTheRemedy() {
        final int length = payloads.encode(new Point(1, 2), buffer, 0);

        final PayloadException e = assertThrows(
                PayloadException.class, () -> new Payloads(PayloadTypes.standard()).decode(buffer, 0, length));

        assertTrue(e.getMessage().contains(Point.class.getName()), e.getMessage());
        assertTrue(e.getMessage().contains("ManagerOptions.allow("), e.getMessage());
    }

    @Test
    void shouldRefuseASerializableClassThatIsNotAllowedBeforeItsCodeRuns() {
        final int length = new Payloads(PayloadTypes.standard().with(Bean.class)).encode(new Bean(), buffer, 0);
        final int madeBefore = Bean.made;

        final PayloadException e = assertThrows(PayloadException.class, () -> payloads.decode(buffer, 0, length));

        assertTrue(e.getMessage().contains(Bean.class.getName()), e.getMessage());
        assertEquals(madeBefore, Bean.made);
        final Bean allowed = (Bean) new Payloads(PayloadTypes.standard().with(Bean.class)).decode(buffer, 0, length);
        assertEquals(7, allowed.value);
    }

    @Test
    void shouldRefuseToWriteWhatNoReaderWouldTake() {
        final Payloads strict = new Payloads(PayloadTypes.standard());

        assertThrows(PayloadException.class, () -> strict.encode(new Point(1, 2), buffer, 0));
        assertThrows(PayloadException.class, () -> strict.encode(Side.BUY, buffer, 0));
        assertThrows(PayloadException.class, () -> strict.encode(new Bean(), buffer, 0));
        assertThrows(PayloadException.class, () -> strict.encode(List.of(new Bean()), buffer, 0));
    }

    @Test
    void shouldSayWhatCannotBeSerialised() {
        final PayloadException e =
                assertThrows(PayloadException.class, () -> payloads.encode(new NotSerializable(), buffer, 0));

        assertTrue(e.getMessage().contains(NotSerializable.class.getName()), e.getMessage());
    }

    @Test
    void shouldReportAConstructorThatRefuses() {
        final int length = payloads.encode(new Picky(1), buffer, 0);
        buffer.putInt(length - 4, -1, java.nio.ByteOrder.LITTLE_ENDIAN);

        final PayloadException e = assertThrows(PayloadException.class, () -> payloads.decode(buffer, 0, length));

        assertTrue(e.getMessage().contains("negative"), e.getMessage());
    }

    @Test
    void shouldThrowNothingButPayloadExceptionsOnGarbage() {
        final long seed = Long.getLong("condatis.seed", System.nanoTime());
        System.out.println("PayloadsTest seed " + seed);
        final Random random = new Random(seed);
        final byte[] good = bytes(new Trade(1, Side.SELL, BigDecimal.TEN, "note", new double[] {1}, null));
        for (int i = 0; i < 20_000; i++) {
            final byte[] bad = good.clone();
            for (int k = random.nextInt(4); k >= 0; k--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            final int length = random.nextInt(4) == 0 ? random.nextInt(bad.length) : bad.length;
            try {
                payloads.decode(new UnsafeBuffer(bad), 0, length);
            } catch (final PayloadException e) {
                assertTrue(e.getMessage().length() > 10);
            }
        }
    }

    @Test
    void shouldRefuseAStreamThatClaimsAHugeArray() throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ObjectOutputStream stream = new ObjectOutputStream(out)) {
            stream.writeObject(new Object[1]);
        }
        final byte[] serialised = out.toByteArray();
        new UnsafeBuffer(serialised).putInt(serialised.length - 5, Integer.MAX_VALUE, java.nio.ByteOrder.BIG_ENDIAN);
        final UnsafeBuffer payload = new UnsafeBuffer(new byte[6 + serialised.length]);
        payload.putByte(0, PayloadTag.CODEC);
        payload.putByte(1, JdkCodec.ID);
        payload.putInt(2, serialised.length);
        payload.putBytes(6, serialised);

        assertThrows(PayloadException.class, () -> payloads.decode(payload, 0, payload.capacity()));
    }

    private Object roundTrip(final Object value) {
        final int offset = 3;
        final int length = payloads.encode(value, buffer, offset);
        return payloads.decode(buffer, offset, length);
    }

    private byte[] bytes(final Object value) {
        final byte[] bytes = new byte[payloads.encode(value, buffer, 0)];
        buffer.getBytes(0, bytes);
        return bytes;
    }
}
