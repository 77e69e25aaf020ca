package io.condatis.payload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.memory.SharedMemory;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.agrona.ExpandableArrayBuffer;
import org.apache.fory.Fory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Payloads where Apache Fory is on the class path. */
@Timeout(60)
@EnabledIfSystemProperty(named = "condatis.test.fory", matches = "true", disabledReason = "another run of the build")
class ForyPayloadsTest {
    private static final int CODEC = 1;
    private static final AtomicBoolean BODY_RAN = new AtomicBoolean();

    private static final PayloadTypes TYPES =
            PayloadTypes.standard().with(Trade.class, Side.class, Bean.class, Resolving.class);
    private static final Payloads PAYLOADS = new Payloads(TYPES);
    private static final Payloads READER = new Payloads(TYPES);

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();

    /** Of a trade. */
    enum Side {
        BUY,
        SELL
    }

    record Trade(String symbol, long quantity, Side side) {}

    record Stranger(int number) implements Serializable {}

    static final class Bean implements Serializable {
        private static final long serialVersionUID = 1L;
        private final List<Trade> trades = new ArrayList<>();
        private Bean self;

        Bean() {
            BODY_RAN.set(true);
        }
    }

    /** Comes out as what it stands for. */
    static final class Resolving implements Serializable {
        static final Resolving ONE = new Resolving();
        private static final long serialVersionUID = 1L;

        private Object readResolve() {
            return ONE;
        }
    }

