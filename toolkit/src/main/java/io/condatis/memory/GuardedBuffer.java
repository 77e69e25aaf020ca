package io.condatis.memory;

import io.condatis.internal.os.Access;
import io.condatis.internal.os.Guarded;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A buffer over mapped memory that can be closed: afterwards every operation throws {@link IllegalStateException}.
 *
 * <p>The bare buffer inside is never wrapped anew, which would be a race that ends in a crash of the JVM; the flag is
 * asked instead. Nothing unmaps the memory either: that is left to the garbage collector, which does it when no buffer
 * reaches the mapping.
 */
final class GuardedBuffer implements GuardedAtomics, Guarded {
    private final Access access;
    private final UnsafeBuffer bare;

    GuardedBuffer(final UnsafeBuffer bare, final Access access) {
        this.bare = bare;
        this.access = access;
    }

    @Override
    public UnsafeBuffer bare() {
        access.check();
        return bare;
    }

    @Override
    public Access access() {
        return access;
    }

    @Override
    public int capacity() {
        return bare.capacity();
    }

    @Override
    public boolean isExpandable() {
        return false;
    }

    @Override
    public void wrap(final byte[] bytes) {
        throw notWrapped();
    }

    @Override
    public void wrap(final byte[] bytes, final int offset, final int length) {
        throw notWrapped();
    }

    @Override
    public void wrap(final ByteBuffer bytes) {
        throw notWrapped();
    }

    @Override
    public void wrap(final ByteBuffer bytes, final int offset, final int length) {
        throw notWrapped();
    }

    @Override
    public void wrap(final DirectBuffer source) {
        throw notWrapped();
    }

    @Override
    public void wrap(final DirectBuffer source, final int offset, final int length) {
        throw notWrapped();
    }

    @Override
    public void wrap(final long address, final int length) {
        throw notWrapped();
    }

    private static UnsupportedOperationException notWrapped() {
        return new UnsupportedOperationException(
                "A buffer of shared memory stays where it is: wrap an UnsafeBuffer around it.");
    }

    @Override
    public String toString() {
        return "GuardedBuffer{capacity=" + capacity() + ", open=" + access.isOpen() + "}";
    }
}
