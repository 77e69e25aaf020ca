package io.condatis.sync;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A region that this JVM has joined, and the child JVMs that a test lets join it; closing kills them. */
final class LockPeers implements AutoCloseable {
    static final String[] POLLING = {"-Dcondatis.futex=polling", "-Dcondatis.liveness=channel"};

    private final Path directory;
    private final LockRegion region;
    private final List<ForkedJvm> children = new ArrayList<>();

    LockPeers(final Path directory) {
        this.directory = directory;
        this.region = LockRegion.create(directory);
    }

    LockRegion region() {
        return region;
    }

    SharedLock lock() {
        return region.lock();
    }

    /** A child that has joined. */
    ForkedJvm joined(final String... flags) {
        final ForkedJvm child = started(flags);
        child.awaitLine("joined", Await.DEADLINE);
        return child;
    }

    /** A child that may not live long enough to join. */
    ForkedJvm started(final String... flags) {
        final ForkedJvm child = ForkedJvm.of(LockPeer.class)
                .flags(flags)
                .args(directory.toString())
                .start();
        children.add(child);
        return child;
    }

    /** A child that has joined and holds the lock. */
    ForkedJvm owner(final String... flags) {
        final ForkedJvm owner = joined(flags);
        ask(owner, "lock", "locked");
        return owner;
    }

    /** A child that has joined and sleeps until it gets the lock, which somebody must hold. */
    ForkedJvm waiter(final String... flags) {
        final ForkedJvm waiter = joined(flags);
        waiter.send("lock");
        awaitWaiters();
        return waiter;
    }

    void awaitWaiters() {
        Await.until("somebody waits", () -> lock().toString().contains("waiters"));
    }

    /** Sends a command and expects an answer that begins in a certain way. */
    static String ask(final ForkedJvm child, final String command, final String answer) {
        final int seen = child.lines().size();
        child.send(command);
        Await.until("the child answers " + command, () -> child.lines().size() > seen || !child.isAlive());
        assertTrue(child.lines().size() > seen, child.output());
        final String line = child.lines().get(seen);
        assertTrue(line.startsWith(answer), child.output());
        return line;
    }

    /** Waits for the end of a child that kills itself. */
    static void awaitKilled(final ForkedJvm victim) {
        final int code = victim.exitCode(Await.DEADLINE);
        assertTrue(code == 137, victim.output());
    }

    @Override
    public void close() {
        children.forEach(ForkedJvm::close);
        region.close();
    }
}
