package io.condatis.manager;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.ProcessIdentity;
import io.condatis.internal.os.SharedDirectory;
import io.condatis.internal.protocol.ManagerDirectory;
import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Orphans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class ManagerLifetimeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String name = "lifetime-" + ProcessHandle.current().pid();

    /** Scenario 23 of the semantics, its half about the server. */
    @Test
    void shouldTellEverybodyWhenTheServerIsKilled() throws InterruptedException {
        try (Manager manager = Manager.start()) {
            final JoinableQueue<String> queue = manager.joinableQueue("q", 0);
            final ConcurrentMap<String, String> dict = manager.dict("d");
            final AtomicReference<Throwable> thrown = new AtomicReference<>();
            final Thread waiting = new Thread(() -> {
                try {
                    queue.take();
                } catch (final InterruptedException | RuntimeException e) {
                    thrown.set(e);
                }
            });
            waiting.start();
            Await.untilBlocked(waiting);

            ProcessHandle.of(manager.serverPid()).orElseThrow().destroyForcibly();

            waiting.join(5_000);
            assertFalse(waiting.isAlive());
            assertTrue(thrown.get() instanceof ManagerLostException, () -> "" + thrown.get());
            assertTrue(
                    thrown.get().getMessage().contains(manager.name()),
                    thrown.get().getMessage());
            assertThrows(ManagerLostException.class, () -> dict.get("k"));
            assertThrows(ManagerLostException.class, () -> queue.put("x"));
        }
    }

    /** Scenario 23 of the semantics, its half about the parent. */
    @Test
    void shouldEndTheServerAndLeaveNothingWhenItsStarterIsKilled() {
        try (ForkedJvm starter = ForkedJvm.start(ManagerPeer.class, "serve", name)) {
            final String line = starter.awaitLine("serving ", PATIENCE);
            final long server = Long.parseLong(line.split(" ")[1]);
            starter.kill();

            Await.until("the server has ended", Duration.ofSeconds(5), () -> !Orphans.runs(server));
            Await.until("its directory is gone", Duration.ofSeconds(5), () -> !Files.exists(directory()));
        }
    }

    @Test
    void shouldRefuseANameThatIsServedAndFindItByName() {
        try (Manager first = Manager.start(new ManagerOptions().name(name))) {
            final CondatisException e =
                    assertThrows(CondatisException.class, () -> Manager.start(new ManagerOptions().name(name)));
            assertTrue(e.getMessage().contains(name), e.getMessage());

            try (Manager second = Manager.connect(name)) {
                second.<String, Integer>dict("d").put("k", 1);
                assertEquals(first.serverPid(), second.serverPid());
            }
            assertEquals(1, first.<String, Integer>dict("d").get("k"));
        }
    }

    /** As when the JVM begins to end while it is being closed: the exit must not come before that is done. */
    @Test
    void shouldHaveRemovedWhatAKilledServerLeftWhenAnyCloseReturns() throws Exception {
        try (ForkedJvm starter = ForkedJvm.start(ManagerPeer.class, "serve", name)) {
            final String line = starter.awaitLine("serving ", PATIENCE);
            final Manager client = Manager.connect(name);
            starter.signal("STOP"); // it leaves the removal to the client
            ProcessHandle.of(Long.parseLong(line.split(" ")[1])).orElseThrow().destroyForcibly();
            Await.until("the server has ended", () -> !new ManagerDirectory(name).isServed());
            assertTrue(Files.exists(directory()));

            final FutureTask<Void> first = new FutureTask<>(client::close, null);
            new Thread(first).start();
            Await.until("it is being closed", () -> client.toString().contains("closed"));
            client.close();

            assertEquals(List.of(), left());
            first.get();
        }
    }

    /** As when the client that was first to notice is killed itself: it renames what it removes, and then deletes file by file. */
    @Test
    void shouldRemoveWhatAKilledClientOfAKilledServerHasLeftAside() throws IOException {
        final Path aside = directory()
                .resolveSibling(
                        ".condatis-" + System.getProperty("user.name") + "-stale-" + ProcessIdentity.pid() + "-test");
        try (Manager manager = Manager.start(new ManagerOptions().name(name))) {
            ProcessHandle.of(manager.serverPid()).orElseThrow().destroyForcibly();
            Await.until("the server has ended", () -> !new ManagerDirectory(name).isServed());
            Files.move(directory(), aside);
        }

        assertFalse(Files.exists(aside));
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(directory().getParent())) {
            return files.filter(file -> file.equals(directory())
                            || file.getFileName().toString().contains("-stale-" + ProcessIdentity.pid() + "-"))
                    .toList();
        }
    }

    @Test
    void shouldTakeOverTheNameOfAKilledServerAndSweepWhatItLeft() {
        try (ForkedJvm starter = ForkedJvm.start(ManagerPeer.class, "serve", name)) {
            final String line = starter.awaitLine("serving ", PATIENCE);
            starter.signal("STOP");
            final ProcessHandle server =
                    ProcessHandle.of(Long.parseLong(line.split(" ")[1])).orElseThrow();
            server.destroyForcibly();
            Await.until("the server has ended", () -> !new ManagerDirectory(name).isServed());
            assertTrue(Files.exists(directory()));

            try (Manager next = Manager.start(new ManagerOptions().name(name))) {
                assertNotEquals(server.pid(), next.serverPid());
                assertNull(next.dict("d").get("k"));
            }
            starter.kill();
        }
    }

    @Test
    void shouldSayThatThereIsNone() {
        final ManagerLostException e = assertThrows(ManagerLostException.class, () -> Manager.connect("nobody-here"));

        assertTrue(e.getMessage().contains("nobody-here"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Manager.connect("../up"));
    }

    @Test
    void shouldThrowAfterCloseAndCloseTwice() {
        final Manager manager = Manager.start();
        final ConcurrentMap<String, String> dict = manager.dict("d");
        manager.close();
        manager.close();

        assertThrows(IllegalStateException.class, () -> dict.get("k"));
        assertThrows(IllegalStateException.class, () -> manager.dict("other"));
    }

    @Test
    void shouldWakeAThreadThatWaitsWhenItIsClosed() throws InterruptedException {
        final Manager manager = Manager.start();
        final JoinableQueue<String> queue = manager.joinableQueue("q", 0);
        final AtomicReference<Throwable> thrown = new AtomicReference<>();
        final Thread waiting = new Thread(() -> {
            try {
                queue.take();
            } catch (final InterruptedException | RuntimeException e) {
                thrown.set(e);
            }
        });
        waiting.start();
        Await.untilBlocked(waiting);

        manager.close();

        waiting.join(5_000);
        assertTrue(thrown.get() instanceof IllegalStateException, () -> "" + thrown.get());
    }

    @Test
    void shouldNotRobAClientThatIsOnlyStopped() throws InterruptedException {
        try (Manager manager = Manager.start();
                ForkedJvm consumer = ForkedJvm.start(ManagerPeer.class, "take-and-stay", manager.name(), "q", "0")) {
            final JoinableQueue<String> queue = manager.joinableQueue("q", 0);
            queue.put("leased");
            consumer.awaitLine("waiting", PATIENCE);
            consumer.signal("STOP");

            assertNull(queue.poll(2, SECONDS));

            consumer.signal("CONT");
            consumer.kill();
            assertEquals("leased", queue.poll(5, SECONDS));
            assertEquals(2, queue.attempt());
        }
    }

    @Test
    void shouldRemoveItsDirectoryWhenClosed() {
        try (Manager manager = Manager.start(new ManagerOptions().name(name))) {
            assertEquals(name, manager.name());
            assertTrue(Files.isDirectory(directory()));
        }
        assertFalse(Files.exists(directory()));
    }

    private Path directory() {
        return SharedDirectory.path().resolve("condatis-" + System.getProperty("user.name") + "-" + name);
    }
}
