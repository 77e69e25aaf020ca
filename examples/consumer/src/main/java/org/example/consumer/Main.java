package org.example.consumer;

import io.condatis.SharedObjects;
import io.condatis.manager.Manager;
import io.condatis.manager.ManagerHandle;
import io.condatis.process.WorkerProcess;
import io.condatis.value.LongValue;

/** Counts in shared memory, and in a dict of a manager, from two processes. */
public final class Main {
    private Main() {}

    /**
     * Prints counter=2, dict={visits=2} and the module.
     *
     * @param args none
     * @throws InterruptedException never
     */
    public static void main(final String[] args) throws InterruptedException {
        try (Manager manager = Manager.start();
                SharedObjects shared = SharedObjects.create(manager.name())) {
            final LongValue counter = shared.longValue("counter", 0);
            count(counter, manager.handle());
            WorkerProcess.start(Main::count, counter, manager.handle()).join();
            System.out.println("counter=" + counter.get() + ", dict=" + manager.dict("dict"));
            System.out.println(Main.class.getModule());
        }
    }

    private static void count(final LongValue counter, final ManagerHandle handle) {
        counter.incrementAndGet();
        try (Manager manager = Manager.connect(handle)) {
            manager.<String, Long>dict("dict").addAndGet("visits", 1);
        }
    }
}
