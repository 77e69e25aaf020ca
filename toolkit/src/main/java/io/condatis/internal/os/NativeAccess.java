package io.condatis.internal.os;

import java.nio.ByteBuffer;
import org.agrona.BufferUtil;

/** Chooses, once, how this JVM makes system calls, or finds that it cannot. Never throws. */
final class NativeAccess {
    /** The property that forces one of {@code ffm}, {@code jna} and {@code polling}. */
    static final String FUTEX_PROPERTY = "condatis.futex";

    private static final int FUTEX_WAKE = 1;
    private static final NativeAccess INSTANCE = choose(System.getProperty(FUTEX_PROPERTY, ""));

    private final Syscall syscall;
    private final LinuxAbi abi;
    private final String name;
    private final String reason;

    private NativeAccess(final Syscall syscall, final LinuxAbi abi, final String name, final String reason) {
        this.syscall = syscall;
        this.abi = abi;
        this.name = name;
        this.reason = reason;
    }

    static NativeAccess get() {
        return INSTANCE;
    }

    /** {@return whether system calls can be made} */
    boolean isAvailable() {
        return syscall != null;
    }

    /** {@return the binding, null when there is none} */
    Syscall syscall() {
        return syscall;
    }

    /** {@return the machine's numbers, null when there is no binding} */
    LinuxAbi abi() {
        return abi;
    }

    /** {@return {@code ffm}, {@code jna} or {@code none}} */
    String name() {
        return name;
    }

    /** {@return why better bindings were passed over, empty when the first one worked} */
    String reason() {
        return reason;
    }

    private static NativeAccess choose(final String forced) {
        final LinuxAbi abi = LinuxAbi.current();
        if (abi == null) {
            final String machine = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
            return new NativeAccess(null, null, "none", machine + " has no binding");
        }
        final StringBuilder reason = new StringBuilder();
        for (final String name : candidates(forced)) {
            try {
                final Syscall syscall = name.equals("ffm") ? new FfmSyscall() : new JnaSyscall();
                verify(syscall, abi);
                return new NativeAccess(syscall, abi, name, reason.toString());
            } catch (final Throwable t) { // a missing jar, a noexec /tmp, denied native access: all mean "not this one"
                final Throwable cause =
                        t instanceof ExceptionInInitializerError && t.getCause() != null ? t.getCause() : t;
                reason.append(reason.length() == 0 ? "" : "; ")
                        .append(name)
                        .append(": ")
                        .append(cause);
            }
        }
        return new NativeAccess(null, null, "none", reason.toString());
    }

    private static String[] candidates(final String forced) {
        if (forced.equals("ffm") || forced.equals("jna")) {
            return new String[] {forced};
        }
        return Runtime.version().feature() >= 22 ? new String[] {"ffm", "jna"} : new String[] {"jna"};
    }

    /** A sandbox may refuse futexes: a wake that nobody waits for must return 0. */
    private static void verify(final Syscall syscall, final LinuxAbi abi) {
        final ByteBuffer word = ByteBuffer.allocateDirect(16);
        final long address = BufferUtil.address(word) + 7 & ~7L;
        final long woken = syscall.call(abi.futex, address, FUTEX_WAKE, 1, 0);
        if (woken != 0) {
            throw new UnsupportedOperationException("futex is refused");
        }
    }
}
