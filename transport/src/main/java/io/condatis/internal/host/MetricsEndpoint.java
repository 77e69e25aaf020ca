package io.condatis.internal.host;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.condatis.error.CondatisException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.agrona.CloseHelper;

/**
 * Answers {@code GET /metrics} on a loopback address, one client at a time on one daemon thread. As much of HTTP as a scraper
 * needs; a client that dawdles is cut off.
 */
final class MetricsEndpoint implements AutoCloseable {
    private static final int BACKLOG = 16;
    private static final int MOST_REQUEST_BYTES = 8 * 1024;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long NAP_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final String PATH = "/metrics";

    private final ServerSocketChannel listener;
    private final Supplier<String> text;
    private volatile SocketChannel client;

    private MetricsEndpoint(final ServerSocketChannel listener, final Supplier<String> text) {
        this.listener = listener;
        this.text = text;
    }

    /**
     * Begin to answer.
     *
     * @param address of this machine's loopback; port 0 stands for any that is free
     * @param text made anew for each answer, on the endpoint's thread
     * @throws CondatisException when the address cannot be had
     */
    static MetricsEndpoint open(final InetSocketAddress address, final Supplier<String> text) {
        ServerOptions.requireLoopback(address);
        try {
            final ServerSocketChannel listener = ServerSocketChannel.open();
            try {
                listener.bind(address, BACKLOG);
            } catch (final IOException e) {
                listener.close();
                throw e;
            }
            final MetricsEndpoint endpoint = new MetricsEndpoint(listener, text);
            final Thread thread = new Thread(endpoint::serve, "condatis-metrics");
            thread.setDaemon(true);
            thread.start();
            return endpoint;
        } catch (final IOException e) {
            throw new CondatisException(
                    "the metrics endpoint cannot be opened at " + address + ": " + e.getMessage()
                            + "; choose another port, or 0 for any that is free",
                    e);
        }
    }

    int port() {
        return listener.socket().getLocalPort();
    }

    private void serve() {
        while (listener.isOpen()) {
            try (SocketChannel accepted = listener.accept()) {
                client = accepted;
                serve(accepted);
            } catch (final IOException | RuntimeException | OutOfMemoryError e) {
                LockSupport.parkNanos(NAP_NS); // the end; or there are no descriptors, and it would fail again at once
            } finally {
                client = null;
            }
        }
    }

    private void serve(final SocketChannel accepted) {
        try {
            answer(accepted);
        } catch (final IOException | RuntimeException e) {
            // This client's own trouble, or the end.
        }
    }

    private void answer(final SocketChannel socket) throws IOException {
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        final String[] request = readRequest(socket.socket()).split(" ");
        if (request.length != 3 || !request[2].startsWith("HTTP/1.")) {
            send(socket, "400 Bad Request", "", "", true);
        } else if (!request[0].equals("GET") && !request[0].equals("HEAD")) {
            send(socket, "405 Method Not Allowed", "Allow: GET, HEAD\r\n", "", true);
        } else if (!request[1].equals(PATH) && !request[1].startsWith(PATH + "?")) {
            send(socket, "404 Not Found", "", "What there is, is at " + PATH + ".\n", request[0].equals("GET"));
        } else {
            final String type = "Content-Type: " + OpenMetricsText.CONTENT_TYPE + "\r\n";
            send(socket, "200 OK", type, text.get(), request[0].equals("GET"));
        }
    }

    /** The first line of a request, after all of its head was read. */
    private static String readRequest(final Socket socket) throws IOException {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        final InputStream in = socket.getInputStream();
        final byte[] head = new byte[MOST_REQUEST_BYTES];
        int length = 0;
        while (length < head.length) {
            final long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
            if (leftMs < 1) {
                throw new SocketTimeoutException();
            }
            socket.setSoTimeout((int) leftMs);
            final int read = in.read(head, length, head.length - length);
            if (read < 0) {
                break;
            }
            length += read;
            final String text = new String(head, 0, length, ISO_8859_1);
            if (text.contains("\r\n\r\n") || text.contains("\n\n")) {
                return text.lines().findFirst().orElse("");
            }
        }
        return "";
    }

    private static void send(
            final SocketChannel socket,
            final String status,
            final String fields,
            final String body,
            final boolean whole)
            throws IOException {
        final byte[] bytes = body.getBytes(UTF_8);
        final String head = "HTTP/1.1 " + status + "\r\n" + fields + "Content-Length: " + bytes.length
                + "\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";
        socket.configureBlocking(false);
        write(socket, ByteBuffer.wrap(head.getBytes(ISO_8859_1)));
        if (whole) {
            write(socket, ByteBuffer.wrap(bytes));
        }
    }

    /** What the kernel does not take at once waits for the client to read, but not for long. */
    private static void write(final SocketChannel socket, final ByteBuffer bytes) throws IOException {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (socket.write(bytes) >= 0 && bytes.hasRemaining()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new SocketTimeoutException();
            }
            LockSupport.parkNanos(NAP_NS);
        }
    }

    /** Answer nobody any more; who is being answered is cut off. Idempotent. */
    @Override
    public void close() {
        CloseHelper.quietCloseAll(listener, client);
    }
}
