package io.condatis.internal.store;

import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/**
 * SipHash-1-3 of a key, folded to 32 bits. Whoever does not know the seed cannot choose keys that collide, so a hostile
 * client cannot slow a dict down.
 */
final class KeyHash {
    private final long key0;
    private final long key1;

    private long v0;
    private long v1;
    private long v2;
    private long v3;

    KeyHash(final long seed) {
        key0 = seed;
        key1 = Long.rotateLeft(seed * 0x9e37_79b9_7f4a_7c15L, 31) ^ 0x2545_f491_4f6c_dd1dL;
    }

    int hash(final DirectBuffer buffer, final int offset, final int length) {
        v0 = key0 ^ 0x736f_6d65_7073_6575L;
        v1 = key1 ^ 0x646f_7261_6e64_6f6dL;
        v2 = key0 ^ 0x6c79_6765_6e65_7261L;
        v3 = key1 ^ 0x7465_6462_7974_6573L;
        final int wordsEnd = offset + (length & -BitUtil.SIZE_OF_LONG);
        for (int i = offset; i < wordsEnd; i += BitUtil.SIZE_OF_LONG) {
            absorb(buffer.getLong(i, ByteOrder.LITTLE_ENDIAN));
        }
        long last = (long) length << 56;
        for (int i = wordsEnd, shift = 0; i < offset + length; i++, shift += Byte.SIZE) {
            last |= (buffer.getByte(i) & 0xffL) << shift;
        }
        absorb(last);
        v2 ^= 0xff;
        round();
        round();
        round();
        final long hash = v0 ^ v1 ^ v2 ^ v3;
        return (int) (hash ^ (hash >>> Integer.SIZE));
    }

    private void absorb(final long word) {
        v3 ^= word;
        round();
        v0 ^= word;
    }

    private void round() {
        v0 += v1;
        v2 += v3;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v1;
        v0 += v3;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 = Long.rotateLeft(v2, 32);
    }
}
