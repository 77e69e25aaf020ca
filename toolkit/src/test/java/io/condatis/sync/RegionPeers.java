package io.condatis.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A region that this JVM has joined, its helper threads, and the child JVMs that join it; closing ends all of them. */
final class RegionPeers implements AutoCloseable {
    private static final int KILLED = 128 + 9;

    private final SyncRegion region;
    private final List<ForkedJvm> children = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    RegionPeers(final Path directory) {
        region = SyncRegion.create(directory);
    }

    SyncRegion region() {
        return region;
    }

    /** A child that obeys commands and kills itself at a crash point. */
    ForkedJvm victim(final String point, final String... commands) {
        return start(List.of("-Dcondatis.crash=" + point), commands);
    }

    ForkedJvm peer(final String... commands) {
        final ForkedJvm peer = start(List.of(), commands);
        peer.awaitLine("joined", Await.DEADLINE);
        return peer;
    }

    private ForkedJvm start(final List<String> flags, final String... commands) {
        final List<String> args = new ArrayList<>(List.of(region.directory().toString()));
        args.addAll(List.of(commands));
        final ForkedJvm child = ForkedJvm.of(RegionPeer.class)
                .flags("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
                .flags(flags.toArray(new String[0]))
                .args(args.toArray(new String[0]))
                .start();
        children.add(child);
        return child;
    }

    static void awaitKilled(final ForkedJvm victim) {
        assertEquals(KILLED, victim.exitCode(Await.DEADLINE), victim.output());
    }

    /** Runs in a thread of this JVM. */
    <T> Future<T> run(final Callable<T> task) {
        return threads.submit(task);
    }

    /** What a thread of this JVM returns within a second, which is how long the others of a dead process may take. */
    static <T> T withinASecond(final Future<T> result) throws Exception {
        return result.get(1, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        children.forEach(ForkedJvm::close);
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("a thread of the test still waits");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        region.close();
    }
}
