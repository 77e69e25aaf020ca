package io.condatis.examples;

import io.condatis.SharedObjects;
import io.condatis.process.WorkerProcess;
import io.condatis.sync.SharedLock;
import io.condatis.value.IntArray;
import io.condatis.value.IntValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Three processes change objects that have no lock of their own, under one lock for all of them. */
public final class RawObjects {
    private static final int WORKERS = 3;
    private static final int ROUNDS = 5;
    private static final int WORK_MS = 10;
    private static final int PAUSE_MS = 100;

    private RawObjects() {}

    /**
     * Prints 0 and [0, 0, 0], a line for each round of each worker, then 15 and [15, 15, 15].
     *
     * @param args none
     * @throws InterruptedException never
     */
    public static void main(final String[] args) throws InterruptedException {
        try (SharedObjects shared =
                SharedObjects.create("raw-objects-" + ProcessHandle.current().pid())) {
            final IntValue value = shared.rawValue("value", 'i', 0);
            final IntArray array = shared.rawArray("array", 'i', new int[] {0, 0, 0});
            final SharedLock lock = shared.lock("lock");
            System.out.println("Initial value: " + value.get());
            System.out.println("Initial array: " + Arrays.toString(array.toArray()));

            final List<WorkerProcess> workers = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                workers.add(WorkerProcess.start(RawObjects::work, value, array, lock, i));
            }
            for (final WorkerProcess worker : workers) {
                worker.join();
            }
            System.out.println("Final value: " + value.get());
            System.out.println("Final array: " + Arrays.toString(array.toArray()));
        }
    }

    private static void work(final IntValue value, final IntArray array, final SharedLock lock, final int id)
            throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            lock.lock();
            try {
                final int old = value.get();
                Thread.sleep(WORK_MS); // stands for work; without the lock the others' increments would be lost
                value.set(old + 1);
                for (int i = 0; i < array.length(); i++) {
                    array.set(i, array.get(i) + 1);
                }
            } finally {
                lock.unlock();
            }
            System.out.println("Worker " + id + " iteration completed");
            Thread.sleep(PAUSE_MS);
        }
    }
}
