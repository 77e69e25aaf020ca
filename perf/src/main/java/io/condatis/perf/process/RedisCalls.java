package io.condatis.perf.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;

/** One thread asks a Redis of its own over a UNIX socket, in Redis' protocol: what it has that a manager has too. */
final class RedisCalls implements AutoCloseable {
    private static final String SERVER = "redis-server";
    private static final long START_NS = TimeUnit.SECONDS.toNanos(10);
    private static final String SOCKET = "socket";
    private static final String LOG = "log";
    /** The message there and back over a bare socket. */
    static final String BARE = "socket";

    static final String GET = "redis-get";
    static final String SET = "redis-set";
    static final String PASS = "redis-pass";
    private static final int SHORTER = 2;
    private static final String VALUE = "v".repeat(PingPong.LENGTH);

    /** What is asked, each with an answer of one length: the key is set before it is got, the list empty before a push. */
    private enum Command {
        SET("+OK\r\n", "SET", "key", VALUE),
        GET("$" + PingPong.LENGTH + "\r\n" + VALUE + "\r\n", "GET", "key"),
        PUSH(":1\r\n", "RPUSH", "list", VALUE),
        POP("$" + PingPong.LENGTH + "\r\n" + VALUE + "\r\n", "LPOP", "list");

        private final ByteBuffer request;
        private final ByteBuffer reply;

        Command(final String reply, final String... words) {
            final StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
            for (final String word : words) {
                text.append('$')
                        .append(word.length())
                        .append("\r\n")
                        .append(word)
                        .append("\r\n");
            }
            request = ascii(text.toString());
            this.reply = ByteBuffer.allocateDirect(reply.length());
        }
    }

    private final SocketChannel channel;
    private final Path directory;
    private final Process server;
    private final Thread atExit;

    private RedisCalls(final Path directory, final Process server) throws IOException {
        this.directory = directory;
        this.server = server;
        atExit = new Thread(this::remove);
        Runtime.getRuntime().addShutdownHook(atExit);
        SocketChannel connected = null;
        try {
            connected = connect(server, directory.resolve(SOCKET));
        } finally {
            if (connected == null) {
                end();
            }
        }
        channel = connected;
    }

    /** {@return whether there is a server to start} */
    static boolean isThere() {
        return OnPath.has(SERVER);
    }

    /** Target of the worker: measures a server of its own, and in turns with it a bare message there and back. */
    static void run(final TrialPlan plan) throws IOException, InterruptedException, BrokenBarrierException {
        try (RedisCalls redis = start();
                SocketPingPong socket = SocketPingPong.start()) {
            new RoundRobin()
                    .onTwoProcessors(redis.server.toHandle(), socket.echo())
                    .add(BARE, socket)
                    .add(SET, () -> redis.call(Command.SET))
                    .add(GET, () -> redis.call(Command.GET))
                    .add(PASS, () -> {
                        redis.call(Command.PUSH);
                        redis.call(Command.POP);
                    })
                    .measure(plan.shorter(SHORTER), plan.warmupNs() / SHORTER, RoundRobin.Meeting.NONE);
        }
    }

    private static RedisCalls start() throws IOException {
        final Path directory = Files.createTempDirectory("condatis-redis");
        return new RedisCalls(
                directory,
                new ProcessBuilder(
                                SERVER,
                                "--port",
                                "0",
                                "--unixsocket",
                                directory.resolve(SOCKET).toString(),
                                "--save",
                                "",
                                "--appendonly",
                                "no")
                        .directory(directory.toFile())
                        .redirectOutput(directory.resolve(LOG).toFile())
                        .redirectErrorStream(true)
                        .start());
    }

    @Override
    public void close() throws IOException {
        channel.close();
        end();
    }

    private void end() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        remove();
    }

    private void remove() {
        server.destroyForcibly().onExit().join();
        for (final Path file : List.of(directory.resolve(SOCKET), directory.resolve(LOG), directory)) {
            file.toFile().delete(); // else it stays in a directory for temporary files
        }
    }

    private static SocketChannel connect(final Process server, final Path socket) throws IOException {
        final long deadline = System.nanoTime() + START_NS;
        while (true) {
            final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
                return channel;
            } catch (final IOException e) {
                channel.close();
                if (!server.isAlive() || System.nanoTime() - deadline > 0) {
                    throw new IOException(SERVER + " did not come up at " + socket, e);
                }
                Thread.onSpinWait();
            }
        }
    }

    private void call(final Command command) {
        try {
            command.request.rewind();
            channel.write(command.request);
            command.reply.clear();
            read(command.reply);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(final ByteBuffer whole) throws IOException {
        while (whole.hasRemaining()) {
            if (channel.read(whole) < 0) {
                throw new IOException(SERVER + " hung up");
            }
        }
    }

    private static ByteBuffer ascii(final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
}
