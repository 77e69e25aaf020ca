package io.condatis.internal.os;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.agrona.BufferUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InterruptHookTest {
    private static final StackWalker LOOKS = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    private static final int ROUNDS = 200;
    private static final long LONG_WAIT_NS = TimeUnit.MINUTES.toNanos(10);

    private final ByteBuffer memory = ByteBuffer.allocateDirect(16);
    private final long word = BufferUtil.address(memory) + 7 & ~7L;

    @Test
    void shouldEndEveryWaitWhenTheInterruptComesBeforeOrDuringIt() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            final FutureTask<Boolean> waiter = new FutureTask<>(() -> {
                Futex.get().awaitInterruptibly(word, 0, LONG_WAIT_NS);
                return Thread.currentThread().isInterrupted();
            });
            final Thread thread = new Thread(waiter);
            thread.start();
            LockSupport.parkNanos(i * 2_000L); // while it starts, just before the wait, in it
            thread.interrupt();
            assertTrue(waiter.get(20, TimeUnit.SECONDS), "the status stays set");
        }
    }

    /** The one moment that no luck hits: between the look at the status and the sleep. */
    @Test
    void shouldEndTheWaitWhenTheInterruptComesRightAfterTheLookAtTheStatus() throws Exception {
        final SlowKernel kernel = new SlowKernel();
        final FutureTask<Boolean> waiter = new FutureTask<>(() -> {
            new Futex(kernel, 0, "slow").awaitInterruptibly(word, 0, LONG_WAIT_NS);
            return Thread.currentThread().isInterrupted();
        });
        final InterruptedAfterTheLook thread = new InterruptedAfterTheLook(waiter, kernel);
        thread.start();
        assertTrue(waiter.get(50, TimeUnit.SECONDS), "the status stays set");
        assertTrue(thread.hasLooked(), "the status was looked at");
        assertFalse(kernel.overslept, "nobody woke the thread");
    }

    @Test
    void shouldEndTheWaitWhenWokenOrOutOfTime() throws Exception {
        final long startNs = System.nanoTime();
        Futex.get().awaitInterruptibly(word, 0, 1_000_000);
        assertTrue(System.nanoTime() - startNs >= 1_000_000);
        Futex.get().awaitInterruptibly(word, 1, LONG_WAIT_NS);
        Futex.get().awaitInterruptibly(word, 0, 0);
    }

    /** A thread that another one interrupts when the hook has looked whether it is, and before it is told. */
    private static final class InterruptedAfterTheLook extends Thread {
        private final SlowKernel kernel;
        private Thread interrupter;

        InterruptedAfterTheLook(final Runnable task, final SlowKernel kernel) {
            super(task);
            this.kernel = kernel;
        }

        @Override
        public boolean isInterrupted() {
            final boolean seen = super.isInterrupted();
            if (interrupter == null && LOOKS.getCallerClass() == InterruptHook.class) {
                interrupter = new Thread(this::interrupt);
                interrupter.start();
                while (interrupter.isAlive() && kernel.wakesBegun.get() == 0) {
                    Thread.onSpinWait(); // it has found the thread asleep or has gone, thinking there is nobody to wake
                }
            }
            return seen;
        }

        boolean hasLooked() {
            return interrupter != null;
        }
    }

    /** One futex. A wake takes as long as it takes the other one to fall asleep. */
    private static final class SlowKernel implements Syscall {
        private static final int FUTEX_WAIT = 0;
        private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);

        private final AtomicInteger wakesBegun = new AtomicInteger();
        private final CountDownLatch sleeping = new CountDownLatch(1);
        private volatile boolean woken;
        private volatile boolean overslept;

        @Override
        public long call(final long number, final long address, final long operation, final long c, final long d) {
            if (operation == FUTEX_WAIT) {
                sleeping.countDown();
                final long startNs = System.nanoTime();
                while (!woken && !overslept) {
                    Thread.onSpinWait();
                    overslept = System.nanoTime() - startNs > PATIENCE_NS;
                }
            } else {
                wakesBegun.incrementAndGet();
                try {
                    woken = sleeping.await(PATIENCE_NS, TimeUnit.NANOSECONDS);
                } catch (final InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            return 0;
        }
    }
}