    static final class Handler implements InvocationHandler, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public Object invoke(final Object proxy, final Method method, final Object[] arguments) {
            return null;
        }
    }

    private interface Code extends Runnable, Serializable {}

    private Object roundTrip(final Payloads writer, final Payloads reader, final Object value, final int codec) {
        final int length = writer.encode(value, buffer, 3);
        assertEquals(PayloadTag.CODEC, buffer.getByte(3));
        assertEquals(codec, buffer.getByte(3 + CODEC), () -> "codec of " + value);
        return reader.decode(buffer, 3, length);
    }

    @Test
    void shouldGiveBackWhatHasNoFormOfItsOwn() {
        final Trade trade = new Trade("ACME", 5, Side.SELL);
        for (final Object value : List.of(
                new ArrayList<>(List.of(trade, 1, "text")),
                new HashMap<>(Map.of("k", List.of(trade))),
                new TreeMap<>(Map.of(1, "a", 2, "b")),
                new EnumMap<>(Map.of(Side.BUY, trade)),
                EnumSet.of(Side.BUY),
                List.of(1L, 2.0),
                LocalDate.of(2026, 11, 21),
                BitSet.valueOf(new long[] {5}))) {
            assertEquals(value, roundTrip(PAYLOADS, READER, value, ForyCodec.ID));
        }
    }

    @Test
    void shouldKeepCirclesAndReadResolve() {
        final Bean bean = new Bean();
        bean.self = bean;
        bean.trades.add(new Trade("A", 1, Side.BUY));

        final Bean copy = (Bean) roundTrip(PAYLOADS, READER, bean, ForyCodec.ID);
        assertSame(copy, copy.self);
        assertEquals(bean.trades, copy.trades);
        final List<?> resolved = (List<?>) roundTrip(PAYLOADS, PAYLOADS, List.of(new Resolving()), ForyCodec.ID);
        assertSame(Resolving.ONE, resolved.get(0));
    }

    @Test
    void shouldLearnClassesOfAnAllowedPackageOnBothSides() {
        final PayloadTypes byPackage = PayloadTypes.standard().withPackage("io.condatis.payload");
        final Object value = new ArrayList<>(List.of(new Stranger(1), new Trade("B", 2, Side.BUY), Side.SELL));

        assertEquals(value, roundTrip(new Payloads(byPackage), new Payloads(byPackage), value, ForyCodec.ID));
    }

    @Test
    void shouldLeaveToTheJdkWhatIsNotForIt() {
        final Bean[] beans = {new Bean(), new Bean()};
        assertEquals(2, ((Bean[]) roundTrip(PAYLOADS, READER, beans, JdkCodec.ID)).length);
        final Side[] sides = {Side.SELL, Side.BUY};
        assertArrayEquals(sides, (Side[]) READER.decode(buffer, 0, PAYLOADS.encode(sides, buffer, 0)));
        final Object failures = new ArrayList<>(Arrays.asList(new IllegalStateException("why"), null));
        final List<?> back = (List<?>) PAYLOADS.decode(buffer, 0, PAYLOADS.encode(failures, buffer, 0));
        assertEquals("why", ((Exception) back.get(0)).getMessage());
    }

    @Test
    void shouldLeaveHandlesToTheJdk() {
        try (SharedMemory memory =
                SharedMemory.create("fory-" + ProcessHandle.current().pid(), 64)) {
            final int length = PAYLOADS.encode(new ArrayList<>(List.of(memory)), buffer, 0);
            assertEquals(JdkCodec.ID, buffer.getByte(CODEC));
            assertTrue(((List<?>) PAYLOADS.decode(buffer, 0, length)).get(0) instanceof SharedMemory);
            memory.unlink();
        }
    }

    @Test
    void shouldRefuseToWriteWhatIsNotAllowedAndNameTheRemedy() {
        final PayloadException refused =
                assertThrows(PayloadException.class, () -> PAYLOADS.encode(List.of(new Stranger(1)), buffer, 0));
        assertTrue(refused.getMessage().contains("Stranger is not allowed in a payload"), refused.getMessage());
        assertTrue(refused.getMessage().contains("ManagerOptions.allow"), refused.getMessage());
    }

    @Test
    void shouldRefuseToReadWhatIsNotAllowedBeforeItsCodeRuns() {
        final int length = PAYLOADS.encode(new ArrayList<>(List.of(new Bean())), buffer, 0);
        BODY_RAN.set(false);

        final PayloadException refused = assertThrows(
                PayloadException.class, () -> new Payloads(PayloadTypes.standard()).decode(buffer, 0, length));
        assertTrue(refused.getMessage().contains("Bean is not allowed"), refused.getMessage());
        assertFalse(BODY_RAN.get());
    }

    @Test
    void shouldRefuseWhatForyWouldMakeByItself() throws Exception {
        final Fory attacker = Fory.builder()
                .withXlang(false)
                .withRefTracking(true)
                .requireClassRegistration(false)
                .suppressClassRegistrationWarnings(true)
                .build();
        final Object proxy =
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Runnable.class}, new Handler());
        for (final Object value : List.of(
                (Code) () -> BODY_RAN.set(true),
                proxy,
                String.class,
                new ArrayList<>(List.of(String.class)),
                new URL("http://localhost/"),
                new PriorityQueue<>(List.of(2, 1)),
                new Handler(),
                new Stranger(1))) {
            final byte[] bytes = attacker.serialize(value);
            assertThrows(PayloadException.class, () -> decode(bytes), () -> "read " + value.getClass());
        }
    }

    @Test
    void shouldThrowNothingButPayloadExceptionsOnGarbage() {
        final long seed = Long.getLong("condatis.seed", System.nanoTime());
        final Random random = new Random(seed);
        final Object value = new ArrayList<>(List.of(new Trade("D", 4, Side.BUY), new HashMap<>(Map.of("k", 1L))));
        final int length = PAYLOADS.encode(value, buffer, 0);
        final byte[] good = new byte[length];
        buffer.getBytes(0, good);
        for (int i = 0; i < 5_000; i++) {
            final byte[] bad = good.clone();
            for (int k = random.nextInt(3); k >= 0; k--) {
                bad[2 + Integer.BYTES + random.nextInt(length - 2 - Integer.BYTES)] = (byte) random.nextInt(256);
            }
            buffer.putBytes(0, bad);
            try {
                PAYLOADS.decode(buffer, 0, length);
            } catch (final PayloadException expected) {
                // As it should.
            } catch (final RuntimeException | Error e) {
                throw new AssertionError("-Dcondatis.seed=" + seed, e);
            }
        }
    }

    @Test
    void shouldSayWhatIsMissingToWhoeverHasNoFory() {
        final int length = PAYLOADS.encode(List.of(1, 2), buffer, 0);
        final PayloadException missing = assertThrows(
                PayloadException.class, () -> new Payloads(TYPES, new JdkCodec()).decode(buffer, 0, length));
        assertTrue(missing.getMessage().contains("org.apache.fory:fory-core"), missing.getMessage());

        final int byJdk = new Payloads(TYPES, new JdkCodec()).encode(new ArrayList<>(List.of(1)), buffer, 0);
        assertEquals(List.of(1), PAYLOADS.decode(buffer, 0, byJdk));
    }

    @Test
    void shouldServeManyThreadsThatMeetNewClasses() {
        final PayloadTypes byPackage = PayloadTypes.standard().withPackage("io.condatis.payload");
        final Payloads shared = new Payloads(byPackage);
        IntStream.range(0, 200).parallel().forEach(i -> {
            final ExpandableArrayBuffer own = new ExpandableArrayBuffer();
            final List<Object> value = new ArrayList<>(List.of(new Stranger(i), new Trade("E", i, Side.SELL)));
            assertEquals(value, shared.decode(own, 0, shared.encode(value, own, 0)));
        });
    }

    private Object decode(final byte[] bytes) {
        final ExpandableArrayBuffer crafted = new ExpandableArrayBuffer();
        crafted.putByte(0, PayloadTag.CODEC);
        crafted.putByte(CODEC, ForyCodec.ID);
        crafted.putInt(2, bytes.length, ByteOrder.LITTLE_ENDIAN);
        crafted.putBytes(2 + Integer.BYTES, bytes);
        return PAYLOADS.decode(crafted, 0, 2 + Integer.BYTES + bytes.length);
    }
}
