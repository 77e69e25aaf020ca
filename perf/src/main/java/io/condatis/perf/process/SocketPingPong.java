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
import org.agrona.CloseHelper;

/** The limit of a server behind a UNIX socket: a message to another JVM and back, by blocking channels alone. */
final class SocketPingPong implements ThereAndBack {
    private final SocketChannel channel;
    private final WorkerProcess echo;
    private final ByteBuffer message = ByteBuffer.allocateDirect(PingPong.LENGTH);

    private SocketPingPong(final SocketChannel channel, final WorkerProcess echo) {
        this.channel = channel;
        this.echo = echo;
    }

    /** Starts the echo server. */
    static SocketPingPong start() throws IOException {
        final Path directory = Files.createTempDirectory("condatis-socket");
        final Path socket = directory.resolve("socket");
        directory.toFile().deleteOnExit(); // after the socket; Ctrl-C skips the finally below
        socket.toFile().deleteOnExit();
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(socket));
            final WorkerProcess echo = WorkerProcess.start(SocketPingPong::echo, socket.toString());
            // Else we would wait for ever for the call of one that has died.
            echo.onExit().thenRun(() -> CloseHelper.quietClose(listener));
            try {
                return new SocketPingPong(listener.accept(), echo);
            } catch (final IOException e) {
                echo.close();
                throw e;
            }
        } finally {
            Files.deleteIfExists(socket);
            Files.delete(directory);
        }
    }

    /** {@return who answers} */
    ProcessHandle echo() {
        return ProcessHandle.of(echo.pid()).orElseThrow();
    }

    /** Target of the worker that sends back what it is sent, until nobody sends any more. */
    static void echo(final String socket) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            final ByteBuffer message = ByteBuffer.allocateDirect(PingPong.LENGTH);
            while (receive(channel, message)) {
                send(channel, message);
            }
        }
    }

    @Override
    public void run() {
        try {
            send(channel, message);
            if (!receive(channel, message)) {
                throw new EOFException("the echo server has gone");
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        ThereAndBack.end(echo);
    }

    private static void send(final SocketChannel channel, final ByteBuffer message) throws IOException {
        message.clear();
        while (message.hasRemaining()) {
            channel.write(message);
        }
    }

    /** {@return whether there was another message} */
    private static boolean receive(final SocketChannel channel, final ByteBuffer message) throws IOException {
        message.clear();
        while (message.hasRemaining()) {
            if (channel.read(message) < 0) {
                return false;
            }
        }
        return true;
    }
}
