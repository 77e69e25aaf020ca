package io.condatis.examples;

import io.condatis.manager.Manager;
import io.condatis.manager.ManagerHandle;
import io.condatis.manager.Namespace;
import io.condatis.manager.SharedList;
import io.condatis.process.WorkerProcess;
import java.util.ArrayList;
import java.util.List;

/**
 * Four processes change the attributes of one namespace. The counter is always 4, which the original's {@code ns.counter
 * += 1} does not promise; and the attributes are listed, where {@code dir(ns)} knows none of them.
 */
public final class SharedNamespace {
    private static final int WORKERS = 4;

    private SharedNamespace() {}

    /**
     * Prints the counter, the messages and all attributes.
     *
     * @param args none
     * @throws InterruptedException never
     */
    public static void main(final String[] args) throws InterruptedException {
        try (Manager manager = Manager.start()) {
            final Namespace ns = manager.namespace("ns");
            ns.set("counter", 0);
            ns.set("messages", manager.list()); // a managed object in another one: all processes see what is in it
            final List<WorkerProcess> workers = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                workers.add(WorkerProcess.start(SharedNamespace::update, manager.handle(), i));
            }
            for (final WorkerProcess worker : workers) {
                worker.join();
            }
            System.out.println("Counter: " + ns.get("counter"));
            System.out.println("Messages: " + ns.get("messages"));
            for (final String name : ns.names()) {
                System.out.println(name + ": " + ns.get(name));
            }
        }
    }

    private static void update(final ManagerHandle handle, final int id) {
        try (Manager manager = Manager.connect(handle)) {
            final Namespace ns = manager.namespace("ns");
            ns.<Integer>update("counter", n -> n + 1);
            final SharedList<String> messages = ns.get("messages");
            messages.add("Message from worker " + id);
            ns.set("worker_" + id + "_status", "completed");
        }
    }
}
