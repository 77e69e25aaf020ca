package io.condatis.perf.jmh;

import io.condatis.payload.PayloadTypes;
import io.condatis.payload.Payloads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.UUID;
import org.agrona.ExpandableArrayBuffer;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The same values twice: as bytes of Condatis' own form, and as bytes of the JDK's serialisation. */
@State(Scope.Benchmark)
public class PayloadState {
    private static final int TEXT_LENGTH = 32;
    private static final int BYTES_LENGTH = 100;
    private static final int CAPACITY = 4096;
    private static final long LONG = 1L << 40;

    final Payloads payloads = new Payloads(PayloadTypes.standard().with(Order.class));
    final ExpandableArrayBuffer out = new ExpandableArrayBuffer(CAPACITY);

    final String text = "t".repeat(TEXT_LENGTH);
    final byte[] bytes = new byte[BYTES_LENGTH];
    final Order order = new Order(LONG, "ACME", 12.5, 100, new UUID(1, 2));
    long number = LONG;

    final Written ownText = new Written(payloads, text);
    final Written ownBytes = new Written(payloads, bytes);
    final Written ownLong = new Written(payloads, number);
    final Written ownOrder = new Written(payloads, order);

    final byte[] jdkText = serialised(text);
    final byte[] jdkBytes = serialised(bytes);
    final byte[] jdkLong = serialised(number);
    final byte[] jdkOrder = serialised(order);

    /** What the JDK's serialisation makes of a value. */
    static byte[] serialised(final Object value) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A record as applications have them. */
    record Order(long id, String symbol, double price, int quantity, UUID account) implements Serializable {}

    /** A value in Condatis' own form. */
    static final class Written {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final int length;

        Written(final Payloads payloads, final Object value) {
            length = payloads.encode(value, buffer, 0);
        }

        @Override
        public String toString() {
            return Arrays.toString(Arrays.copyOf(buffer.byteArray(), length));
        }
    }
}
