package io.condatis.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.error.CondatisException;
import io.condatis.internal.protocol.ManagerDirectory;
import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(LeakCheck.class)
class ManagerMetricsTest {
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    @Test
    void shouldShowToReadersOfAeronsCountersWhatHappens() throws InterruptedException {
        final String name = Names.unique();
        try (Manager manager = Manager.start(new ManagerOptions().name(name));
                AeronCounters counters = AeronCounters.of(new ManagerDirectory(name).aeron())) {
            final JoinableQueue<String> queue = manager.joinableQueue("orders", 0);
            queue.put("first");
            queue.put("second");
            counters.await("condatis " + name + "/orders: depth", 2);
            counters.await("condatis " + name + ": sessions", 1);
            assertEquals("first", queue.take());
            counters.await("condatis " + name + "/orders: in hand", 1);
            queue.taskDone();
            counters.await("condatis " + name + "/orders: done", 1);
            try (ForkedJvm other = ForkedJvm.start(ManagerPeer.class, "take-and-stay", name, "orders", "0")) {
                other.awaitLine("took second", Await.DEADLINE);
                counters.await("condatis " + name + ": sessions", 2);
                counters.await("condatis " + name + "/orders: depth", 0);
                other.kill();
                counters.await("condatis " + name + ": sessions died", 1);
                counters.await("condatis " + name + ": items returned", 1);
                counters.await("condatis " + name + "/orders: depth", 1);
            }
            counters.await("condatis " + name + ": sessions", 1);
        }
    }

    @Test
    void shouldAnswerWithOpenMetricsWhenAskedTo() throws Exception {
        final String name = Names.unique();
        try (Manager manager = Manager.embed(new ManagerOptions().name(name).metrics(0))) {
            manager.<String>queue("with \"quotes\" and \\", 0).put("item");
            final URI uri = uri(manager.metricsPort(), "/metrics");
            Await.until("the item is seen", () -> Map.of("manager", name, "queue", "with \"quotes\" and \\")
                    .equals(samples(get(uri)).labelsOf("condatis_queue_depth", 1.0)));
            final HttpResponse<String> response = get(uri);
            assertEquals(200, response.statusCode());
            assertEquals(
                    "application/openmetrics-text; version=1.0.0; charset=utf-8",
                    response.headers().firstValue("Content-Type").orElseThrow());
            final OpenMetrics metrics = samples(response);
            assertEquals(1, metrics.value("condatis_sessions"));
            assertEquals(1, metrics.value("condatis_items_put_total"));
            assertEquals("counter", metrics.typeOf("condatis_requests"));
            assertEquals("gauge", metrics.typeOf("condatis_stored_bytes"));
            assertTrue(metrics.value("condatis_longest_cycle_seconds") < 60);
            assertTrue(metrics.value("condatis_max_bytes") > metrics.value("condatis_stored_bytes"));
            assertEquals(404, get(uri(manager.metricsPort(), "/metricsx")).statusCode());
            final HttpRequest post =
                    HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody()).build();
            assertEquals(405, http.send(post, BodyHandlers.ofString()).statusCode());
        }
    }

    @Test
    void shouldCutOffWhoDawdlesAndCloseWithTheManager() throws Exception {
        final int port;
        try (Manager manager = Manager.embed(new ManagerOptions().metrics(0))) {
            port = manager.metricsPort();
            try (Socket dawdler = new Socket(InetAddress.getLoopbackAddress(), port)) {
                dawdler.getOutputStream().write("GET /met".getBytes());
                assertEquals(200, get(uri(port, "/metrics")).statusCode());
                assertEquals(-1, dawdler.getInputStream().read());
            }
            final Socket last = new Socket(InetAddress.getLoopbackAddress(), port);
            last.close();
        }
        assertThrows(
                ConnectException.class,
                () -> http.send(HttpRequest.newBuilder(uri(port, "/metrics")).build(), BodyHandlers.ofString()));
    }

    @Test
    void shouldListenOnlyWhenAskedToAndOnlyOnTheLoopback() throws IOException {
        try (Manager manager = Manager.embed(new ManagerOptions())) {
            assertEquals(0, manager.metricsPort());
        }
        for (final String host : new String[] {"0.0.0.0", "::", "192.0.2.1"}) {
            final InetSocketAddress address = new InetSocketAddress(host, 0);
            final IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> new ManagerOptions().metrics(address));
            assertTrue(e.getMessage().contains("must be of the loopback"), e.getMessage());
        }
        final InetSocketAddress unresolved = InetSocketAddress.createUnresolved("localhost", 0);
        assertThrows(IllegalArgumentException.class, () -> new ManagerOptions().metrics(unresolved));
        final IllegalArgumentException port =
                assertThrows(IllegalArgumentException.class, () -> new ManagerOptions().metrics(65_536));
        assertEquals(
                "metrics port=65536 is not allowed; use 0 for any that is free, or one up to 65535", port.getMessage());
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            final ManagerOptions options = new ManagerOptions().metrics(taken.getLocalPort());
            final CondatisException e = assertThrows(CondatisException.class, () -> Manager.start(options));
            assertTrue(e.getMessage().contains("the metrics endpoint cannot be opened"), e.getMessage());
        }
    }

    private HttpResponse<String> get(final URI uri) {
        try {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        } catch (final IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static OpenMetrics samples(final HttpResponse<String> response) {
        return OpenMetrics.parse(response.body());
    }

    private static URI uri(final int port, final String path) {
        return URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port + path);
    }
}
