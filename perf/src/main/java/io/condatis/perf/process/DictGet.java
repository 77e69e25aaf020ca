package io.condatis.perf.process;

import io.condatis.manager.Manager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentMap;

/** One thread reads values of 100 bytes from a manager's dict, its server warm and otherwise idle. */
final class DictGet {
    private static final int VALUE_LENGTH = PingPong.LENGTH;
    private static final int KEYS = 1024;
    private static final int LONGEST_LIST = 100_000;

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

    /** Target of the worker that replaces values instead. */
    static void runPut(final TrialPlan plan) throws IOException {
        try (Manager manager = Manager.start()) {
            final ConcurrentMap<String, byte[]> dict = manager.dict("perf");
            final DictGet put = new DictGet(dict);
            final byte[] value = new byte[VALUE_LENGTH];
            new RoundTrips(() -> dict.put(put.keys[put.next++ & KEYS - 1], value))
                    .measure(plan)
                    .store(Path.of(plan.resultFile()));
        }
    }

    /** Target of the worker that appends to a list instead. */
    static void runAppend(final TrialPlan plan) throws IOException {
        try (Manager manager = Manager.start()) {
            final List<Long> list = manager.list("perf");
            final int[] count = new int[1];
            new RoundTrips(() -> append(list, count)).measure(plan).store(Path.of(plan.resultFile()));
        }
    }

    private static void append(final List<Long> list, final int[] count) {
        if (++count[0] % LONGEST_LIST == 0) {
            list.clear();
        }
        list.add((long) count[0]);
    }

    private void get() {
        final byte[] value = dict.get(keys[next++ & KEYS - 1]);
        if (value.length != VALUE_LENGTH) {
            throw new IllegalStateException("a value of " + value.length + " bytes came back");
        }
    }
}
