package io.condatis.examples;

import io.condatis.manager.Manager;
import io.condatis.manager.ManagerHandle;
import io.condatis.manager.SharedList;
import io.condatis.process.WorkerProcess;
import java.util.ArrayList;
import java.util.List;

/** Five processes append to one list of a manager, in the order in which they happen to come. */
public final class ManagerList {
    private static final int WORKERS = 5;

    private ManagerList() {}

    /**
     * Prints 0, 10, 20, 30 and 40, in any order.
     *
     * @param args none
     * @throws InterruptedException never
     */
    public static void main(final String[] args) throws InterruptedException {
        try (Manager manager = Manager.start()) {
            final SharedList<Integer> list = manager.list("list");
            final List<WorkerProcess> workers = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                workers.add(WorkerProcess.start(ManagerList::append, manager.handle(), i));
            }
            for (final WorkerProcess worker : workers) {
                worker.join();
            }
            System.out.println("Final shared list: " + list);
        }
    }

    private static void append(final ManagerHandle handle, final int index) {
        try (Manager manager = Manager.connect(handle)) {
            manager.list("list").add(index * 10); // one call is one step; for several there is update()
        }
    }
}
