package io.condatis.internal.protocol;

import io.condatis.internal.protocol.sbe.ChunkDecoder;
import io.condatis.internal.protocol.sbe.MessageHeaderDecoder;
import io.condatis.internal.protocol.sbe.VarDataEncodingDecoder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Puts the chunks of one stream together again. Its memory grows with what has come, never with what was announced, and is
 * given up with each message. Not thread-safe.
 */
public final class ChunkAssembler {
    private static final int INITIAL_CAPACITY = 2 * Chunker.DATA_LENGTH;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ChunkDecoder chunk = new ChunkDecoder();
    private ExpandableArrayBuffer message;
    private int total;
    private int filled;

    /** An assembler that waits for a first chunk. */
    public ChunkAssembler() {}

    /**
     * {@return whether this is a chunk}
     *
     * @param buffer holding a message of at least a header's length
     * @param offset of the message
     */
    public boolean isChunk(final DirectBuffer buffer, final int offset) {
        header.wrap(buffer, offset);
        return header.templateId() == ChunkDecoder.TEMPLATE_ID && header.schemaId() == ChunkDecoder.SCHEMA_ID;
    }

    /** {@return whether some chunks of a message have come, and not all} */
    public boolean isOpen() {
        return message != null;
    }

    /**
     * Add the next chunk.
     *
     * @param buffer holding it
     * @param offset of the chunk, header included
     * @param length of the chunk
     * @return the whole message when this was its last chunk, or null; it begins at 0 and is {@link #length()} long
     * @throws IllegalArgumentException when it is no chunk that can come here
     */
    public DirectBuffer add(final DirectBuffer buffer, final int offset, final int length) {
        final int body = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        final int fixed = MessageHeaderDecoder.ENCODED_LENGTH
                + ChunkDecoder.BLOCK_LENGTH
                + VarDataEncodingDecoder.varDataEncodingOffset();
        header.wrap(buffer, offset);
        if (length < fixed || header.blockLength() != ChunkDecoder.BLOCK_LENGTH) {
            throw new IllegalArgumentException("not a chunk: length=" + length);
        }
        chunk.wrap(buffer, body, header.blockLength(), header.version());
        final int announced = chunk.total();
        final int position = chunk.position();
        final int count = chunk.bytesLength();
        if (count < 1
                || count > length - fixed
                || announced > Protocol.MAX_MESSAGE_LENGTH
                || position != filled
                || filled > 0 && announced != total
                || count > announced - filled) {
            throw new IllegalArgumentException("chunk that does not follow: total=" + announced + " position="
                    + position + " bytes=" + count + " expectedTotal=" + total + " expectedPosition=" + filled);
        }
        if (message == null) {
            message = new ExpandableArrayBuffer(INITIAL_CAPACITY);
            total = announced;
        }
        chunk.getBytes(message, filled, count);
        filled += count;
        if (filled < total) {
            return null;
        }
        final DirectBuffer whole = message;
        message = null;
        filled = 0;
        return whole;
    }

    /** {@return bytes of the message that was completed last} */
    public int length() {
        return total;
    }
}
