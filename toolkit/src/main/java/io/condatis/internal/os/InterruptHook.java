package io.condatis.internal.os;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelector;
import java.util.Set;

/**
 * Ends a thread's native wait when the thread is interrupted. The JDK calls the {@link #wakeup()} of a selector between
 * whose {@code begin} and {@code end} a thread is; a selector is the only public way to be called. One for each thread.
 */
final class InterruptHook extends AbstractSelector {
    private static final int MOST_WAKES = 10_000;
    private static final ThreadLocal<InterruptHook> CURRENT = ThreadLocal.withInitial(InterruptHook::new);

    private volatile boolean asleep;
    private Futex futex;
    private long address;

    private InterruptHook() {
        super(null);
    }

    static InterruptHook current() {
        return CURRENT.get();
    }

    /**
     * Sleeps on a word as {@link Futex#await} does, unless the thread is interrupted, and until it is.
     *
     * @param futex to sleep by
     * @param word its address
     * @param expected the value to sleep on
     * @param timeoutNs longest time to sleep
     */
    void await(final Futex futex, final long word, final int expected, final long timeoutNs) {
        this.futex = futex;
        this.address = word;
        begin();
        try {
            asleep = true; // before the look at the status; who interrupts sets the status before it looks at this
            if (!Thread.currentThread().isInterrupted()) {
                futex.await(word, expected, timeoutNs);
            }
        } finally {
            asleep = false;
            end();
        }
    }

    @Override
    public Selector wakeup() {
        for (int i = 0; i < MOST_WAKES && asleep; i++) {
            futex.wake(address, Integer.MAX_VALUE); // more than once: the thread may not have fallen asleep yet
            Thread.yield();
        }
        return this;
    }

    @Override
    protected void implCloseSelector() {
        // holds nothing
    }

    @Override
    protected SelectionKey register(final AbstractSelectableChannel channel, final int ops, final Object attachment) {
        throw new UnsupportedOperationException(SelectableChannel.class.getName());
    }

    @Override
    public Set<SelectionKey> keys() {
        return Set.of();
    }

    @Override
    public Set<SelectionKey> selectedKeys() {
        return Set.of();
    }

    @Override
    public int selectNow() {
        return 0;
    }

    @Override
    public int select(final long timeout) {
        return 0;
    }

    @Override
    public int select() {
        return 0;
    }
}
