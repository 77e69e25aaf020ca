package io.condatis.sync;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.IdleStrategy;

/**
 * An Agrona {@link IdleStrategy} that ends in sleep and is woken from any process, at once.
 *
 * <p>For the one thread that owns a {@link Doorbell}. It spins and yields for some {@value #YIELD_US} us; then it arms the
 * doorbell, lets its caller look for work once more, and sleeps if there was none, a slice at a time. So while work keeps
 * coming nobody makes a system call, and an idle thread costs one look a slice. Whoever brings work rings the doorbell after
 * publishing it. A ring lost to a death costs one slice; an interrupt ends a sleep within one.
 *
 * <p>Not for virtual threads where latency matters: they poll instead of sleeping in the kernel, up to 1 ms late.
 */
public final class DoorbellIdleStrategy implements IdleStrategy {
    /** Longest sleep without a look for work when none is given: 10 ms. */
    public static final long DEFAULT_SLICE_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final int SPIN_US = 10;
    private static final int YIELD_US = 50;
    private static final long SPIN_NS = TimeUnit.MICROSECONDS.toNanos(SPIN_US);
    private static final long YIELD_NS = TimeUnit.MICROSECONDS.toNanos(YIELD_US);

    private final Doorbell doorbell;
    private final long sliceNs;
    private long idleSinceNs;
    private boolean idle;
    private boolean armed;

    /**
     * A strategy with slices of {@link #DEFAULT_SLICE_NS}.
     *
     * @param doorbell owned by the thread that will use this
     */
    public DoorbellIdleStrategy(final Doorbell doorbell) {
        this(doorbell, DEFAULT_SLICE_NS);
    }

    /**
     * A strategy.
     *
     * @param doorbell owned by the thread that will use this
     * @param sliceNs longest sleep without a look for work, in nanoseconds
     */
    public DoorbellIdleStrategy(final Doorbell doorbell, final long sliceNs) {
        this.doorbell = doorbell;
        this.sliceNs = sliceNs;
    }

    @Override
    public void idle(final int workCount) {
        if (workCount > 0) {
            reset();
        } else {
            idle();
        }
    }

    @Override
    public void idle() {
        if (armed) {
            doorbell.await(sliceNs);
            doorbell.arm();
            return;
        }
        final long nowNs = System.nanoTime();
        if (!idle) {
            idle = true;
            idleSinceNs = nowNs;
        }
        final long idleNs = nowNs - idleSinceNs;
        if (idleNs < SPIN_NS) {
            Thread.onSpinWait();
        } else if (idleNs < YIELD_NS) {
            Thread.yield();
        } else {
            armed = true;
            doorbell.arm();
        }
    }

    @Override
    public void reset() {
        idle = false;
        if (armed) {
            armed = false;
            doorbell.disarm();
        }
    }

    @Override
    public String alias() {
        return "doorbell";
    }

    @Override
    public String toString() {
        return "DoorbellIdleStrategy[sliceNs=" + sliceNs + (armed ? ", armed]" : "]");
    }
}
