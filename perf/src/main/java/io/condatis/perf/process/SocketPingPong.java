package io.condatis.perf.process;

import io.condatis.process.WorkerProcess;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;

/** The limit of a server behind a UNIX socket: a message to another JVM and back, by blocking channels alone. */
final class SocketPingPong {
    private static final long STOP_SECONDS = 10;

    private final SocketChannel channel;
    private final ByteBuffer message = ByteBuffer.allocateDirect(PingPong.LENGTH);

    private SocketPingPong(final SocketChannel channel) {
        this.channel = channel;
    }

    /** Target of the worker: starts the echo server, measures, and leaves the result. */
    static void run(final TrialPlan plan) throws IOException, InterruptedException {
        final Path directory = Files.createTempDirectory("condatis-socket");
        final Path socket = directory.resolve("socket");
        directory.toFile().deleteOnExit(); // after the socket; Ctrl-C skips the finally below
        socket.toFile().deleteOnExit();
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(socket));
            try (WorkerProcess echo = WorkerProcess.start(SocketPingPong::echo, socket.toString())) {
                // Else we would wait for ever for the call of one that has died.
                echo.onExit().thenRun(() -> CloseHelper.quietClose(listener));
                try (SocketChannel channel = listener.accept()) {
                    final SocketPingPong pingPong = new SocketPingPong(channel);
                    new RoundTrips(pingPong::roundTrip).measure(plan).store(Path.of(plan.resultFile()));
                }
                echo.join(STOP_SECONDS, TimeUnit.SECONDS);
            }
        } finally {
            Files.deleteIfExists(socket);
            Files.delete(directory);
        }
    }

    /** Target of the worker that sends back what it is sent, until nobody sends any more. */
    static void echo(final String socket) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            final SocketPingPong pingPong = new SocketPingPong(channel);
            while (pingPong.receive()) {
                pingPong.send();
            }
        }
    }

    private void roundTrip() {
        try {
            send();
            if (!receive()) {
                throw new EOFException("the echo server has gone");
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send() throws IOException {
        message.clear();
        while (message.hasRemaining()) {
            channel.write(message);
        }
    }

    /** {@return whether there was another message} */
    private boolean receive() throws IOException {
        message.clear();
        while (message.hasRemaining()) {
            if (channel.read(message) < 0) {
                return false;
            }
        }
        return true;
    }
}
