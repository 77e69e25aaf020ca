package io.condatis.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.SharedDirectory;
import io.condatis.internal.protocol.ManagerDirectory;
import io.condatis.memory.OutOfSharedMemoryException;
import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.StoppedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Processes that are stopped and go on, clients that are killed, and a full directory. */
@Timeout(180)
@ExtendWith(LeakCheck.class)
class ManagerResilienceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** The long form is longer than every time-out that Aeron has unless told otherwise. */
    private static final long STOP_MS = Boolean.getBoolean("condatis.long") ? 35_000 : 1_500;

    @Test
    void shouldLetAStoppedClientGoOnWhereItWas() throws InterruptedException {
        try (Manager manager = Manager.start();
                ForkedJvm consumer = ForkedJvm.start(ManagerPeer.class, "take-two", manager.name(), "q")) {
            final JoinableQueue<String> queue = manager.joinableQueue("q", 0);
            queue.put("first");
            consumer.awaitLine("took first", PATIENCE);
            consumer.signal("STOP");

            assertNull(queue.poll(STOP_MS, TimeUnit.MILLISECONDS), "what the stopped client had taken");
            queue.put("second");
            consumer.signal("CONT");

            consumer.awaitLine("took second", PATIENCE);
            queue.join();
            consumer.awaitLine("done", PATIENCE);
            assertEquals(0, consumer.exitCode(PATIENCE), consumer.output());
        }
    }

    @Test
    void shouldAnswerAfterTheServerWasStopped() throws Exception {
        try (Manager manager = Manager.start()) {
            final ConcurrentMap<String, Integer> dict = manager.dict("d");
            dict.put("k", 1);
            final AtomicReference<Object> outcome = new AtomicReference<>();
            signal("STOP", manager.serverPid());
            final Thread caller = new Thread(() -> {
                try {
                    outcome.set(dict.get("k"));
                } catch (final RuntimeException e) {
                    outcome.set(e);
                }
            });
            caller.start();
            caller.join(STOP_MS);
            assertNull(outcome.get());

            signal("CONT", manager.serverPid());

            caller.join(PATIENCE.toMillis());
            assertEquals(1, outcome.get());
        }
    }

    @Test
    void shouldCloseThoughTheServerIsStoppedAndAThreadWaitsForRoomInItsStream() throws Exception {
        try (Manager manager = Manager.start()) {
            final Manager client = Manager.connect(manager.name());
            final SharedQueue<byte[]> queue = client.queue("full", 0);
            final AtomicReference<Throwable> outcome = new AtomicReference<>();
            signal("STOP", manager.serverPid());
            final Thread putter = new Thread(() -> {
                try {
                    // More than the stream holds.
                    queue.put(new byte[16 << 20]);
                } catch (final InterruptedException | RuntimeException e) {
                    outcome.set(e);
                }
            });
            putter.start();
            Await.untilBlocked(putter);

            final long startNs = System.nanoTime();
            client.close();
            putter.join(PATIENCE.toMillis());

            assertTrue(System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(10));
            assertTrue(
                    outcome.get() instanceof IllegalStateException
                            && outcome.get().getMessage().contains("closed"),
                    () -> "" + outcome.get());
            signal("CONT", manager.serverPid());
            assertTrue(manager.queue("full", 0).isEmpty());
        }
    }

    /** A put with a credit does not wait for the server, which may then read another session's join first. */
    @Test
    void shouldJoinWhatAnotherHasPutThoughTheServerHasNotReadIt() throws Exception {
        try (Manager manager = Manager.start();
                Manager producer = Manager.connect(manager.name())) {
            final JoinableQueue<Integer> queue = manager.joinableQueue("q", 0);
            final JoinableQueue<Integer> putting = producer.joinableQueue("q", 0);
            final int puts = 100; // they earn credits
            for (int i = 0; i < puts; i++) {
                putting.put(i);
            }
            for (int i = 0; i < puts; i++) {
                assertEquals(i, queue.take());
                queue.taskDone();
            }
            queue.join();
            signal("STOP", manager.serverPid());
            putting.put(puts);
            final FutureTask<Void> join = new FutureTask<>(() -> {
                queue.join();
                return null;
            });
            final Thread joiner = new Thread(join);
            joiner.start();
            Await.untilBlocked(joiner);

            signal("CONT", manager.serverPid());

            assertEquals(puts, queue.take());
            assertFalse(join.isDone(), "joined before it was done");
            queue.taskDone();
            join.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldSayThatItIsFullAndGoOnWhenTheServersHeapIsSmall() {
        try (Manager manager = Manager.start(new ManagerOptions().jvmOptions("-Xmx96m"))) {
            final ConcurrentMap<Integer, byte[]> dict = manager.dict("large");
            final CondatisException full = assertThrows(CondatisException.class, () -> {
                for (int i = 0; i < 40; i++) {
                    dict.put(i, new byte[4 << 20]);
                }
            });
            assertTrue(full.getMessage().contains("maxTotalBytes"), full.getMessage());
            assertEquals(4 << 20, dict.get(0).length);
            dict.clear();
            dict.put(1, new byte[4 << 20]);
        }
    }

    @Test
    void shouldGiveBackTheSharedMemoryOfAKilledClientAtOnce() throws InterruptedException {
        try (Manager manager = Manager.start()) {
            final Path directory = new ManagerDirectory(manager.name()).path();
            manager.dict("d").put("k", 1);
            final long before = bytes(directory);
            try (ForkedJvm client = ForkedJvm.start(ManagerPeer.class, "put-and-stay", manager.name(), "q", "0", "5")) {
                client.awaitLine("put", PATIENCE);
                assertTrue(bytes(directory) > before + (5 << 20), "a client takes some MB");
                client.kill();
            }
            // Far sooner than the day that the driver waits by itself.
            Await.until("its streams are gone", Duration.ofSeconds(10), () -> bytes(directory) <= before);
            assertEquals(1, manager.dict("d").get("k"));
        }
    }

    private static long bytes(final Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.mapToLong(ManagerResilienceTest::length).sum();
        } catch (final IOException | UncheckedIOException e) {
            return Long.MAX_VALUE; // Something went away meanwhile: look again.
        }
    }

    private static long length(final Path file) {
        return Files.isRegularFile(file) ? file.toFile().length() : 0;
    }

    @Test
    void shouldSayThatThereIsNoRoomAndGoOnWhenSharedMemoryIsNearlyFull() throws Exception {
        assumeTrue(SharedDirectory.userId() == 0, "only root can mount a small tmpfs");
        final Path mount = Files.createTempDirectory("condatis-small");
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=48m", "none", mount.toString()) == 0, "mount not allowed");
        try (ForkedJvm child =
                ForkedJvm.of(NearlyFull.class).flags("-Dcondatis.dir=" + mount).start()) {
            assertEquals(0, child.exitCode(Duration.ofSeconds(60)), child.output());
            assertEquals(
                    List.of("no room for a manager", "started", "no room for a client", "still serving", "left: 0"),
                    child.lines(),
                    child.output());
        } finally {
            assertEquals(0, run("umount", mount.toString()));
            Files.delete(mount);
        }
    }

    /** Starts a manager where there is no room for it, then one with little to spare. */
    static final class NearlyFull {
        public static void main(final String[] args) throws IOException {
            final Path filler = SharedDirectory.path().resolve("filler");
            Files.write(filler, new byte[30 << 20]);
            try {
                Manager.start().close();
            } catch (final OutOfSharedMemoryException e) {
                System.out.println("no room for a manager");
            }
            Files.delete(filler);
            try (Manager manager = Manager.start()) {
                System.out.println("started");
                final ConcurrentMap<String, String> dict = manager.dict("d");
                dict.put("k", "v");
                fillWithClients(manager);
                if ("v".equals(dict.get("k"))) {
                    System.out.println("still serving");
                }
            }
            try (Stream<Path> left = Files.list(SharedDirectory.path())) {
                System.out.println("left: " + left.count());
            }
        }

        private static void fillWithClients(final Manager manager) {
            final List<Manager> clients = new ArrayList<>();
            try {
                while (clients.size() < 100) {
                    clients.add(Manager.connect(manager.name()));
                }
            } catch (final CondatisException e) {
                if (e.getMessage().contains("is there room?")) {
                    System.out.println("no room for a client");
                } else {
                    throw e;
                }
            } finally {
                clients.forEach(Manager::close);
            }
        }
    }

    private static void signal(final String name, final long pid) throws Exception {
        assertEquals(0, run("kill", "-" + name, Long.toString(pid)));
        assertFalse(ProcessHandle.of(pid).isEmpty());
        if (name.equals("STOP")) {
            StoppedProcess.await(pid);
        }
    }

    private static int run(final String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
