package io.condatis.manager;

import java.util.concurrent.TimeUnit;

/** The worker of {@link ManagedSyncTypesTest}: the first argument says what to do, the second names the manager. */
public final class SyncTypesPeer {
    private SyncTypesPeer() {}

    /**
     * Runs one of the programs and exits.
     *
     * @param args program, manager
     * @throws Exception whatever happens ends the program with an error
     */
    public static void main(final String[] args) throws Exception {
        try (Manager manager = Manager.connect(args[1])) {
            run(args[0], manager);
        }
    }

    private static void run(final String program, final Manager manager) throws Exception {
        switch (program) {
            case "event" -> {
                final ManagedEvent event = manager.event("event");
                check(event.isSet() && event.await(1, TimeUnit.MINUTES));
                event.clear();
            }
            case "lock" -> {
                manager.lock("lock").lock();
                System.out.println("locked");
                System.in.read();
            }
            case "rlock" -> {
                final ManagedLock lock = manager.reentrantLock("rlock");
                lock.lock();
                lock.lock();
                check(lock.holdCount() == 2);
                lock.unlock();
                lock.unlock();
            }
            case "semaphore" -> {
                manager.semaphore("semaphore", 1).acquire();
                System.out.println("acquired");
                System.in.read();
            }
            case "bounded" -> {
                manager.boundedSemaphore("bounded", 1).acquire();
                System.out.println("acquired");
                System.in.read();
            }
            case "condition" -> {
                final ManagedLock lock = manager.lock("lock");
                final ManagedCondition condition = manager.condition("condition", lock);
                lock.lock();
                condition.signalAll();
                lock.unlock();
            }
            case "barrier" -> {
                final ManagedBarrier barrier = manager.barrier("barrier", 5);
                check(barrier.parties() == 5 && barrier.isBroken());
                barrier.reset();
            }
            default -> throw new IllegalArgumentException(program);
        }
    }

    private static void check(final boolean holds) {
        if (!holds) {
            throw new AssertionError("not as the parent has left it");
        }
    }
}
