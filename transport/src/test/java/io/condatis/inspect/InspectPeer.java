package io.condatis.inspect;

import io.aeron.driver.MediaDriver;
import io.condatis.SharedObjects;
import io.condatis.list.ShareableList;
import io.condatis.manager.Manager;
import io.condatis.manager.ManagerOptions;
import io.condatis.memory.SharedMemory;
import io.condatis.sync.SharedLock;
import java.util.Arrays;

/** Child programs that have something to inspect. Each line of input is answered; the end of the input ends them. */
public final class InspectPeer {
    private InspectPeer() {}

    /**
     * Runs a program.
     *
     * @param args program, name
     * @throws Exception whatever happens ends it
     */
    public static void main(final String[] args) throws Exception {
        switch (args[0]) {
            case "desk" -> desk(args[1]);
            case "list" -> list(args[1]);
            case "manager" -> manager(args[1]);
            case "driver" -> driver(args[1]);
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /** Holds a lock for which another thread of it waits. */
    private static void desk(final String name) throws Exception {
        try (SharedObjects shared = SharedObjects.create(name)) {
            shared.longValue("visits", 41);
            shared.doubleArray("totals", 100).set(1, 2.5);
            final SharedLock gate = shared.lock("gate");
            gate.lock();
            final Thread waiter = new Thread(gate::lock, "waiter");
            waiter.setDaemon(true);
            waiter.start();
            while (waiter.getState() == Thread.State.NEW || !gate.toString().contains("waiters")) {
                Thread.onSpinWait();
            }
            System.out.println("ready");
            while (System.in.read() >= 0) {
                System.out.println("visits " + shared.longValue("visits").incrementAndGet());
            }
        }
        System.exit(0);
    }

    private static void list(final String name) throws Exception {
        final ShareableList list = ShareableList.create(name, Arrays.asList(1L, "two", 3.5, null, true));
        list.set(1, "TWO"); // becomes a participant
        final SharedMemory block = SharedMemory.create(name + "-block", 300);
        block.buffer().putStringWithoutLengthAscii(0, "raw bytes");
        block.keep();
        System.out.println("ready");
        System.in.read();
        block.close();
        block.unlink();
        list.close();
    }

    private static void manager(final String name) throws Exception {
        try (Manager manager = Manager.start(new ManagerOptions().name(name))) {
            manager.<String, Integer>dict("prices").put("a", 1);
            manager.<String>joinableQueue("work", 0).put("item");
            System.out.println("ready " + manager.serverPid());
            System.in.read();
        }
    }

    private static void driver(final String directory) throws Exception {
        try (MediaDriver driver = MediaDriver.launch(
                new MediaDriver.Context().aeronDirectoryName(directory).dirDeleteOnShutdown(true))) {
            System.out.println("ready " + driver.aeronDirectoryName());
            System.in.read();
        }
    }
}
