package io.condatis.perf.peers;

import io.condatis.perf.process.RoundTrips;
import io.condatis.perf.process.TrialPlan;
import java.io.IOException;
import java.nio.file.Path;
import net.openhft.chronicle.map.ChronicleMap;

/** One thread reads or replaces values of 100 bytes in a Chronicle Map whose file other processes could map too. */
final class ChronicleMapCalls {
    private static final int VALUE_LENGTH = 100;
    private static final int KEYS = 1024;

    private ChronicleMapCalls() {}

    /**
     * Measures.
     *
     * @param args {@code get} or {@code put}, and the plan
     * @throws IOException when the map's file cannot be made
     */
    public static void main(final String[] args) throws IOException {
        final TrialPlan plan = TrialPlan.of(args);
        try (SharedFiles files = new SharedFiles("chronicle-map");
                ChronicleMap<String, byte[]> map = ChronicleMap.of(String.class, byte[].class)
                        .name("perf")
                        .averageKey("key-1000")
                        .averageValue(new byte[VALUE_LENGTH])
                        .entries(2 * KEYS)
                        .createPersistedTo(files.path().resolve("map").toFile())) {
            final String[] keys = new String[KEYS];
            for (int i = 0; i < KEYS; i++) {
                keys[i] = "key-" + i;
                map.put(keys[i], new byte[VALUE_LENGTH]);
            }
            new RoundTrips(args[0].equals("get") ? new Get(map, keys) : new Put(map, keys))
                    .measure(plan)
                    .store(Path.of(plan.resultFile()));
        }
    }

    /** Reads the keys in turn. */
    private static final class Get implements Runnable {
        private final ChronicleMap<String, byte[]> map;
        private final String[] keys;
        private int next;

        Get(final ChronicleMap<String, byte[]> map, final String[] keys) {
            this.map = map;
            this.keys = keys;
        }

        @Override
        public void run() {
            final byte[] value = map.get(keys[next++ & KEYS - 1]);
            if (value.length != VALUE_LENGTH) {
                throw new IllegalStateException("a value of " + value.length + " bytes came back");
            }
        }
    }

    /** Replaces the values of the keys in turn. */
    private static final class Put implements Runnable {
        private final ChronicleMap<String, byte[]> map;
        private final String[] keys;
        private final byte[] value = new byte[VALUE_LENGTH];
        private int next;

        Put(final ChronicleMap<String, byte[]> map, final String[] keys) {
            this.map = map;
            this.keys = keys;
        }

        @Override
        public void run() {
            map.put(keys[next++ & KEYS - 1], value);
        }
    }
}
