package io.condatis.perf.process;

import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.condatis.internal.os.ExitHooks;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.IdleStrategy;

/** Sends back what it is sent, or only reads it, until its JVM is told to end; the driver runs on its thread, as in a manager's server. */
final class EchoServer {
    static final String CHANNEL = "aeron:ipc";
    static final int REQUEST_STREAM = 1;
    /** Of the first client; the others' follow. */
    static final int RESPONSE_STREAM = 2;

    /** First byte of what is only to be read. */
    static final byte DO_NOT_ANSWER = 1;

    /** Where a message says which client has sent it. */
    static final int CLIENT_OFFSET = 1;

    private static final long CONDUCTOR_INTERVAL_NS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long CLOSE_SECONDS = 2;
    private static final int FRAGMENT_LIMIT = 64;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean running = true;

    private EchoServer() {}

    /** Target of the worker. */
    static void serve(final String directory, final Idle idle, final Integer clients) {
        final EchoServer server = new EchoServer();
        ExitHooks.register(server::stop);
        try (EchoDriver driver = new EchoDriver(directory)) {
            server.echo(driver, idle.serverStrategy(), clients);
        } finally {
            server.ended.countDown();
        }
    }

    /** The thread that echoes also unmaps: nobody may take the memory from under it. */
    private void stop() throws InterruptedException {
        running = false;
        ended.await(CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    private void echo(final EchoDriver driver, final IdleStrategy idle, final int clients) {
        final Subscription requests = driver.aeron().addSubscription(CHANNEL, REQUEST_STREAM);
        final ExclusivePublication[] responses = new ExclusivePublication[clients];
        for (int i = 0; i < clients; i++) {
            responses[i] = driver.aeron().addExclusivePublication(CHANNEL, RESPONSE_STREAM + i);
        }
        final FragmentHandler handler = (buffer, offset, length, header) -> {
            if (buffer.getByte(offset) == DO_NOT_ANSWER) {
                return;
            }
            final ExclusivePublication response = responses[buffer.getByte(offset + CLIENT_OFFSET)];
            while (response.offer(buffer, offset, length) < 0 && running) {
                driver.invoke();
            }
        };
        long nextConductorNs = System.nanoTime();
        while (running) {
            int work = 0;
            final long nowNs = System.nanoTime();
            if (nowNs - nextConductorNs >= 0) {
                nextConductorNs = nowNs + CONDUCTOR_INTERVAL_NS;
                work += driver.invoke();
            }
            work += requests.poll(handler, FRAGMENT_LIMIT);
            idle.idle(work);
        }
    }
}
