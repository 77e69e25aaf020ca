package io.condatis.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.condatis.SharedObjects;
import io.condatis.internal.os.DeathWatch;
import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import io.condatis.testing.SyncPeers;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What watching the deaths of others brings, and that it costs nothing. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
@ExtendWith(LeakCheck.class)
class DeathWatchTest {
    private static final int DEATHS = 6;

    @Test
    void shouldPassTheLockOnAtOnceWhenItsOwnerIsKilled() throws Exception {
        try (SharedMemoryFlavour flavour = new SharedMemoryFlavour();
                SyncPeers peers = new SyncPeers(flavour)) {
            final SharedLock lock = flavour.shared().lock("lock");
            final long[] latenciesNs = new long[DEATHS];
            for (int i = 0; i < DEATHS; i++) {
                final ForkedJvm owner = peers.joined();
                SyncPeers.ask(owner, "lock lock");
                final FutureTask<Long> waiter = new FutureTask<>(() -> {
                    lock.lock();
                    final long gotNs = System.nanoTime();
                    lock.unlock();
                    return gotNs;
                });
                final Thread thread = new Thread(waiter);
                thread.start();
                Await.until("the waiter starves", () -> (lock.core().state() & LockDescriptor.STARVING) != 0);
                Await.untilBlocked(thread);
                owner.kill();
                Await.until("it is dead", () -> lock.recoveries() > 0 || !owner.isAlive());
                final long deadNs = System.nanoTime();
                latenciesNs[i] = waiter.get(10, TimeUnit.SECONDS) - deadNs;
            }
            Arrays.sort(latenciesNs);
            assertTrue(
                    latenciesNs[DEATHS / 2] < 100_000_000L,
                    "half of the recoveries took longer than a long slice would: " + Arrays.toString(latenciesNs));
        }
    }

    /** The kernel needs some 20 ms for the memory of this owner. Half of the tries are lost at most, to a busy machine. */
    @Test
    void shouldPassTheLockOnBeforeTheKernelHasTakenItsOwnerApart() throws Exception {
        assumeTrue(
                DeathWatch.get() != null && DeathWatch.get().tellsOfThreads(),
                "this kernel tells of whole processes only");
        int before = 0;
        for (int i = 0; i < DEATHS; i++) {
            try (SharedMemoryFlavour flavour = new SharedMemoryFlavour();
                    SyncPeers peers = new SyncPeers(flavour)) {
                final SharedLock lock = flavour.shared().lock("lock");
                final ForkedJvm owner = peers.joined("-Xms400m", "-Xmx400m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC");
                SyncPeers.ask(owner, "lock lock");
                final FutureTask<Boolean> waiter = new FutureTask<>(() -> {
                    lock.lock();
                    final boolean isStillThere = owner.isAlive();
                    assertTrue(lock.isAbandoned());
                    lock.unlock();
                    return isStillThere;
                });
                final Thread thread = new Thread(waiter);
                thread.start();
                Await.untilBlocked(thread);
                owner.kill();
                before += waiter.get(10, TimeUnit.SECONDS) ? 1 : 0;
            }
        }
        assertTrue(
                before >= DEATHS / 2,
                "only " + before + " of " + DEATHS + " recoveries came before the end of the exit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Dcondatis.deathwatch=false", "-Dcondatis.futex=polling", "-Dcondatis.none=none"})
    void shouldRecoverWithinASecondWithOrWithoutIt(final String flag) {
        try (SharedMemoryFlavour flavour = new SharedMemoryFlavour();
                SyncPeers peers = new SyncPeers(flavour)) {
            final ForkedJvm owner = peers.joined();
            final ForkedJvm waiter = peers.joined(flag);
            SyncPeers.ask(owner, "lock lock");
            waiter.send("lock lock");
            Await.until(
                    "the other waits",
                    () -> flavour.shared().lock("lock").toString().contains("waiters"));
            owner.kill();
            waiter.awaitLine("lock lock ", Duration.ofSeconds(1));
        }
    }

    @Test
    void shouldEndTheWaitOfAPermitAtOnceWhenItsOwnerIsKilled() throws Exception {
        try (SharedMemoryFlavour flavour = new SharedMemoryFlavour();
                SyncPeers peers = new SyncPeers(flavour)) {
            final SharedBoundedSemaphore semaphore = flavour.shared().boundedSemaphore("bounded1", 1);
            final ForkedJvm owner = peers.joined();
            SyncPeers.ask(owner, "acquire bounded1");
            final FutureTask<Boolean> waiter = new FutureTask<>(() -> semaphore.tryAcquire(30, TimeUnit.SECONDS));
            final Thread thread = new Thread(waiter);
            thread.start();
            Await.untilBlocked(thread);
            owner.kill();
            assertTrue(waiter.get(1, TimeUnit.SECONDS));
            assertEquals(1, semaphore.recoveries());
        }
    }

    /** The JVM itself uses some, more while other tests have just run: what counts is the thread that waits. */
    @Test
    void shouldCostNextToNothingToWait() throws Exception {
        final var threads = ManagementFactory.getThreadMXBean();
        try (SharedObjects shared = SharedObjects.create(Names.unique())) {
            final SharedEvent event = shared.event("event");
            final FutureTask<Long> waiter = new FutureTask<>(() -> {
                event.await(100, TimeUnit.MILLISECONDS);
                final long beforeNs = threads.getCurrentThreadCpuTime();
                event.await(2, TimeUnit.SECONDS);
                return threads.getCurrentThreadCpuTime() - beforeNs;
            });
            new Thread(waiter).start();
            final long cpuNs = waiter.get(30, TimeUnit.SECONDS);
            assertTrue(cpuNs < 20_000_000, "two seconds of waiting used " + cpuNs + " ns of CPU");
        }
    }

    @Test
    void shouldKeepNoDescriptorsWhenRegionsAreClosed() throws Exception {
        rounds(2);
        final long before = descriptors();
        rounds(10);
        assertEquals(before, descriptors(), 2);
    }

    private static void rounds(final int rounds) throws InterruptedException {
        for (int i = 0; i < rounds; i++) {
            try (SharedObjects shared = SharedObjects.create(Names.unique());
                    SharedObjects other = SharedObjects.attach(shared.name())) {
                other.event("event").await(1, TimeUnit.MILLISECONDS);
            }
        }
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc/self/fd"))) {
            return entries.count();
        }
    }
}
