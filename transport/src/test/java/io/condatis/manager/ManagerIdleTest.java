package io.condatis.manager;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.condatis.internal.os.DeathWatch;
import io.condatis.testing.Await;
import io.condatis.testing.LeakCheck;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** A manager that has nothing to do sleeps, and so do those who wait for it. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
@ExtendWith(LeakCheck.class)
class ManagerIdleTest {
    private static final long WATCHED_MS = 1_000;
    /** Each thread of ours sleeps for a second; a server that polled would wake a hundred times. */
    private static final long MOST_WAKES_OF_A_THREAD = 20;

    @Test
    void shouldHardlyWakeWhenNobodyAsksForAnything() throws Exception {
        assumeTrue(DeathWatch.get() != null, "nobody tells of deaths here, so everybody has to look");
        try (Manager manager = Manager.start()) {
            final JoinableQueue<String> queue = manager.joinableQueue("work", 0);
            final Thread waiter = new Thread(() -> {
                try {
                    queue.take();
                } catch (final InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            waiter.start();
            Await.untilBlocked(waiter);
            final long client = ProcessHandle.current().pid();
            Await.until("all sleep", () -> wakes(manager.serverPid()) + wakes(client) <= 4 * MOST_WAKES_OF_A_THREAD);
            waiter.interrupt();
            waiter.join();
        }
    }

    /** Voluntary context switches, in one second, of the threads of a process that are ours. */
    private static long wakes(final long pid) {
        try {
            final long before = switches(pid);
            TimeUnit.MILLISECONDS.sleep(WATCHED_MS);
            return switches(pid) - before;
        } catch (final IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long switches(final long pid) throws IOException {
        long sum = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (final Path thread : threads) {
                sum += switches(thread);
            }
        }
        assertTrue(sum > 0, "no thread of ours in " + pid);
        return sum;
    }

    private static long switches(final Path thread) {
        try {
            return !Files.readString(thread.resolve("comm")).startsWith("condatis")
                    ? 0
                    : Files.readAllLines(thread.resolve("status")).stream()
                            .filter(line -> line.startsWith("voluntary_ctxt_switches"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum();
        } catch (final IOException e) {
            return 0; // it has ended since it was listed
        }
    }
}
