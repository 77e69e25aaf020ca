package io.condatis.examples;

import io.condatis.manager.ManagedLock;
import io.condatis.manager.Manager;
import io.condatis.manager.ManagerHandle;
import io.condatis.manager.Namespace;
import io.condatis.process.WorkerProcess;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Managed objects in managed objects, a lock for two of them, and a process that watches the others. */
public final class NestedStructures {
    private NestedStructures() {}

    /**
     * Prints what the monitor sees, then the totals: 9 items of 3 processors.
     *
     * @param args none
     */
    public static void main(final String[] args) {
        try (Manager manager = Manager.start()) {
            final Namespace data = manager.namespace("data"); // of values of several types, where a dict has one
            final Namespace stats = manager.namespace();
            manager.dict("processors").putAll(Map.of(0, false, 1, false, 2, false));
            data.set("items", manager.list("items"));
            data.set("stats", stats);
            stats.set("processors", manager.dict("processors"));
            final List<WorkerProcess> workers = List.of(0, 1, 2).stream()
                    .map(id -> WorkerProcess.start(NestedStructures::process, manager.handle(), id))
                    .toList();
            final WorkerProcess monitor = WorkerProcess.start(NestedStructures::monitor, manager.handle());
            workers.forEach(worker -> worker.onExit().join());
            monitor.onExit().join();
            System.out.println("\nFinal results:\nTotal items processed: "
                    + manager.list("items").size());
            final Object[] statistics = {stats.get("total_processed"), manager.dict("processors")};
            System.out.printf("Statistics: {total_processed=%s, processors=%s}%n", statistics);
        }
    }

    private static void process(final ManagerHandle handle, final int id) {
        try (Manager manager = Manager.connect(handle)) {
            final List<Map<String, Object>> items = manager.namespace("data").get("items");
            for (int i = 0; i < 3; i++) {
                items.add(Map.of("processor_id", id, "item_number", i, "data", "Processed by " + id));
            }
            final Namespace stats = manager.namespace("data").get("stats");
            final ManagedLock lock = manager.lock("stats_lock");
            lock.lock(); // the monitor sees both changes or none
            try {
                stats.addAndGet("total_processed", 3);
                stats.<Map<Integer, Boolean>>get("processors").put(id, true);
            } finally {
                lock.unlock();
            }
        }
    }

    private static void monitor(final ManagerHandle handle) throws InterruptedException {
        try (Manager manager = Manager.connect(handle)) {
            final Namespace stats = manager.namespace("data").get("stats");
            final Map<Integer, Boolean> processors = stats.get("processors");
            final ManagedLock lock = manager.lock("stats_lock");
            for (long total = 0, startNs = System.nanoTime(); total < 9; ) {
                Thread.sleep(500);
                final double seconds = (System.nanoTime() - startNs) / 100_000_000 / 10.0;
                lock.lock();
                try {
                    total = stats.get("total_processed", 0L);
                    final int active = Collections.frequency(processors.values(), true);
                    System.out.println("Time: " + seconds + "s, Processed: " + total + ", Active: " + active);
                } finally {
                    lock.unlock();
                }
            }
        }
    }
}
