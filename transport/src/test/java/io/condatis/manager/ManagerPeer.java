package io.condatis.manager;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/** Child programs of the manager's tests: the first argument says what to do, the second names the manager. */
public final class ManagerPeer {
    private ManagerPeer() {}

    /**
     * Runs one of the programs.
     *
     * @param args program, manager, and what the program wants
     * @throws Exception whatever happens ends the program
     */
    public static void main(final String[] args) throws Exception {
        final String[] rest = Arrays.copyOfRange(args, 2, args.length);
        switch (args[0]) {
            case "serve" -> serve(args[1]);
            case "embed" -> embed(args[1]);
            default -> {
                try (Manager manager = Manager.connect(args[1])) {
                    run(args[0], manager, rest);
                }
            }
        }
    }

    private static void run(final String program, final Manager manager, final String[] args) throws Exception {
        switch (program) {
            case "merge" -> merge(manager, Integer.parseInt(args[0]));
            case "put" -> put(manager, args[0], Integer.parseInt(args[1]), Integer.parseInt(args[2]));
            case "put-and-stay" -> {
                put(manager, args[0], Integer.parseInt(args[1]), Integer.parseInt(args[2]));
                stay("put");
            }
            case "take-and-stay" -> {
                System.out.println("took "
                        + manager.<Object>joinableQueue(args[0], Integer.parseInt(args[1]))
                                .take());
                stay("waiting");
            }
            case "take-two" -> takeTwo(manager.joinableQueue(args[0], 0));
            case "take-slowly" -> takeSlowly(manager.joinableQueue(args[0], Integer.parseInt(args[1])));
            case "work" -> work(manager.joinableQueue(args[0], Integer.parseInt(args[1])), manager.dict("done"));
            case "wait-in-take" -> {
                System.out.println("waiting");
                manager.joinableQueue(args[0], Integer.parseInt(args[1])).take();
            }
            default -> runQueue(program, manager, args);
        }
    }

    private static void runQueue(final String program, final Manager manager, final String[] args) throws Exception {
        switch (program) {
            case "drain-queue" -> {
                final List<Object> items = new ArrayList<>();
                final SharedQueue<Object> queue = manager.queue(args[0], Integer.parseInt(args[1]));
                while (items.size() < Integer.parseInt(args[2])) {
                    items.add(queue.take());
                }
                System.out.println(items);
            }
            case "produce" -> {
                final SharedQueue<String> queue = manager.queue(args[0], 100);
                for (int i = 0; true; i++) {
                    queue.put(args[1] + ":" + i);
                    if (i == 0) {
                        System.out.println("running");
                    }
                }
            }
            case "pass-on" -> {
                final SharedQueue<String> queue = manager.queue(args[0], 100);
                final SharedQueue<String> taken = manager.queue("taken", 0);
                taken.put(queue.take());
                System.out.println("running");
                while (true) {
                    taken.put(queue.take());
                }
            }
            case "put-kilobytes" -> {
                final SharedQueue<byte[]> queue = manager.queue("left", 0);
                for (int i = 0; i < Integer.parseInt(args[0]); i++) {
                    final byte[] item = new byte[1_024];
                    item[0] = (byte) i;
                    queue.put(item);
                }
            }
            case "fill-queue" -> {
                final SharedQueue<Integer> queue = manager.queue(args[0], Integer.parseInt(args[1]));
                for (int i = 0; i < Integer.parseInt(args[2]); i++) {
                    queue.put(i);
                }
            }
            case "wait-in-queue" -> {
                System.out.println("waiting");
                System.out.println("took " + manager.queue(args[0], 0).take());
                stay("done");
            }
            default -> throw new IllegalArgumentException(program);
        }
    }

    private static void serve(final String name) throws InterruptedException {
        try (Manager manager = Manager.start(new ManagerOptions().name(name))) {
            System.out.println("serving " + manager.serverPid());
            stay("serving");
        }
    }

    private static void embed(final String name) throws InterruptedException {
        try (Manager manager = Manager.embed(new ManagerOptions().name(name))) {
            stay("serving " + manager.name());
        }
    }

    private static void stay(final String what) throws InterruptedException {
        System.out.println(what);
        Thread.sleep(TimeUnit.MINUTES.toMillis(5));
    }

    private static void merge(final Manager manager, final int times) {
        final ConcurrentMap<String, Integer> counts = manager.dict("counts");
        for (int i = 0; i < times; i++) {
            counts.merge("n", 1, Integer::sum);
        }
    }

    private static void put(final Manager manager, final String queue, final int maxsize, final int count)
            throws InterruptedException {
        final JoinableQueue<String> items = manager.joinableQueue(queue, maxsize);
        for (int i = 0; i < count; i++) {
            items.put(ProcessHandle.current().pid() + ":" + i);
        }
    }

    private static void takeTwo(final JoinableQueue<String> items) throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            System.out.println("took " + items.take());
            if (items.attempt() != 1) {
                throw new IllegalStateException("delivered again");
            }
        }
        items.taskDone();
        items.taskDone();
        System.out.println("done");
    }

    /** Takes two, so that the server sends more ahead, and then does nothing with what it has been sent. */
    private static void takeSlowly(final JoinableQueue<Integer> items) throws InterruptedException {
        for (int i = 0; i < 8; i++) {
            System.out.println("took " + items.take());
            items.taskDone();
        }
        stay("silent");
    }

    private static void work(final JoinableQueue<String> items, final ConcurrentMap<String, Integer> done)
            throws InterruptedException {
        for (String item = items.take(); !"end".equals(item); item = items.take()) {
            done.merge(item, 1, Integer::sum);
            items.taskDone();
        }
        items.taskDone();
    }
}
