package io.condatis.testing;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;

/**
 * The other process of a test of synchronisation primitives. Arguments: a {@link SyncFlavour}'s class and address. Prints
 * {@code joined}, then obeys lines on its standard input, {@code OPERATION NAME}, and answers each with
 * {@code OPERATION NAME RESULT}. Ends at end of input.
 */
public final class SyncPeer {
    private static final long DEADLINE_S = 30;

    private final SyncFlavour flavour;

    private SyncPeer(final SyncFlavour flavour) {
        this.flavour = flavour;
    }

    /**
     * Runs the process.
     *
     * @param args class and address of the flavour
     * @throws Exception when an operation does
     */
    public static void main(final String[] args) throws Exception {
        final BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
        try (SyncFlavour flavour = (SyncFlavour)
                Class.forName(args[0]).getDeclaredConstructor(String.class).newInstance(args[1])) {
            final SyncPeer peer = new SyncPeer(flavour);
            System.out.println("joined");
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                final String[] command = line.split(" ");
                System.out.println(line + " " + peer.obey(command[0], command[1]));
            }
        }
    }

    private Object obey(final String operation, final String name) throws Exception {
        try {
            if (name.startsWith("condition")) {
                return onCondition(operation, name);
            }
            if (name.startsWith("barrier")) {
                return onBarrier(operation, flavour.barrier(name, lastDigit(name)));
            }
            return name.startsWith("event")
                    ? onEvent(operation, flavour.event(name))
                    : name.startsWith("semaphore")
                            ? onSemaphore(operation, flavour.semaphore(name, 0))
                            : name.startsWith("bounded")
                                    ? onSemaphore(operation, flavour.boundedSemaphore(name, lastDigit(name)))
                                    : onLock(
                                            operation,
                                            name.startsWith("reentrant")
                                                    ? flavour.reentrantLock(name)
                                                    : flavour.lock(name));
        } catch (final RuntimeException e) {
            return e;
        }
    }

    /** A bounded semaphore's permits and a barrier's parties are the last digit of its name. */
    private static int lastDigit(final String name) {
        return name.charAt(name.length() - 1) - '0';
    }

    private static Object onLock(final String operation, final SyncFlavour.AnyLock lock) {
        switch (operation) {
            case "lock":
                lock.lock();
                return lock;
            case "tryLock":
                return lock.tryLock();
            case "unlock":
                lock.unlock();
                return "done";
            case "isLocked":
                return lock.isLocked();
            default:
                throw new IllegalArgumentException(operation);
        }
    }

    private static Object onSemaphore(final String operation, final SyncFlavour.AnySemaphore semaphore)
            throws InterruptedException {
        switch (operation) {
            case "acquire":
                return semaphore.tryAcquire(DEADLINE_S, TimeUnit.SECONDS);
            case "release":
                semaphore.release();
                return "done";
            case "available":
                return semaphore.availablePermits();
            default:
                throw new IllegalArgumentException(operation);
        }
    }

    private static Object onEvent(final String operation, final SyncFlavour.AnyEvent event)
            throws InterruptedException {
        switch (operation) {
            case "set":
                event.set();
                return "done";
            case "await":
                return event.await(DEADLINE_S, TimeUnit.SECONDS);
            default:
                throw new IllegalArgumentException(operation);
        }
    }

    /** Under the lock {@code lock}. */
    private Object onCondition(final String operation, final String name) throws InterruptedException {
        final SyncFlavour.AnyLock lock = flavour.lock("lock");
        final SyncFlavour.AnyCondition condition = flavour.condition(name, lock);
        lock.lock();
        try {
            switch (operation) {
                case "await":
                    return condition.await(DEADLINE_S, TimeUnit.SECONDS);
                case "signal":
                    condition.signal();
                    return "done";
                default:
                    throw new IllegalArgumentException(operation);
            }
        } finally {
            lock.unlock();
        }
    }

    private static Object onBarrier(final String operation, final SyncFlavour.AnyBarrier barrier)
            throws InterruptedException {
        try {
            switch (operation) {
                case "await":
                    return barrier.await(DEADLINE_S, TimeUnit.SECONDS);
                case "pass100":
                    for (int i = 0; i < 100; i++) {
                        barrier.await(DEADLINE_S, TimeUnit.SECONDS);
                    }
                    return "done";
                case "abort":
                    barrier.abort();
                    return "done";
                case "reset":
                    barrier.reset();
                    return "done";
                default:
                    throw new IllegalArgumentException(operation);
            }
        } catch (final BrokenBarrierException e) {
            return "broken";
        }
    }
}
