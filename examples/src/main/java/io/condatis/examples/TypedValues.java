package io.condatis.examples;

import io.condatis.SharedObjects;
import io.condatis.process.WorkerProcess;
import io.condatis.value.FloatArray;
import io.condatis.value.IntValue;
import java.util.Arrays;

/** Two processes change a C int and an array of C floats, each under the lock that belongs to it. */
public final class TypedValues {
    private TypedValues() {}

    /**
     * Prints 5 and [1.0, 2.0, 3.0, 4.0], then 25 and [4.0, 8.0, 12.0, 16.0].
     *
     * @param args none
     * @throws InterruptedException never
     */
    public static void main(final String[] args) throws InterruptedException {
        try (SharedObjects shared =
                SharedObjects.create("typed-values-" + ProcessHandle.current().pid())) {
            final IntValue value = shared.value("value", 'i', 5);
            final FloatArray floats = shared.array("floats", 'f', new float[] {1, 2, 3, 4});
            System.out.println("Initial value: " + value.get());
            System.out.println("Initial array: " + Arrays.toString(floats.toArray()));

            final WorkerProcess first = WorkerProcess.start(TypedValues::modify, value, floats);
            final WorkerProcess second = WorkerProcess.start(TypedValues::modify, value, floats);
            first.join();
            second.join();

            System.out.println("Final value: " + value.get());
            System.out.println("Final array: " + Arrays.toString(floats.toArray()));
        }
    }

    private static void modify(final IntValue value, final FloatArray floats) {
        value.lock().lock();
        try {
            value.set(value.get() + 10);
        } finally {
            value.lock().unlock();
        }
        floats.lock().lock();
        try {
            for (int i = 0; i < floats.length(); i++) {
                floats.set(i, floats.get(i) * 2);
            }
        } finally {
            floats.lock().unlock();
        }
    }
}
