package io.condatis.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class KeyHashTest {
    private final KeyHash keyHash = new KeyHash(42);

    @Test
    void shouldDependOnTheBytesAloneAndNotOnWhereTheyAre() {
        for (int length = 0; length < 40; length++) {
            final byte[] bytes = new byte[64];
            for (int i = 0; i < length; i++) {
                bytes[3 + i] = (byte) (i * 7);
            }
            final byte[] moved = new byte[64];
            System.arraycopy(bytes, 3, moved, 11, length);
            assertEquals(
                    keyHash.hash(new UnsafeBuffer(bytes), 3, length),
                    keyHash.hash(new UnsafeBuffer(moved), 11, length));
        }
    }

    @Test
    void shouldDifferWhenSeedLengthOrAnyByteDiffers() {
        final Set<Integer> hashes = new HashSet<>();
        int keys = 0;
        for (int length = 0; length < 33; length++) {
            for (int i = 0; i < Math.max(1, length); i++) {
                final byte[] bytes = new byte[length];
                if (length > 0) {
                    bytes[i] = 1;
                }
                hashes.add(keyHash.hash(new UnsafeBuffer(bytes), 0, length));
                keys++;
            }
        }
        assertEquals(keys, hashes.size());
        final UnsafeBuffer key = new UnsafeBuffer(new byte[] {1, 2, 3});
        assertNotEquals(keyHash.hash(key, 0, 3), new KeyHash(43).hash(key, 0, 3));
    }

    @Test
    void shouldSpreadSimilarKeysEvenly() {
        final int[] buckets = new int[256];
        final UnsafeBuffer key = new UnsafeBuffer(new byte[8]);
        for (int i = 0; i < 25_600; i++) {
            key.putLong(0, i);
            buckets[keyHash.hash(key, 0, 8) & 255]++;
        }
        for (final int count : buckets) {
            assertTrue(count > 50 && count < 150, "bucket of " + count);
        }
    }
}
