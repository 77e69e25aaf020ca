package io.condatis.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

/** The child JVMs of a test of synchronisation primitives; closing kills them. */
public final class SyncPeers implements AutoCloseable {
    private static final int KILLED = 137;

    private final SyncFlavour flavour;
    private final List<ForkedJvm> children = new ArrayList<>();

    /**
     * No children yet.
     *
     * @param flavour that they are to join
     */
    public SyncPeers(final SyncFlavour flavour) {
        this.flavour = flavour;
    }

    /**
     * Starts a child.
     *
     * @param flags of its JVM
     * @return a {@link SyncPeer} that has joined
     */
    public ForkedJvm joined(final String... flags) {
        final ForkedJvm child = ForkedJvm.of(SyncPeer.class)
                .flags(flags)
                .args(flavour.getClass().getName(), flavour.address())
                .start();
        children.add(child);
        child.awaitLine("joined", Await.DEADLINE);
        return child;
    }

    /**
     * Sends a command and waits for its answer.
     *
     * @param child that is to obey
     * @param command as {@link SyncPeer} takes it
     * @return the answer
     */
    public static String ask(final ForkedJvm child, final String command) {
        final int seen = child.lines().size();
        child.send(command);
        Await.until("the child answers " + command, () -> child.lines().size() > seen || !child.isAlive());
        if (child.lines().size() == seen) {
            throw new AssertionError(child.output());
        }
        return child.lines().get(seen).substring(command.length() + 1);
    }

    /**
     * Waits for the end of a child that kills itself.
     *
     * @param victim that has been told to
     */
    public static void awaitKilled(final ForkedJvm victim) {
        assertEquals(KILLED, victim.exitCode(Await.DEADLINE), victim::output);
    }

    @Override
    public void close() {
        children.forEach(ForkedJvm::close);
    }
}
