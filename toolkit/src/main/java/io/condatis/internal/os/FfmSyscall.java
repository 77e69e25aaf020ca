package io.condatis.internal.os;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * {@code syscall(2)} through {@code java.lang.foreign}, final since JDK 22; on an earlier JDK this class cannot be
 * initialised. The calls go through a constant method handle. The {@code critical} option is not used: it would stop the
 * garbage collector during a wait. Nor is it said that the function is variadic: on Linux its integers come in the same
 * registers either way, and the plain binding is made in half the time.
 */
final class FfmSyscall implements Syscall {
    private static final MethodHandle SYSCALL = bind();

    @Override
    public long call(final long number, final long a, final long b, final long c, final long d) {
        try {
            return (long) SYSCALL.invokeExact(number, a, b, c, d);
        } catch (final RuntimeException | Error e) {
            throw e;
        } catch (final Throwable t) {
            throw new IllegalStateException("system call " + number + " could not be made", t);
        }
    }

    /** {@code long syscall(long number, long a, long b, long c, long d)}. */
    private static MethodHandle bind() {
        final Linker linker = Linker.nativeLinker();
        final MemorySegment symbol = linker.defaultLookup().find("syscall").orElseThrow();
        final ValueLayout word = ValueLayout.JAVA_LONG;
        return linker.downcallHandle(symbol, FunctionDescriptor.of(word, word, word, word, word, word));
    }
}
