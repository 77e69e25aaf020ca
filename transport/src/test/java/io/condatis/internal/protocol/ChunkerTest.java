package io.condatis.internal.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ChunkerTest {
    private static final int OFFSET = 5;

    private final Chunker chunker = new Chunker();
    private final ChunkAssembler assembler = new ChunkAssembler();

    @Test
    void shouldPutTogetherWhatWasCut() {
        for (final int length : new int[] {
            1, Chunker.DATA_LENGTH - 1, Chunker.DATA_LENGTH, Chunker.DATA_LENGTH + 1, 10 * Chunker.DATA_LENGTH + 7
        }) {
            final byte[] message = message(length);
            final List<byte[]> chunks = cut(message);
            assertEquals((length + Chunker.DATA_LENGTH - 1) / Chunker.DATA_LENGTH, chunks.size());
            for (int i = 0; i < chunks.size() - 1; i++) {
                assertNull(add(chunks.get(i)));
                assertTrue(assembler.isOpen());
            }
            final DirectBuffer whole = add(chunks.get(chunks.size() - 1));
            assertFalse(assembler.isOpen());
            final byte[] bytes = new byte[assembler.length()];
            whole.getBytes(0, bytes);
            assertArrayEquals(message, bytes);
        }
    }

    @Test
    void shouldThrowWhenAChunkDoesNotFollow() {
        final List<byte[]> chunks = cut(message(4 * Chunker.DATA_LENGTH));
        assertThrows(IllegalArgumentException.class, () -> add(chunks.get(1)));
        add(chunks.get(0));
        assertThrows(IllegalArgumentException.class, () -> add(chunks.get(0)));
        assertThrows(IllegalArgumentException.class, () -> add(chunks.get(2)));
        assertThrows(
                IllegalArgumentException.class,
                () -> add(cut(message(3 * Chunker.DATA_LENGTH)).get(1)));
    }

    @Test
    void shouldThrowWhenAChunkIsCutOffOrAnnouncesTooMuch() {
        final byte[] chunk = cut(message(100)).get(0);
        for (int length = 8; length < chunk.length; length++) {
            final int shorter = length;
            assertThrows(RuntimeException.class, () -> assembler.add(new UnsafeBuffer(chunk, 0, shorter), 0, shorter));
        }
        final byte[] tooLong = chunk.clone();
        new UnsafeBuffer(tooLong).putInt(8, Protocol.MAX_MESSAGE_LENGTH + 1);
        assertThrows(IllegalArgumentException.class, () -> add(tooLong));
        final byte[] negative = chunk.clone();
        new UnsafeBuffer(negative).putInt(8, -1);
        assertThrows(IllegalArgumentException.class, () -> add(negative));
    }

    private DirectBuffer add(final byte[] chunk) {
        final UnsafeBuffer buffer = new UnsafeBuffer(chunk);
        assertTrue(assembler.isChunk(buffer, 0));
        return assembler.add(buffer, 0, chunk.length);
    }

    private List<byte[]> cut(final byte[] message) {
        final byte[] shifted = new byte[OFFSET + message.length];
        System.arraycopy(message, 0, shifted, OFFSET, message.length);
        final List<byte[]> chunks = new ArrayList<>();
        for (int at = 0; at < message.length; at += Chunker.dataLength(message.length, at)) {
            final byte[] chunk = new byte[chunker.write(new UnsafeBuffer(shifted), OFFSET, message.length, at)];
            chunker.buffer().getBytes(0, chunk);
            chunks.add(chunk);
        }
        return chunks;
    }

    private static byte[] message(final int length) {
        final byte[] message = new byte[length];
        new Random(length).nextBytes(message);
        return message;
    }
}
