package io.condatis.perf.process;

import io.condatis.manager.Manager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentMap;

/** One thread reads values of 100 bytes from a manager's dict, its server warm and otherwise idle. */
final class DictGet {
    private static final int VALUE_LENGTH = PingPong.LENGTH;
    private static final int KEYS = 1024;

    private final ConcurrentMap<String, byte[]> dict;
    private final String[] keys = new String[KEYS];
    private int next;

    private DictGet(final ConcurrentMap<String, byte[]> dict) {
        this.dict = dict;
        for (int i = 0; i < KEYS; i++) {
            keys[i] = "key-" + i;
            dict.put(keys[i], new byte[VALUE_LENGTH]);
        }
    }

    /** Target of the worker: starts a manager, measures, and leaves the result. */
    static void run(final TrialPlan plan) throws IOException {
        try (Manager manager = Manager.start()) {
            final DictGet get = new DictGet(manager.dict("perf"));
            new RoundTrips(get::get).measure(plan).store(Path.of(plan.resultFile()));
        }
    }

    private void get() {
        final byte[] value = dict.get(keys[next++ & KEYS - 1]);
        if (value.length != VALUE_LENGTH) {
            throw new IllegalStateException("a value of " + value.length + " bytes came back");
        }
    }
}
