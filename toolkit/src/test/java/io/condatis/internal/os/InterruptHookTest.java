package io.condatis.internal.os;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.BufferUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InterruptHookTest {
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

    @Test
    void shouldEndTheWaitWhenWokenOrOutOfTime() throws Exception {
        final long startNs = System.nanoTime();
        Futex.get().awaitInterruptibly(word, 0, 1_000_000);
        assertTrue(System.nanoTime() - startNs >= 1_000_000);
        Futex.get().awaitInterruptibly(word, 1, LONG_WAIT_NS);
        Futex.get().awaitInterruptibly(word, 0, 0);
    }
}
