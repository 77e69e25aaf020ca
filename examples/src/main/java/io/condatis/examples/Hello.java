package io.condatis.examples;

import io.condatis.SharedObjects;
import io.condatis.process.WorkerProcess;

/**
 * Two processes count in one word of memory. Prints {@code visit 1 by process 4711} and {@code visit 2 by process 4742},
 * or whatever their ids are.
 */
public final class Hello {
    private Hello() {}

    /**
     * Visits, then has a child JVM visit.
     *
     * @param args none
     * @throws InterruptedException never
     */
    // tag::hello[]
    public static void main(final String[] args) throws InterruptedException {
        try (SharedObjects shared = SharedObjects.create("hello")) {
            visit("hello");
            WorkerProcess.start(Hello::visit, shared.name()).join();
        }
    }

    static void visit(final String name) {
        try (SharedObjects shared = SharedObjects.attach(name)) {
            final long pid = ProcessHandle.current().pid();
            System.out.println("visit " + shared.longValue("visits", 0).incrementAndGet() + " by process " + pid);
        }
    }
    // end::hello[]
}
