package io.condatis.sync;

import io.condatis.SharedObjects;
import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.SyncPeers;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Named objects in shared memory, and child JVMs that use them and die; closing ends all of it. */
final class MemoryPeers implements AutoCloseable {
    private final SharedMemoryFlavour flavour = new SharedMemoryFlavour();
    private final SyncPeers peers = new SyncPeers(flavour);

    SharedMemoryFlavour flavour() {
        return flavour;
    }

    SharedObjects shared() {
        return flavour.shared();
    }

    ForkedJvm joined(final String... flags) {
        return peers.joined(flags);
    }

    /** A child that has joined and will die at a step. */
    ForkedJvm doomed(final String point) {
        return peers.joined("-Dcondatis.crash=" + point);
    }

    /** A child that does one thing and dies at a step of it. */
    void victim(final String point, final String command) {
        final ForkedJvm victim = doomed(point);
        victim.send(command);
        SyncPeers.awaitKilled(victim);
    }

    /** A child that does some things and is killed from outside. */
    void kill(final String... commands) {
        final ForkedJvm child = peers.joined();
        for (final String command : commands) {
            SyncPeers.ask(child, command);
        }
        child.kill();
        SyncPeers.awaitKilled(child);
    }

    /** A wait in a thread of this JVM that has begun. */
    static FutureTask<Boolean> waiting(final Callable<Boolean> wait) {
        final FutureTask<Boolean> task = new FutureTask<>(wait);
        final Thread waiter = new Thread(task);
        waiter.start();
        Await.untilBlocked(waiter);
        return task;
    }

    /** What it returns within a second, which is how long the others of a dead process may take. */
    static boolean withinASecond(final FutureTask<Boolean> wait) throws Exception {
        return wait.get(1, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        peers.close();
        flavour.close();
    }
}
