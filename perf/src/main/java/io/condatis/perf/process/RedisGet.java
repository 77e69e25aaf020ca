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

/** One thread reads a value of 100 bytes from a Redis of its own over a UNIX socket, in Redis' protocol. */
final class RedisGet {
    private static final String SERVER = "redis-server";
    private static final long START_NS = TimeUnit.SECONDS.toNanos(10);
    private static final String KEY = "key";

    private final SocketChannel channel;
    private final ByteBuffer get = ascii("*2\r\n$3\r\nGET\r\n$3\r\n" + KEY + "\r\n");
    private final ByteBuffer reply = ByteBuffer.allocateDirect("$100\r\n".length() + PingPong.LENGTH + 2);

    private RedisGet(final SocketChannel channel) {
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
            final RedisGet redis = new RedisGet(channel);
            redis.set();
            new RoundTrips(redis::get).measure(plan).store(Path.of(plan.resultFile()));
        } finally {
            server.destroyForcibly().onExit().join();
            Runtime.getRuntime().removeShutdownHook(atExit);
            for (final String file : new String[] {"socket", "log"}) {
                Files.deleteIfExists(directory.resolve(file));
            }
            Files.delete(directory);
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

    private void set() throws IOException {
        channel.write(ascii("*3\r\n$3\r\nSET\r\n$3\r\n" + KEY + "\r\n$" + PingPong.LENGTH + "\r\n"
                + "v".repeat(PingPong.LENGTH) + "\r\n"));
        read(ByteBuffer.allocate("+OK\r\n".length()));
    }

    private void get() {
        try {
            get.rewind();
            channel.write(get);
            reply.clear();
            read(reply);
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
