package io.condatis.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.error.CondatisException;
import io.condatis.internal.protocol.ManagerDirectory;
import io.condatis.process.WorkerProcess;
import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a server begins: the initializer, in this process, with limits, again and again. */
@Timeout(120)
@ExtendWith(LeakCheck.class)
class ManagerStartTest {
    private final String name = "start-" + ProcessHandle.current().pid();

    /** Asks the server what its initializer did. */
    public interface Probe {
        String property(String key);
    }

    private static ManagerOptions probed(final ManagerOptions options) {
        return options.register("probe", Probe.class, arguments -> System::getProperty);
    }

    @Test
    void testManagerInitializerRunsOnceInTheServer() {
        final String mine = "set by " + ProcessHandle.current().pid();
        try (Manager manager = Manager.start(probed(new ManagerOptions()
                .initializer(() -> System.setProperty("start.test", System.getProperty("start.test", "") + mine))))) {
            assertEquals(mine, manager.create("probe", Probe.class).property("start.test"));
            assertEquals(null, System.getProperty("start.test"));
        }
        assertThrows(NullPointerException.class, () -> new ManagerOptions().initializer(null));
    }

    @Test
    void shouldFailTheStartWithTheInitializersMessageAndTraceAndLeaveNothing() {
        final CondatisException e = assertThrows(
                CondatisException.class,
                () -> Manager.start(new ManagerOptions().name(name).initializer(ManagerStartTest::failToInitialise)));

        assertTrue(e.getMessage().contains("the initializer of manager " + name + " failed"), e.getMessage());
        assertTrue(e.getMessage().contains("IllegalStateException: no licence"), e.getMessage());
        assertTrue(
                assertInstanceOf(RemoteTrace.class, e.getCause()).getMessage().contains("failToInitialise"),
                e.getCause().getMessage());
        assertFalse(Files.exists(new ManagerDirectory(name).path()));
    }

    private static void failToInitialise() {
        throw new IllegalStateException("no licence");
    }

    @Test
    void shouldServeOtherProcessesFromThisOneUntilClosed() throws InterruptedException {
        try (Manager manager = Manager.embed(
                probed(new ManagerOptions().name(name).initializer(() -> System.setProperty("embed.test", "here"))))) {
            assertEquals(ProcessHandle.current().pid(), manager.serverPid());
            assertEquals("here", manager.create("probe", Probe.class).property("embed.test"));
            final ConcurrentMap<String, Integer> counts = manager.dict("counts");
            try (WorkerProcess worker = WorkerProcess.start(ManagerStartTest::merge, manager.handle());
                    Manager second = Manager.connect(name)) {
                merge(manager);
                second.<String, Integer>dict("counts").merge("n", 1, Integer::sum);
                worker.join();
                assertEquals(0, worker.exitCode().getAsInt());
            }
            assertEquals(1_001, counts.get("n"));
            assertThrows(CondatisException.class, () -> Manager.embed(new ManagerOptions().name(name)));
            assertEquals(1_001, counts.get("n"));
        } finally {
            System.clearProperty("embed.test");
        }
        assertFalse(Files.exists(new ManagerDirectory(name).path()));
        assertThrows(ManagerLostException.class, () -> Manager.connect(name));
    }

    private static void merge(final ManagerHandle handle) {
        try (Manager manager = Manager.connect(handle)) {
            merge(manager);
        }
    }

    private static void merge(final Manager manager) {
        for (int i = 0; i < 500; i++) {
            manager.<String, Integer>dict("counts").merge("n", 1, Integer::sum);
        }
    }

    @Test
    void shouldFreeTheWorkOfAKilledClientWhenEmbedded() throws InterruptedException {
        try (Manager manager = Manager.embed(new ManagerOptions());
                ForkedJvm consumer = ForkedJvm.start(ManagerPeer.class, "take-and-stay", manager.name(), "q", "0")) {
            final JoinableQueue<String> queue = manager.joinableQueue("q", 0);
            queue.put("leased");
            consumer.awaitLine("waiting", Duration.ofSeconds(20));
            consumer.kill();
            assertEquals("leased", queue.poll(5, TimeUnit.SECONDS));
        }
    }

    @Test
    void shouldFailTheEmbeddedStartWithTheInitializersException() {
        final CondatisException e = assertThrows(
                CondatisException.class,
                () -> Manager.embed(new ManagerOptions().name(name).initializer(ManagerStartTest::failToInitialise)));
        assertInstanceOf(IllegalStateException.class, e.getCause());
        assertFalse(Files.exists(new ManagerDirectory(name).path()));
    }

