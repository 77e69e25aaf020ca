package io.condatis.internal.protocol;

import io.condatis.internal.protocol.sbe.ChunkEncoder;
import io.condatis.internal.protocol.sbe.MessageHeaderEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes the chunks of messages that are too long to be sent whole, one at a time; reusable; not thread-safe. */
public final class Chunker {
    /** Bytes of a message in each chunk but the last. */
    static final int DATA_LENGTH = 64 << 10;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ChunkEncoder chunk = new ChunkEncoder();
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);

    /** A chunker; takes its memory when first used. */
    public Chunker() {}

    /**
     * Write the chunk that begins at a position of a message.
     *
     * @param message holding the message
     * @param offset of the message
     * @param length of the message
     * @param position 0, or the sum of what {@link #dataLength} said before
     * @return bytes of the chunk in {@link #buffer()}
     */
    public int write(final DirectBuffer message, final int offset, final int length, final int position) {
        if (buffer.capacity() == 0) {
            buffer.wrap(new byte[DATA_LENGTH + 64]);
        }
        chunk.wrapAndApplyHeader(buffer, 0, header)
                .total(length)
                .position(position)
                .putBytes(message, offset + position, dataLength(length, position));
        return MessageHeaderEncoder.ENCODED_LENGTH + chunk.encodedLength();
    }

    /** {@return holds the last chunk written, from 0} */
    public DirectBuffer buffer() {
        return buffer;
    }

    /**
     * {@return how many bytes of a message its chunk at a position holds}
     *
     * @param length of the message
     * @param position of the chunk
     */
    public static int dataLength(final int length, final int position) {
        return Math.min(DATA_LENGTH, length - position);
    }
}
