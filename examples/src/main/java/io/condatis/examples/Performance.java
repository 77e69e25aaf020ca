package io.condatis.examples;

import io.condatis.SharedObjects;
import io.condatis.process.WorkerProcess;
import io.condatis.value.IntValue;
import java.util.Locale;
import java.util.concurrent.locks.Lock;

/**
 * Increments under the lock of a value and under a lock of one's own. Both are one lock and cost the same; {@code
 * incrementAndGet()} needs none. A cold JVM is what is measured here: {@code condatis perf} tells what things cost.
 */
public final class Performance {
    private static final int ITERATIONS = 10_000;
    private static final double NS_PER_S = 1e9;

    private Performance() {}

    /**
     * Prints how long each took, and 10000 twice.
     *
     * @param args none
     * @throws InterruptedException never
     */
    public static void main(final String[] args) throws InterruptedException {
        try (SharedObjects shared =
                SharedObjects.create("performance-" + ProcessHandle.current().pid())) {
            System.out.println("Testing synchronized Value...");
            final IntValue synchronizedValue = shared.value("synchronized", 'i', 0);
            WorkerProcess.start(() -> measure("synchronized", synchronizedValue, synchronizedValue.lock()))
                    .join();
            System.out.println("Synchronized final value: " + synchronizedValue.get());

            System.out.println("\nTesting raw Value with manual lock...");
            final IntValue raw = shared.rawValue("raw", 'i', 0);
            final Lock lock = shared.lock("manual");
            WorkerProcess.start(Performance::measure, "raw", raw, lock).join();
            System.out.println("Raw final value: " + raw.get());
        }
    }

    private static void measure(final String type, final IntValue value, final Lock lock) {
        final long startNs = System.nanoTime();
        for (int i = 0; i < ITERATIONS; i++) {
            lock.lock();
            try {
                value.set(value.get() + 1);
            } finally {
                lock.unlock();
            }
        }
        final double seconds = (System.nanoTime() - startNs) / NS_PER_S;
        System.out.printf(Locale.ROOT, "%s test completed in %.3f seconds%n", type, seconds);
    }
}
