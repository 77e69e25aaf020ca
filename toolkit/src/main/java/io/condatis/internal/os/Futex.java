package io.condatis.internal.os;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/**
 * Sleeping on a 32-bit word of shared memory until another process changes it and wakes the sleepers.
 *
 * <p>Wakes are hints. A process may be killed between its change and its wake, and a polling member wakes nobody, so
 * every caller bounds its wait and looks at its condition again, whatever made the wait return.
 *
 * <p>One instance serves the JVM: the futex system call where {@link NativeAccess} finds a way to make it, otherwise
 * polling, which parks for 200 us and grows to 1 ms. {@code -Dcondatis.futex=ffm|jna|polling} forces one. Virtual threads
 * always poll: a native wait would hold their carrier, and enough waiters would stop the program.
 * {@link #toString()} says which form is active and why.
 */
public final class Futex {
    private static final int FUTEX_WAIT = 0;
    private static final int FUTEX_WAKE = 1;
    private static final long LONG_SLEEP_NS = 1_000_000;
    private static final long FIRST_NAP_NS = 200_000;
    private static final long LONGEST_NAP_NS = 1_000_000;
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final ThreadLocal<Timespec> TIMESPEC = ThreadLocal.withInitial(Timespec::new);
    private static final Futex INSTANCE = choose();

    private final Syscall syscall;
    private final long number;
    private final String description;

    Futex(final Syscall syscall, final long number, final String description) {
        this.syscall = syscall;
        this.number = number;
        this.description = description;
    }

    /** {@return the one instance of this JVM} */
    public static Futex get() {
        return INSTANCE;
    }

    /**
     * Sleeps while the word holds a value. Returns after a wake, when the time is up, at once when the word holds
     * something else, when a polling thread is interrupted (its status stays set), or for no reason. A native wait does
     * not notice an interrupt: callers that must react wait in slices.
     *
     * @param address of the word, 4-byte aligned, in mapped or other off-heap memory that stays valid during the call
     * @param expected the value to sleep on
     * @param timeoutNs longest time to sleep; nothing is done when it is not positive
     */
    public void await(final long address, final int expected, final long timeoutNs) {
        if (timeoutNs <= 0) {
            return;
        }
        if (syscall == null || VirtualThreads.isCurrentVirtual()) {
            poll(address, expected, timeoutNs);
        } else {
            sleep(address, expected, timeoutNs);
        }
    }

    /** A thread that sleeps for long once is to run at once from then on when it is woken, whatever else has just begun to. */
    private void sleep(final long address, final int expected, final long timeoutNs) {
        final Timespec timespec = TIMESPEC.get();
        if (timespec.isPrompt || timeoutNs <= LONG_SLEEP_NS) {
            sleep(address, expected, timeoutNs, timespec);
            return;
        }
        final long startNs = System.nanoTime();
        final boolean woken = sleep(address, expected, LONG_SLEEP_NS, timespec);
        final long sleptNs = System.nanoTime() - startNs;
        if (!woken && sleptNs >= LONG_SLEEP_NS && sleptNs < timeoutNs) {
            timespec.isPrompt = true;
            new TimeSlice().halve();
            sleep(address, expected, timeoutNs - sleptNs, timespec);
        }
    }

    private boolean sleep(final long address, final int expected, final long timeoutNs, final Timespec timespec) {
        timespec.set(timeoutNs);
        return syscall.call(number, address, FUTEX_WAIT, expected & 0xFFFF_FFFFL, timespec.address) == 0;
    }

    /**
     * Sleeps as {@link #await} does, and returns when the thread is interrupted, with its status still set.
     *
     * @param address of the word
     * @param expected the value to sleep on
     * @param timeoutNs longest time to sleep; nothing is done when it is not positive
     */
    public void awaitInterruptibly(final long address, final int expected, final long timeoutNs) {
        if (timeoutNs <= 0) {
            return;
        }
        if (syscall == null || VirtualThreads.isCurrentVirtual()) {
            poll(address, expected, timeoutNs);
        } else {
            InterruptHook.current().await(this, address, expected, timeoutNs);
        }
    }

    /**
     * Wakes threads that sleep on a word, in any process. Change the word first.
     *
     * @param address of the word
     * @param count how many to wake at most; {@link Integer#MAX_VALUE} for all
     */
    public void wake(final long address, final int count) {
        if (syscall != null) {
            syscall.call(number, address, FUTEX_WAKE, count, 0);
        }
    }

    /** {@return whether {@link #wake} wakes anybody; false means that others must not rely on this process's wakes} */
    public boolean canWake() {
        return syscall != null;
    }

    /** {@return {@code ffm}, {@code jna} or {@code polling}, and what stood against a better one} */
    @Override
    public String toString() {
        return description;
    }

    private static void poll(final long address, final int expected, final long timeoutNs) {
        final long startNs = System.nanoTime();
        long napNs = FIRST_NAP_NS;
        long leftNs = timeoutNs;
        while (leftNs > 0 && UnsafeApi.getIntVolatile(null, address) == expected) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            LockSupport.parkNanos(Math.min(napNs, leftNs));
            napNs = Math.min(napNs + napNs / 2, LONGEST_NAP_NS);
            leftNs = timeoutNs - (System.nanoTime() - startNs);
        }
    }

    private static Futex choose() {
        final String forced = System.getProperty(NativeAccess.FUTEX_PROPERTY, "");
        if (forced.equals("polling")) {
            return new Futex(null, 0, "polling (forced by -D" + NativeAccess.FUTEX_PROPERTY + ")");
        }
        final NativeAccess access = NativeAccess.get();
        final String reason = access.reason().isEmpty() ? "" : " (" + access.reason() + ")";
        if (!access.isAvailable()) {
            return new Futex(null, 0, "polling" + reason);
        }
        return new Futex(access.syscall(), access.abi().futex, access.name() + reason);
    }

    /** A {@code struct timespec} of its own for every thread that waits natively. */
    private static final class Timespec {
        private final ByteBuffer memory = BufferUtil.allocateDirectAligned(2 * Long.BYTES, Long.BYTES);
        private final long address = BufferUtil.address(memory);
        private boolean isPrompt;

        private void set(final long ns) {
            UnsafeApi.putLong(address, ns / NS_PER_SECOND);
            UnsafeApi.putLong(address + Long.BYTES, ns % NS_PER_SECOND);
        }
    }
}
