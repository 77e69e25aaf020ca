package io.condatis.internal.os;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Named places at which a test makes its process die, as if killed from outside: {@code -Dcondatis.crash=point} ends
 * the process with SIGKILL the first time it gets there, {@code -Dcondatis.crash=point:n} the n-th time.
 *
 * <p>Write {@code if (CrashPoint.ON) CrashPoint.reached("lock.acquired")}: without the property {@link #ON} is a constant
 * false and the compiler removes the statement.
 */
public final class CrashPoint {
    /** The name of the property. */
    public static final String PROPERTY = "condatis.crash";

    /** Whether this process is to die somewhere. */
    public static final boolean ON = System.getProperty(PROPERTY) != null;

    private static final int SIGKILL = 9;
    private static final String POINT = ON ? System.getProperty(PROPERTY).replaceFirst(":.*", "") : "";
    private static final AtomicInteger PASSES_LEFT = new AtomicInteger(passes());

    private CrashPoint() {}

    /**
     * Dies here if the property names this point and its count is reached.
     *
     * @param point dotted name: what is going on, then what has just been done
     */
    public static void reached(final String point) {
        if (ON && POINT.equals(point) && PASSES_LEFT.decrementAndGet() == 0) {
            die();
        }
    }

    private static int passes() {
        final String value = ON ? System.getProperty(PROPERTY) : "";
        final int colon = value.indexOf(':');
        return colon < 0 ? 1 : Integer.parseInt(value.substring(colon + 1));
    }

    private static void die() {
        final NativeAccess access = NativeAccess.get();
        if (access.isAvailable()) {
            access.syscall().call(access.abi().kill, ProcessIdentity.pid(), SIGKILL, 0, 0);
        } else {
            try {
                new ProcessBuilder("kill", "-9", Long.toString(ProcessIdentity.pid())).start();
            } catch (final IOException e) {
                throw new IllegalStateException("kill could not be run", e);
            }
        }
        while (true) { // the signal is on its way; nothing after the point may run
            Thread.onSpinWait();
        }
    }
}
