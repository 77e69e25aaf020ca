package io.condatis.internal.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class EntryPageTest {
    private static final int OFFSET = 3;

    private final ExpandableArrayBuffer page = new ExpandableArrayBuffer();
    private final EntryPage.Writer writer = new EntryPage.Writer();
    private final EntryPage.Reader reader = new EntryPage.Reader();

    @Test
    void shouldReadWhatWasWritten() {
        final UnsafeBuffer source = new UnsafeBuffer(new byte[] {9, 1, 2, 3, 4, 5, 6, 9});
        writer.wrap(page, OFFSET).key(source, 1, 2).value(source, 3, 4);
        writer.key(source, 1, 0).value(source, 0, 0);
        writer.key(source, 5, 1).noValue();
        assertEquals(3 * EntryPage.ENTRY_OVERHEAD + 7, writer.length());

        reader.wrap(page, OFFSET, writer.length());
        assertEntry(new byte[] {1, 2}, new byte[] {3, 4, 5, 6});
        assertEntry(new byte[0], new byte[0]);
        assertEntry(new byte[] {5}, new byte[0]);
        assertFalse(reader.next());
        assertFalse(reader.next());
    }

    @Test
    void shouldLayOutLengthsLittleEndianBeforeKeyAndValue() {
        final UnsafeBuffer source = new UnsafeBuffer(new byte[] {7, 8, 9});
        writer.wrap(page, 0).key(source, 0, 1).value(source, 1, 2);

        final byte[] bytes = new byte[writer.length()];
        page.getBytes(0, bytes);
        assertArrayEquals(new byte[] {1, 0, 0, 0, 7, 2, 0, 0, 0, 8, 9}, bytes);
    }

    @Test
    void shouldHaveNoEntryWhenEmpty() {
        assertFalse(reader.wrap(page, 0, 0).next());
    }

    @Test
    void shouldThrowWhenThePageIsCutOffAnywhere() {
        final UnsafeBuffer source = new UnsafeBuffer(new byte[] {7, 8, 9});
        writer.wrap(page, 0).key(source, 0, 1).value(source, 1, 2);
        for (int length = 1; length < writer.length(); length++) {
            reader.wrap(page, 0, length);
            assertThrows(IllegalArgumentException.class, reader::next);
        }
    }

    @Test
    void shouldThrowWhenALengthIsNegativeOrTooLarge() {
        final byte[] bytes = new byte[32];
        for (final byte length : new byte[] {-1, 29}) {
            Arrays.fill(bytes, 0, 4, length < 0 ? length : 0);
            bytes[0] = length;
            reader.wrap(new UnsafeBuffer(bytes), 0, bytes.length);
            assertThrows(IllegalArgumentException.class, reader::next);
        }
    }

    private void assertEntry(final byte[] key, final byte[] value) {
        assertTrue(reader.next());
        assertArrayEquals(key, bytes(reader.keyOffset(), reader.keyLength()));
        assertArrayEquals(value, bytes(reader.valueOffset(), reader.valueLength()));
    }

    private byte[] bytes(final int offset, final int length) {
        final byte[] bytes = new byte[length];
        page.getBytes(offset, bytes);
        return bytes;
    }
}
