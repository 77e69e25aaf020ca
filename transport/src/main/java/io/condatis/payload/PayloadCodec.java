package io.condatis.payload;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A way to serialise the classes that {@link Payloads} has no form of its own for. Its id travels in each payload, so that
 * processes with different codecs can tell. Implementations must be safe for use by several threads.
 */
public interface PayloadCodec {
    /** {@return 3 to 127; 1 is the JDK's serialisation and 2 Apache Fory} */
    byte id();

    /**
     * Write an object.
     *
     * @param value never null
     * @param buffer grows as needed
     * @param offset where to begin
     * @param types classes that readers may make; any other should be refused, since no reader will take it
     * @return number of bytes written
     * @throws UnsupportedOperationException when this is not for this codec; the JDK's serialisation takes it then
     */
    int encode(Object value, MutableDirectBuffer buffer, int offset, PayloadTypes types);

    /**
     * Read an object back.
     *
     * @param buffer holding it
     * @param offset where it begins
     * @param length of it in bytes
     * @param types classes that may be made; any other must be refused before its code runs
     * @return the object
     */
    Object decode(DirectBuffer buffer, int offset, int length, PayloadTypes types);
}
