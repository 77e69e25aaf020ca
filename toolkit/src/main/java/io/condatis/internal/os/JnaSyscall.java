package io.condatis.internal.os;

import com.sun.jna.Native;

/** {@code syscall(2)} through JNA's direct mapping, with primitive arguments only, so nothing is marshalled. */
final class JnaSyscall implements Syscall {
    static {
        Native.register(JnaSyscall.class, "c");
    }

    @Override
    public long call(final long number, final long a, final long b, final long c, final long d) {
        return syscall(number, a, b, c, d);
    }

    private static native long syscall(long number, long a, long b, long c, long d);
}
