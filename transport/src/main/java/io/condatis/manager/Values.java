package io.condatis.manager;

import io.condatis.internal.client.Bytes;
import io.condatis.internal.client.Call;
import io.condatis.internal.client.Connection;
import io.condatis.internal.protocol.ReferenceDescriptor;
import io.condatis.payload.PayloadException;
import io.condatis.payload.PayloadTypes;
import io.condatis.payload.Payloads;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Values to bytes and back: proxies as references, all else as copies. Thread-safe. */
final class Values {
    private final Payloads payloads;
    private final Proxies proxies;
    private final Faces faces = new Faces();

    Values(final Payloads payloads, final Connection connection) {
        this.payloads = payloads;
        proxies = new Proxies(connection, this);
    }

    /** {@return the interfaces of custom objects} */
    Faces faces() {
        return faces;
    }

    PayloadTypes types() {
        return payloads.types();
    }

    int encode(final Object value, final MutableDirectBuffer buffer, final int offset) {
        final Proxied proxy = Proxied.of(value);
        return proxy != null ? proxies.write(proxy, buffer, offset) : payloads.encode(value, buffer, offset);
    }

    void encode(final Object value, final Bytes bytes) {
        bytes.length(encode(value, bytes.buffer(), 0));
    }

    void encodeLong(final long value, final Bytes bytes) {
        bytes.length(payloads.encodeLong(value, bytes.buffer(), 0));
    }

    /** What is compared by its bytes: a key, a member of a set, an attribute. */
    int encodeKey(final Object key, final MutableDirectBuffer buffer, final int offset) {
        if (Proxied.of(key) != null) {
            throw new IllegalArgumentException(key.getClass().getSimpleName()
                    + " cannot be a key or a member of a set: it is an object of the server, not a value");
        }
        return payloads.encode(key, buffer, offset);
    }

    void encodeKey(final Object key, final Bytes bytes) {
        bytes.length(encodeKey(key, bytes.buffer(), 0));
    }

    /** Encode what is only looked for; false when it cannot be stored at all, so is not there. */
    boolean encodeProbe(final Object value, final Bytes bytes) {
        return encodeProbe(value, bytes, 0);
    }

    /** The same, from an offset on; the length of the bytes is then that of the value alone. */
    boolean encodeProbe(final Object value, final Bytes bytes, final int offset) {
        try {
            bytes.length(encode(value, bytes.buffer(), offset));
            return true;
        } catch (final PayloadException e) {
            return false;
        }
    }

    /** {@return the value that an answer is} */
    Object decode(final Call call) {
        return decode(call.answer().buffer(), 0, call.answer().length());
    }

    /** {@return the integer that an answer is} */
    long decodeLong(final Call call) {
        return payloads.decodeLong(call.answer().buffer(), 0, call.answer().length());
    }

    /** {@return the value that an answer is, whole} */
    Object decode(final DirectBuffer buffer, final int offset, final int length) {
        return ReferenceDescriptor.isReference(buffer, offset, length)
                ? proxies.read(buffer, offset)
                : payloads.decode(buffer, offset, length);
    }

    /** {@return a key in a page, which is never a reference, whatever its bytes are} */
    Object decodeKey(final DirectBuffer buffer, final int offset, final int length) {
        return payloads.decode(buffer, offset, length);
    }

    /** {@return a value in a page; to be called once for each value of each page} */
    Object decodeOfPage(final DirectBuffer buffer, final int offset, final int length) {
        return ReferenceDescriptor.isReference(buffer, offset, length)
                ? proxies.readOfPage(buffer, offset)
                : payloads.decode(buffer, offset, length);
    }

    static void copy(final Bytes from, final Bytes to) {
        to.buffer().putBytes(0, from.buffer(), 0, from.length());
        to.length(from.length());
    }
}
