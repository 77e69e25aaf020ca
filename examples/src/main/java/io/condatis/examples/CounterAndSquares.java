package io.condatis.examples;

import io.condatis.SharedObjects;
import io.condatis.process.WorkerProcess;
import io.condatis.sync.SharedLock;
import io.condatis.value.DoubleArray;
import io.condatis.value.IntValue;
import java.util.Arrays;

/**
 * Two processes count to 200,000 under one lock, then a third squares an array. For a counter alone {@code
 * incrementAndGet()} would do, without a lock; several steps that belong together need one.
 */
public final class CounterAndSquares {
    private static final int INCREMENTS = 100_000;

    private CounterAndSquares() {}

    /**
     * Prints 200000 and [1.0, 4.0, 9.0, 16.0].
     *
     * @param args none
     * @throws InterruptedException never
     */
    public static void main(final String[] args) throws InterruptedException {
        try (SharedObjects shared = SharedObjects.create(
                "counter-and-squares-" + ProcessHandle.current().pid())) {
            final IntValue counter = shared.value("counter", 'i', 0);
            final DoubleArray array = shared.array("array", 'd', new double[] {1, 2, 3, 4});
            final SharedLock lock = shared.lock("lock");

            final WorkerProcess first = WorkerProcess.start(CounterAndSquares::incrementCounter, lock, counter);
            final WorkerProcess second = WorkerProcess.start(CounterAndSquares::incrementCounter, lock, counter);
            first.join();
            second.join();
            System.out.println("Final counter value: " + counter.get());

            WorkerProcess.start(CounterAndSquares::squareElements, lock, array).join();
            System.out.println("Squared array: " + Arrays.toString(array.toArray()));
        }
    }

    private static void incrementCounter(final SharedLock lock, final IntValue counter) {
        for (int i = 0; i < INCREMENTS; i++) {
            lock.lock();
            try {
                counter.set(counter.get() + 1);
            } finally {
                lock.unlock();
            }
        }
    }

    private static void squareElements(final SharedLock lock, final DoubleArray array) {
        lock.lock();
        try {
            for (int i = 0; i < array.length(); i++) {
                array.set(i, array.get(i) * array.get(i));
            }
        } finally {
            lock.unlock();
        }
    }
}
