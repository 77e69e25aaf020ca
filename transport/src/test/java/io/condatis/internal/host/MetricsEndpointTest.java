package io.condatis.internal.host;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The endpoint for metrics, and clients that mean no good. */
@Timeout(20)
class MetricsEndpointTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final String REQUEST = "GET /metrics HTTP/1.1\r\nHost: here\r\n\r\n";
    /** More than the kernel keeps for who does not read. */
    private static final int LONG_TEXT = 16 << 20;

    @Test
    void shouldCutOffWhoDoesNotReadItsAnswer() throws IOException {
        final String text = "x".repeat(LONG_TEXT);
        try (MetricsEndpoint endpoint = MetricsEndpoint.open(ANY, () -> text);
                Socket deaf = ask(endpoint, REQUEST);
                Socket other = ask(endpoint, REQUEST)) {
            assertTrue(answer(other).endsWith("x"), "the other is answered whole");
            final int got = answer(deaf).length();
            assertTrue(got < LONG_TEXT, () -> "it got " + got + " bytes, though it did not read them in time");
        }
    }

    @Test
    void shouldAnswerOthersAfterRequestsOfAllKinds() throws IOException {
        final List<Socket> silent = new ArrayList<>();
        try (MetricsEndpoint endpoint = MetricsEndpoint.open(ANY, () -> "fine")) {
            ask(endpoint, REQUEST).close();
            ask(endpoint, "").close();
            assertEquals(400, status(endpoint, "\r\n\r\n"));
            assertEquals(400, status(endpoint, "GET /metrics\r\n\r\n"));
            ask(endpoint, "GET /metrics HTTP/1.1\r\nX: " + "x".repeat(10_000)).close();
            assertEquals(405, status(endpoint, "POST /metrics HTTP/1.1\r\nContent-Length: 1\r\n\r\n1"));
            assertEquals(404, status(endpoint, "GET /metrics/../../etc/passwd HTTP/1.1\r\n\r\n"));
            assertEquals(404, status(endpoint, "GET //metrics HTTP/1.1\r\n\r\n"));
            assertEquals(200, status(endpoint, "HEAD /metrics?x=y HTTP/1.0\r\n\r\n"));
            for (int i = 0; i < 3; i++) {
                silent.add(ask(endpoint, ""));
            }
            assertEquals(200, status(endpoint, REQUEST));
        } finally {
            silent.forEach(CloseHelper::quietClose);
        }
    }

    private static int status(final MetricsEndpoint endpoint, final String request) throws IOException {
        try (Socket socket = ask(endpoint, request)) {
            return Integer.parseInt(answer(socket).split(" ")[1]);
        }
    }

    private static Socket ask(final MetricsEndpoint endpoint, final String request) throws IOException {
        final Socket socket = new Socket(ANY.getAddress(), endpoint.port());
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        return socket;
    }

    private static String answer(final Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
}
