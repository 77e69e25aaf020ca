package io.condatis.sync;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;

/**
 * The other process of a test of a condition, a barrier or a read-write lock. Prints {@code joined}, obeys the commands
 * among its arguments and then the lines of its standard input, and answers each with a line. {@code async ID COMMAND}
 * obeys in a new thread and puts the ID before the answer.
 */
final class RegionPeer {
    private final SyncRegion region;

    private RegionPeer(final SyncRegion region) {
        this.region = region;
    }

    public static void main(final String[] args) throws Exception {
        try (SyncRegion region = SyncRegion.attach(Path.of(args[0]))) {
            System.out.println("joined");
            final RegionPeer peer = new RegionPeer(region);
            for (int i = 1; i < args.length; i++) {
                System.out.println(peer.obey(args[i].split(" ")));
            }
            final BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
            for (String line = commands.readLine(); line != null && !line.equals("exit"); line = commands.readLine()) {
                System.out.println(peer.obey(line.split(" ")));
            }
        } catch (final IOException e) {
            System.exit(1); // the test has gone
        }
        System.exit(0); // with whatever threads still wait
    }

    private String obey(final String[] command) throws Exception {
        switch (command[0]) {
            case "async":
                final String[] rest = Arrays.copyOfRange(command, 2, command.length);
                final Thread thread = new Thread(() -> System.out.println(command[1] + " " + answer(rest)));
                thread.setDaemon(true);
                thread.start();
                return "started " + command[1];
            case "lock":
                region.lock().lock();
                return "locked";
            case "unlock":
                region.lock().unlock();
                return "unlocked";
            case "lock-reentrant":
                region.reentrantLock().lock();
                return "locked";
            case "await":
                return "signalled=" + region.condition().await(Long.parseLong(command[1]), TimeUnit.MILLISECONDS);
            case "locked-await":
                return lockedAwait(Long.parseLong(command[1]));
            case "narrow-await":
                return "signalled=" + region.narrowCondition().await(10, TimeUnit.SECONDS);
            case "predicate":
                return predicate(Long.parseLong(command[1]), Long.parseLong(command[2]));
            case "signal":
                region.condition().signal(Integer.parseInt(command[1]));
                return "signalled";
            case "word":
                region.setWord(Long.parseLong(command[1]));
                return "set";
            case "ring":
                region.doorbell().ring();
                return "rung";
            default:
                return command[0].endsWith("barrier") ? barrier(command) : readOrWrite(command[0]);
        }
    }

    private String answer(final String[] command) {
        try {
            return obey(command);
        } catch (final Exception e) {
            return e.toString();
        }
    }

    private String lockedAwait(final long timeoutMs) throws InterruptedException {
        region.lock().lock();
        try {
            return "signalled=" + region.condition().await(timeoutMs, TimeUnit.MILLISECONDS);
        } finally {
            region.lock().unlock();
        }
    }

    private String predicate(final long wanted, final long timeoutMs) throws InterruptedException {
        region.lock().lock();
        try {
            return "fulfilled="
                    + region.condition().awaitUntil(() -> region.word() == wanted, timeoutMs, TimeUnit.MILLISECONDS);
        } finally {
            region.lock().unlock();
        }
    }

    private String barrier(final String[] command) throws InterruptedException {
        final SharedBarrier barrier = region.barrier(Integer.parseInt(command[1]));
        try {
            switch (command[0]) {
                case "barrier":
                    return "passed " + barrier.await(Long.parseLong(command[2]), TimeUnit.MILLISECONDS);
                case "passes-barrier":
                    return passes(barrier, Integer.parseInt(command[2]));
                case "action-barrier":
                    return "passed "
                            + barrier.withAction(() -> region.setWord(region.word() + 1))
                                    .await();
                case "join-barrier":
                    barrier.join();
                    return "seated";
                case "abort-barrier":
                    barrier.abort();
                    return "aborted";
                case "reset-barrier":
                    barrier.reset();
                    return "reset";
                default:
                    throw new IllegalArgumentException(command[0]);
            }
        } catch (final BrokenBarrierException e) {
            return "broken " + e.getMessage();
        }
    }

    /** Passes many times; each pass must see all parties at least as far as itself, and none further than one ahead. */
    private String passes(final SharedBarrier barrier, final int count)
            throws InterruptedException, BrokenBarrierException {
        long indexes = 0;
        for (int i = 0; i < count; i++) {
            indexes += barrier.await();
        }
        return "passed " + count + " indexes " + indexes;
    }

    private String readOrWrite(final String command) {
        final SharedReadWriteLock lock = region.readWriteLock();
        switch (command) {
            case "read":
                lock.readLock().lock();
                return "reading abandoned=" + lock.isAbandoned();
            case "unread":
                lock.readLock().unlock();
                return "unread";
            case "write":
                lock.writeLock().lock();
                return "writing abandoned=" + lock.isAbandoned();
            case "unwrite":
                lock.writeLock().unlock();
                return "unwritten";
            default:
                throw new IllegalArgumentException(command);
        }
    }
}
