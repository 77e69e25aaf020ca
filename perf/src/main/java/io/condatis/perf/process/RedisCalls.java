package io.condatis.perf.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** One thread asks a Redis of its own over a UNIX socket, in Redis' protocol: what it has that a manager has too. */
final class RedisCalls {
    private static final String SERVER = "redis-server";
    private static final long START_NS = TimeUnit.SECONDS.toNanos(10);
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

    private RedisCalls(final SocketChannel channel) {
        this.channel = channel;
    }

    /** {@return whether there is a server to start} */
    static boolean isThere() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, SERVER)));
    }

    /** Target of the worker: starts a server, measures, ends the server, and leaves the result. */
    static void run(final TrialPlan plan) throws IOException {
        final Path directory = Files.createTempDirectory("condatis-redis");
        final Path socket = directory.resolve("socket");
        final Process server = new ProcessBuilder(
                        SERVER, "--port", "0", "--unixsocket", socket.toString(), "--save", "", "--appendonly", "no")
                .directory(directory.toFile())
                .redirectOutput(directory.resolve("log").toFile())
                .redirectErrorStream(true)
                .start();
        final Thread atExit = new Thread(server::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(atExit);
        try (SocketChannel channel = connect(server, socket)) {
            final RedisCalls redis = new RedisCalls(channel);
            measure(plan, SET, () -> redis.call(Command.SET));
            measure(plan, GET, () -> redis.call(Command.GET));
            measure(plan, PASS, () -> {
                redis.call(Command.PUSH);
                redis.call(Command.POP);
            });
        } finally {
            server.destroyForcibly().onExit().join();
            Runtime.getRuntime().removeShutdownHook(atExit);
            for (final String file : new String[] {"socket", "log"}) {
                Files.deleteIfExists(directory.resolve(file));
            }
            Files.delete(directory);
        }
    }

    private static void measure(final TrialPlan plan, final String part, final Runnable call) throws IOException {
        new RoundTrips(call)
                .measure(plan.shorter(SHORTER))
                .store(Path.of(plan.part(part).resultFile()));
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
