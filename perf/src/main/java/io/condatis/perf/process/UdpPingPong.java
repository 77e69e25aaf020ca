package io.condatis.perf.process;

import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.condatis.internal.os.ExitHooks;
import io.condatis.internal.os.SharedDirectory;
import io.condatis.process.WorkerProcess;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A message to another JVM and back by Aeron over UDP on this host: what it costs where the two could as well be on two
 * machines. Each side runs a driver of its own on the thread that sends and receives.
 */
final class UdpPingPong implements ThereAndBack {
    private static final String HOST = "127.0.0.1";
    private static final int STREAM = 1;
    private static final int FRAGMENT_LIMIT = 64;
    private static final long CONNECT_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(15);

    private final EchoDriver driver;
    private final ExclusivePublication out;
    private final Subscription in;
    private final IdleStrategy idle;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[PingPong.LENGTH]);
    private final FragmentHandler answer = (buffer, offset, length, header) -> this.answered = true;
    private final AtomicBoolean running;
    private final WorkerProcess server;
    private ExitHooks.Registration atExit;
    private boolean answered;

    private UdpPingPong(
            final EchoDriver driver,
            final int outPort,
            final int inPort,
            final IdleStrategy idle,
            final AtomicBoolean running,
            final WorkerProcess server) {
        this.driver = driver;
        this.idle = idle;
        this.running = running;
        this.server = server;
        in = driver.aeron().addSubscription(channel(inPort), STREAM);
        out = driver.aeron().addExclusivePublication(channel(outPort), STREAM);
    }

    /** Starts the other side, and waits until both hear each other. */
    static UdpPingPong start() throws IOException {
        final int there;
        final int back;
        try (DatagramSocket one = freePort();
                DatagramSocket other = freePort()) {
            there = one.getLocalPort();
            back = other.getLocalPort();
        }
        final WorkerProcess server = WorkerProcess.start(
                WorkerProcess.options().name("echo").jvmOptions("-XX:+UseSerialGC"), UdpPingPong::serve, there, back);
        EchoDriver driver = null;
        try {
            driver = driver();
            final UdpPingPong pingPong =
                    new UdpPingPong(driver, there, back, Idle.AS_CONDATIS.strategy(), new AtomicBoolean(true), server);
            pingPong.atExit = ExitHooks.register(() -> IoUtil.delete(directory().toFile(), true));
            pingPong.awaitConnected();
            return pingPong;
        } catch (final RuntimeException e) {
            CloseHelper.quietClose(driver);
            end(server);
            throw e;
        }
    }

    @Override
    public void close() {
        driver.close();
        atExit.cancel();
        end(server);
    }

    private static void end(final WorkerProcess server) {
        server.terminate();
        ThereAndBack.end(server);
    }

    /** Target of the worker that sends back what it is sent until its JVM is told to end. */
    static void serve(final int there, final int back) {
        final AtomicBoolean running = new AtomicBoolean(true);
        final CountDownLatch closed = new CountDownLatch(1);
        // The thread that echoes also unmaps: nobody may take the memory from under it.
        ExitHooks.register(() -> {
            running.set(false);
            closed.await(END_SECONDS, TimeUnit.SECONDS);
        });
        try (EchoDriver driver = driver()) {
            new UdpPingPong(driver, back, there, Idle.AS_CONDATIS.serverStrategy(), running, null).echo();
        } finally {
            closed.countDown();
        }
    }

    private static EchoDriver driver() {
        return new EchoDriver(directory().toString());
    }

    private static Path directory() {
        return SharedDirectory.path()
                .resolve("condatis-perf-udp-" + ProcessHandle.current().pid());
    }

    private static String channel(final int port) {
        return "aeron:udp?endpoint=" + HOST + ":" + port;
    }

    private static DatagramSocket freePort() throws IOException {
        return new DatagramSocket(new InetSocketAddress(InetAddress.getByName(HOST), 0));
    }

    private void awaitConnected() {
        final long deadlineNs = System.nanoTime() + CONNECT_TIMEOUT_NS;
        while (!out.isConnected() || !in.isConnected()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IllegalStateException("the streams over UDP did not come up");
            }
            idle.idle(driver.invoke());
        }
    }

    @Override
    public void run() {
        answered = false;
        send(message, 0, PingPong.LENGTH);
        while (!answered) {
            idle.idle(driver.invoke() + in.poll(answer, FRAGMENT_LIMIT));
        }
    }

    private void echo() {
        final FragmentHandler handler = (buffer, offset, length, header) -> send(buffer, offset, length);
        while (running.get()) {
            idle.idle(driver.invoke() + in.poll(handler, FRAGMENT_LIMIT));
        }
    }

    private void send(final DirectBuffer buffer, final int offset, final int length) {
        while (out.offer(buffer, offset, length) < 0 && running.get()) {
            driver.invoke();
        }
    }
}
