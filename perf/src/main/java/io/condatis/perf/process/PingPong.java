package io.condatis.perf.process;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.condatis.internal.os.SharedDirectory;
import io.condatis.process.WorkerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/** The limit of a manager call: a message to another JVM and back, by Aeron IPC alone. */
final class PingPong {
    static final int LENGTH = 100;

    private static final long CONNECT_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long DRIVER_TIMEOUT_MS = TimeUnit.SECONDS.toMillis(30);
    private static final long NAP_NS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final int FRAGMENT_LIMIT = 64;

    private final ExclusivePublication requests;
    private final Subscription responses;
    private final IdleStrategy idle;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[LENGTH]);
    private final FragmentHandler handler;
    private boolean answered;

    private PingPong(final Aeron aeron, final IdleStrategy idle, final int number) {
        this.idle = idle;
        message.putByte(EchoServer.CLIENT_OFFSET, (byte) number);
        handler = (buffer, offset, length, header) -> answered = true;
        responses = aeron.addSubscription(EchoServer.CHANNEL, EchoServer.RESPONSE_STREAM + number);
        requests = aeron.addExclusivePublication(EchoServer.CHANNEL, EchoServer.REQUEST_STREAM);
        awaitConnected(requests, responses);
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

    /** Target of the worker: starts the echo server, measures, and leaves the result. */
    static void run(final TrialPlan plan, final Idle idle) throws IOException, InterruptedException {
        final String directory = SharedDirectory.path()
                .resolve("condatis-perf-" + ProcessHandle.current().pid())
                .toString();
        try (WorkerProcess server = EchoServer.start(directory, idle, 1)) {
            try (Aeron aeron = connect(directory)) {
                new RoundTrips(call(aeron, idle, 0)).measure(plan).store(Path.of(plan.resultFile()));
            } finally {
                EchoServer.end(server);
            }
        }
    }

    /** {@return there and back, of one of the server's clients, counted from 0} */
    static Runnable call(final Aeron aeron, final Idle idle, final int number) {
        return new PingPong(aeron, idle.strategy(), number)::roundTrip;
    }

    static Aeron connect(final String directory) {
        return Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(directory)
                .driverTimeoutMs(DRIVER_TIMEOUT_MS)
                .idleStrategy(new SleepingMillisIdleStrategy(16))
                .errorHandler(EchoDriver::report));
    }

    private void roundTrip() {
        answered = false;
        while (requests.offer(message, 0, LENGTH) < 0) {
            Thread.onSpinWait();
        }
        idle.reset();
        while (!answered) {
            idle.idle(responses.poll(handler, FRAGMENT_LIMIT));
        }
    }
}
