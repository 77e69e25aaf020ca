package io.condatis.examples;

import io.condatis.list.ShareableList;
import io.condatis.process.WorkerProcess;
import java.util.List;

/**
 * Two processes add to every number of one list at once. In the original each addition is a read and a write, so that one
 * may undo the other's.
 */
public final class ListWorkers {
    private ListWorkers() {}

    /**
     * Prints [1, 2, 3, 4, 5], what each worker sees when it has done, and [31, 32, 33, 34, 35].
     *
     * @param args none
     * @throws InterruptedException never
     */
    public static void main(final String[] args) throws InterruptedException {
        try (ShareableList list = ShareableList.create(List.of(1, 2, 3, 4, 5))) {
            System.out.println("Initial list: " + list.copy());
            final WorkerProcess first =
                    WorkerProcess.start(ListWorkers::work, list.sharedMemory().name(), 1);
            final WorkerProcess second =
                    WorkerProcess.start(ListWorkers::work, list.sharedMemory().name(), 2);
            first.join();
            second.join();
            System.out.println("Final list: " + list.copy());
        }
    }

    private static void work(final String name, final int id) {
        try (ShareableList list = ShareableList.attach(name)) {
            for (int i = 0; i < list.size(); i++) {
                if (list.get(i) instanceof Long) {
                    list.getAndAddLong(i, id * 10L);
                }
            }
            System.out.println("Worker " + id + " processed list");
            System.out.println("List length: " + list.size());
            System.out.println("Copy of list: " + list.copy());
        }
    }
}
