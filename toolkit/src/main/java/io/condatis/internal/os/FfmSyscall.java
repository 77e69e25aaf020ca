package io.condatis.internal.os;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;

/**
 * {@code syscall(2)} through {@code java.lang.foreign}, final since JDK 22. The interface is looked up by reflection,
 * once, so that this class compiles for JDK 17; the calls themselves go through a constant method handle and cost what
 * a direct binding costs. The {@code critical} option is not used: it would stop the garbage collector during a wait.
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

    private static MethodHandle bind() {
        if (Runtime.version().feature() < 22) {
            throw new UnsupportedOperationException("needs JDK 22");
        }
        try {
            final Class<?> linkerType = Class.forName("java.lang.foreign.Linker");
            final Object linker = linkerType.getMethod("nativeLinker").invoke(null);
            final Object libraries = linkerType.getMethod("defaultLookup").invoke(linker);
            final Optional<?> symbol = (Optional<?>) Class.forName("java.lang.foreign.SymbolLookup")
                    .getMethod("find", String.class)
                    .invoke(libraries, "syscall");
            final Class<?> optionType = Class.forName("java.lang.foreign.Linker$Option");
            final Object options = Array.newInstance(optionType, 1);
            Array.set(
                    options,
                    0,
                    optionType.getMethod("firstVariadicArg", int.class).invoke(null, 1));
            final Object descriptor = descriptor();
            return (MethodHandle) linkerType
                    .getMethod(
                            "downcallHandle",
                            Class.forName("java.lang.foreign.MemorySegment"),
                            Class.forName("java.lang.foreign.FunctionDescriptor"),
                            options.getClass())
                    .invoke(linker, symbol.orElseThrow(), descriptor, options);
        } catch (final ReflectiveOperationException e) {
            final Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
            throw new UnsupportedOperationException("java.lang.foreign is not usable: " + cause, cause);
        }
    }

    /** {@code long syscall(long number, long a, long b, long c, long d)}. */
    private static Object descriptor() throws ReflectiveOperationException {
        final Class<?> layoutType = Class.forName("java.lang.foreign.MemoryLayout");
        final Object javaLong = Class.forName("java.lang.foreign.ValueLayout")
                .getField("JAVA_LONG")
                .get(null);
        final Object arguments = Array.newInstance(layoutType, 5);
        for (int i = 0; i < 5; i++) {
            Array.set(arguments, i, javaLong);
        }
        return Class.forName("java.lang.foreign.FunctionDescriptor")
                .getMethod("of", layoutType, arguments.getClass())
                .invoke(null, javaLong, arguments);
    }
}
