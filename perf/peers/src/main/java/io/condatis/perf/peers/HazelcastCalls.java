package io.condatis.perf.peers;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.condatis.perf.process.RoundTrips;
import io.condatis.perf.process.TrialPlan;
import io.condatis.process.WorkerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** One thread of a Hazelcast client reads values of 100 bytes from the map of a member in another JVM of this host. */
final class HazelcastCalls {
    private static final String HOST = "127.0.0.1";
    private static final String CLUSTER = "condatis-perf";
    private static final String LOGGING = "hazelcast.logging.type";
    private static final long CONNECT_TIMEOUT_MS = 40_000;
    private static final int VALUE_LENGTH = 100;
    private static final int KEYS = 1024;

    private final IMap<String, byte[]> map;
    private final String[] keys = new String[KEYS];
    private int next;

    private HazelcastCalls(final IMap<String, byte[]> map) {
        this.map = map;
        for (int i = 0; i < KEYS; i++) {
            keys[i] = "key-" + i;
            map.set(keys[i], new byte[VALUE_LENGTH]);
        }
    }

    /**
     * Measures.
     *
     * @param args {@code get}, and the plan
     * @throws IOException when the result cannot be written
     */
    public static void main(final String[] args) throws IOException {
        final TrialPlan plan = TrialPlan.of(args);
        final int port = freePort();
        try (WorkerProcess member = WorkerProcess.start(HazelcastCalls::serve, port)) {
            final ClientConfig config =
                    new ClientConfig().setClusterName(CLUSTER).setProperty(LOGGING, "none");
            config.getNetworkConfig().addAddress(HOST + ":" + port);
            config.getConnectionStrategyConfig()
                    .getConnectionRetryConfig()
                    .setClusterConnectTimeoutMillis(CONNECT_TIMEOUT_MS);
            final HazelcastInstance client = HazelcastClient.newHazelcastClient(config);
            try {
                final HazelcastCalls calls = new HazelcastCalls(client.getMap("perf"));
                new RoundTrips(calls::get).measure(plan).store(Path.of(plan.resultFile()));
            } finally {
                client.shutdown();
                member.kill();
            }
        }
    }

    /** Target of the worker that is the member. */
    static void serve(final int port) throws InterruptedException {
        final Config config = new Config()
                .setClusterName(CLUSTER)
                .setProperty(LOGGING, "none")
                .setProperty("hazelcast.phone.home.enabled", "false")
                .setProperty("hazelcast.socket.bind.any", "false");
        config.getNetworkConfig()
                .setPort(port)
                .setPortAutoIncrement(false)
                .getInterfaces()
                .setEnabled(true)
                .addInterface(HOST);
        final JoinConfig join = config.getNetworkConfig().getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        Hazelcast.newHazelcastInstance(config);
        new CountDownLatch(1).await();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        }
    }

    private void get() {
        final byte[] value = map.get(keys[next++ & KEYS - 1]);
        if (value.length != VALUE_LENGTH) {
            throw new IllegalStateException("a value of " + value.length + " bytes came back");
        }
    }
}
