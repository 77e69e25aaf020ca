package io.condatis.testing;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for a condition with a deadline, instead of sleeping and hoping. */
public final class Await {
    /** Long enough for anything on a loaded machine. */
    public static final Duration DEADLINE = Duration.ofSeconds(20);

    private static final long FIRST_NAP_NS = 50_000;
    private static final long LONGEST_NAP_NS = 5_000_000;

    private Await() {}

    /**
     * Waits up to {@link #DEADLINE}.
     *
     * @param what the condition in words, for the message
     * @param condition looked at again and again by the calling thread
     * @throws AssertionError with the stacks of all threads when the time is up
     */
    public static void until(final String what, final BooleanSupplier condition) {
        until(what, DEADLINE, condition);
    }

    /**
     * Waits.
     *
     * @param what the condition in words, for the message
     * @param deadline longest wait
     * @param condition looked at again and again by the calling thread
     * @throws AssertionError with the stacks of all threads when the time is up
     */
    public static void until(final String what, final Duration deadline, final BooleanSupplier condition) {
        final long startNs = System.nanoTime();
        long napNs = FIRST_NAP_NS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - startNs > deadline.toNanos()) {
                throw new AssertionError(
                        "within " + deadline + " it did not become true that " + what + '\n' + stacks());
            }
            if (Thread.interrupted()) {
                throw new AssertionError("interrupted before it became true that " + what + '\n' + stacks());
            }
            LockSupport.parkNanos(napNs);
            napNs = Math.min(2 * napNs, LONGEST_NAP_NS);
        }
    }

    /**
     * Waits until a thread sleeps in the kernel or in {@code LockSupport}, as far as can be told from outside: its
     * innermost frames are those of a wait.
     *
     * @param thread that is expected to block
     */
    public static void untilBlocked(final Thread thread) {
        until("thread " + thread.getName() + " is blocked", () -> isBlocked(thread));
    }

    private static boolean isBlocked(final Thread thread) {
        final Thread.State state = thread.getState();
        if (state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING || state == Thread.State.BLOCKED) {
            return true;
        }
        for (final StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getMethodName().equals("await") && frame.getClassName().endsWith(".Futex")) {
                return true; // a native wait counts as running for the JVM
            }
        }
        return false;
    }

    private static String stacks() {
        final StringBuilder text = new StringBuilder();
        for (final Map.Entry<Thread, StackTraceElement[]> entry :
                Thread.getAllStackTraces().entrySet()) {
            final Thread thread = entry.getKey();
            text.append('"')
                    .append(thread.getName())
                    .append("\" ")
                    .append(thread.getState())
                    .append('\n');
            for (final StackTraceElement frame : entry.getValue()) {
                text.append("    at ").append(frame).append('\n');
            }
        }
        return text.toString();
    }
}
