package io.condatis.examples;

import io.condatis.manager.Manager;
import io.condatis.manager.ManagerHandle;
import io.condatis.manager.SharedDict;
import io.condatis.manager.SharedList;
import io.condatis.process.WorkerProcess;
import java.util.ArrayList;
import java.util.List;

/** Three processes fill one dict and one list of a manager. */
public final class BasicManager {
    private static final int WORKERS = 3;

    private BasicManager() {}

    /**
     * Prints who has completed, the dict and the list, in the order in which the workers happen to come.
     *
     * @param args none
     * @throws InterruptedException never
     */
    public static void main(final String[] args) throws InterruptedException {
        try (Manager manager = Manager.start()) {
            final SharedDict<String, String> dict = manager.dict("dict");
            final SharedList<String> list = manager.list("list");
            final List<WorkerProcess> workers = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                workers.add(WorkerProcess.start(BasicManager::work, manager.handle(), i));
            }
            for (final WorkerProcess worker : workers) {
                worker.join();
            }
            System.out.println("Final dict: " + dict);
            System.out.println("Final list: " + list);
        }
    }

    private static void work(final ManagerHandle handle, final int id) {
        try (Manager manager = Manager.connect(handle)) {
            manager.dict("dict").put("worker_" + id, "Hello from " + id);
            manager.list("list").add("Item from worker " + id);
            System.out.println("Worker " + id + " completed");
        }
    }
}
