package io.condatis.perf.process;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/** The limit of a manager call: a message to another JVM and back, by Aeron IPC alone. */
final class PingPong implements ThereAndBack {
    static final int LENGTH = 100;

    private static final long CONNECT_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long DRIVER_TIMEOUT_MS = TimeUnit.SECONDS.toMillis(30);
    private static final long NAP_NS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final int FRAGMENT_LIMIT = 64;

    private final Aeron aeron;
    private final ExclusivePublication requests;
    private final Subscription responses;
    private final IdleStrategy idle;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[LENGTH]);
    private final FragmentHandler handler;
    private boolean answered;

    private PingPong(final Aeron aeron, final IdleStrategy idle, final int number) {
        this.aeron = aeron;
        this.idle = idle;
        message.putByte(EchoServer.CLIENT_OFFSET, (byte) number);
        handler = (buffer, offset, length, header) -> answered = true;
        responses = aeron.addSubscription(EchoServer.CHANNEL, EchoServer.RESPONSE_STREAM + number);
        requests = aeron.addExclusivePublication(EchoServer.CHANNEL, EchoServer.REQUEST_STREAM);
        awaitConnected(requests, responses);
    }

    /** One of the clients of a server, counted from 0. */
    static PingPong connect(final String directory, final Idle idle, final int number) {
        return new PingPong(connect(directory), idle.strategy(), number);
    }

    static void awaitConnected(final ExclusivePublication requests, final Subscription responses) {
        final long deadline = System.nanoTime() + CONNECT_TIMEOUT_NS;
        while (!requests.isConnected() || !responses.isConnected()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("the echo server's streams did not come up");
            }
            LockSupport.parkNanos(NAP_NS);
        }
    }

    static Aeron connect(final String directory) {
        return Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(directory)
                .driverTimeoutMs(DRIVER_TIMEOUT_MS)
                .idleStrategy(new SleepingMillisIdleStrategy(16))
                .errorHandler(EchoDriver::report));
    }

    @Override
    public void run() {
        answered = false;
        while (requests.offer(message, 0, LENGTH) < 0) {
            Thread.onSpinWait();
        }
        idle.reset();
        while (!answered) {
            idle.idle(responses.poll(handler, FRAGMENT_LIMIT));
        }
    }

    @Override
    public void close() {
        aeron.close();
    }
}