    @Test
    void shouldTellClientsWhenTheEmbeddingProcessIsKilled() {
        try (ForkedJvm embedder = ForkedJvm.start(ManagerPeer.class, "embed", name)) {
            embedder.awaitLine("serving", Duration.ofSeconds(20));
            try (Manager manager = Manager.connect(name)) {
                manager.dict("d").put("k", 1);
                embedder.kill();
                assertThrows(ManagerLostException.class, () -> {
                    final long deadline = System.nanoTime() + 5_000_000_000L;
                    while (System.nanoTime() < deadline) {
                        manager.dict("d").get("k");
                    }
                });
            }
            ManagerDirectory.sweep();
            assertFalse(Files.exists(new ManagerDirectory(name).path()));
        }
    }

    @Test
    void testRapidRestartOnTheSameName() {
        long lastPid = 0;
        for (int i = 0; i < 10; i++) {
            try (Manager manager = Manager.start(new ManagerOptions().name(name));
                    Manager client = Manager.connect(name)) {
                assertNotEquals(lastPid, manager.serverPid());
                lastPid = manager.serverPid();
                assertEquals(null, client.<String, Integer>dict("d").put("round", i));
            }
        }
        assertFalse(Files.exists(new ManagerDirectory(name).path()));
    }

    @Test
    void shouldTakeTheNameAnewRightAfterAKill() {
        for (int i = 0; i < 3; i++) {
            try (Manager manager = Manager.start(new ManagerOptions().name(name));
                    Manager client = Manager.connect(name)) {
                client.dict("d").put("round", i);
                ProcessHandle.of(manager.serverPid()).orElseThrow().destroyForcibly();
                Await.until("the server has ended", () -> !new ManagerDirectory(name).isServed());
                try (Manager next = Manager.start(new ManagerOptions().name(name));
                        Manager nextClient = Manager.connect(name)) {
                    assertNotEquals(manager.serverPid(), next.serverPid());
                    assertEquals(null, nextClient.dict("d").put("round", i));
                    assertThrows(
                            ManagerLostException.class, () -> client.dict("d").get("round"));
                }
            }
        }
    }

    @Test
    void shouldRefuseAnotherVersionNamingBoth() throws Exception {
        try (Manager manager = Manager.start(new ManagerOptions().name(name))) {
            final Path file = new ManagerDirectory(name).path().resolve("manager");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(new byte[] {99, 0, 0, 0}), 12);
            }
            final CondatisException e = assertThrows(CondatisException.class, () -> Manager.connect(name));
            assertTrue(e.getMessage().contains("protocol=99"), e.getMessage());
            assertTrue(e.getMessage().contains("this process has"), e.getMessage());
            manager.dict("d").put("k", 1);
        }
    }

    @Test
    void shouldNameEachLimitThatIsReached() throws Exception {
        try (Manager manager = Manager.start(new ManagerOptions()
                .maxSessions(2)
                .maxObjects(3)
                .maxQueueBytes(10_000)
                .maxTotalBytes(100_000)
                .maxWaitingRequests(1))) {
            final Map<String, byte[]> dict = manager.dict("d");
            final JoinableQueue<Object> queue = manager.joinableQueue("q", 0);
            manager.dict("third");
            assertLimit("3 (maxObjects)", () -> manager.dict("fourth"));
            assertLimit("(maxTotalBytes)", () -> dict.put("k", new byte[200_000]));
            assertLimit("(maxQueueBytes)", () -> queue.offer(new byte[20_000]));
            try (Manager second = Manager.connect(manager.handle())) {
                assertLimit("has no room for one more session", () -> Manager.connect(manager.handle()));
                second.dict("d").put("k", 1);
            }
            final Thread waiting = new Thread(() -> takeAgainAndAgain(queue));
            waiting.start();
            Await.until("the second that waits is refused", () -> isRefusedToWait(queue));
            waiting.interrupt();
            waiting.join();
        }
        assertThrows(IllegalArgumentException.class, () -> new ManagerOptions().maxTotalBytes(0));
        assertThrows(IllegalArgumentException.class, () -> new ManagerOptions().maxSessions(-1));
    }

    /** Until interrupted; whoever begins to wait second is refused, and that may be this one. */
    private static void takeAgainAndAgain(final JoinableQueue<Object> queue) {
        while (true) {
            try {
                queue.take();
            } catch (final CondatisException e) {
                Thread.yield();
            } catch (final InterruptedException e) {
                return;
            }
        }
    }

    private static boolean isRefusedToWait(final JoinableQueue<Object> queue) {
        try {
            queue.poll(1, TimeUnit.MILLISECONDS);
            return false;
        } catch (final CondatisException e) {
            assertTrue(e.getMessage().contains("1 (maxWaitingRequests)"), e.getMessage());
            return true;
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertLimit(final String words, final Supplier<?> call) {
        final CondatisException e = assertThrows(CondatisException.class, call::get);
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }
}
