package io.condatis.sync;

import static io.condatis.sync.LockPeers.POLLING;
import static io.condatis.sync.LockPeers.ask;
import static io.condatis.sync.LockPeers.awaitKilled;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.condatis.internal.os.Futex;
import io.condatis.internal.os.LivenessFile;
import io.condatis.internal.os.ProcessIdentity;
import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.SyncPeers;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Processes that are not what they seem: in other namespaces, under the number of another one, two in one JVM, stopped.
 * {@code docs/models/faults.md} lists all faults and where they are tested.
 */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
@ExtendWith(LeakCheck.class)
class FaultsTest {
    private static final int CLOSE_ON_EXEC = 02000000;

    @TempDir
    Path directory;

    @TempDir
    Path homes;

    private LockPeers peers;
    private SharedLock lock;

    @BeforeEach
    void createRegion() {
        peers = new LockPeers(directory);
        lock = peers.lock();
    }

    @AfterEach
    void killChildren() {
        peers.close();
    }

    /** Its pid means another process here; in a time namespace its start looks like another process's. */
    @ParameterizedTest
    @ValueSource(strings = {"-p", "-p --mount-proc", "-T --boottime 1000"})
    void shouldTellWhetherAnOwnerInANamespaceOfItsOwnLives(final String namespaces) throws Exception {
        final String command = "unshare " + namespaces + " -f --kill-child";
        assumeTrue(isPermitted(command), "namespaces are not permitted here: " + command);
        final Path home = Wrapper.of(homes.resolve("namespace"), command);
        try (ForkedJvm owner = ForkedJvm.of(LockPeer.class)
                .javaHome(home)
                .args(directory.toString())
                .start()) {
            owner.awaitLine("joined", Await.DEADLINE);
            ask(owner, "lock", "locked");
            assertFalse(lock.tryLock(300, TimeUnit.MILLISECONDS), "it lives");
            ask(owner, "unlock", "unlocked");
            lock.lock();
            owner.send("lock");
            peers.awaitWaiters();
            lock.unlock();
            Await.until(
                    "it has it again",
                    Duration.ofSeconds(1),
                    () -> owner.lines().stream()
                                    .filter(line -> line.startsWith("locked abandoned=false"))
                                    .count()
                            == 2);
            owner.kill();
            assertTrue(lock.tryLock(5, TimeUnit.SECONDS), "it is dead");
            assertTrue(lock.isAbandoned());
            lock.unlock();
        }
    }

    /** Pid and start time of the dead owner are those of a living process: only the kernel's lock tells. */
    @Test
    void shouldRecoverWhenThePidOfADeadOwnerIsInUseAgain() throws Exception {
        assumeTrue(Futex.get().canWake(), "the plain Java form asks for the pid as well");
        final ForkedJvm owner = peers.owner();
        final int slot = peers.region().participants().members().stream()
                .filter(member -> member.pid() == owner.pid())
                .findFirst()
                .orElseThrow()
                .slot();
        owner.kill();
        awaitKilled(owner);
        final int offset = ParticipantsDescriptor.slotOffset(slot);
        peers.region().memory().putLong(offset + ParticipantsDescriptor.PID_OFFSET, ProcessIdentity.pid());
        peers.region()
                .memory()
                .putLong(offset + ParticipantsDescriptor.START_TICKS_OFFSET, ProcessIdentity.startTicks());
        assertTrue(lock.tryLock(1, TimeUnit.SECONDS));
        assertTrue(lock.isAbandoned());
        lock.unlock();
    }

    /** Each copy of the library has statics of its own, and the kernel may take both for one holder of a file's locks. */
    @ParameterizedTest
    @ValueSource(strings = {"", "channel"})
    void shouldCountAsAProcessOfItsOwnWhenLoadedTwiceInOneJvm(final String form) throws Exception {
        System.setProperty(LivenessFile.PROPERTY, form);
        final Path other = Files.createDirectory(directory.resolve("twice"));
        try (LockRegion first = LockRegion.create(other);
                URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            final Object second = invoke(
                    loader.loadClass(LockRegion.class.getName()).getDeclaredMethod("attach", Path.class), null, other);
            final Object secondLock = invoke(second.getClass().getDeclaredMethod("lock"), second);
            first.lock().lock();
            assertFalse((boolean) invoke(secondLock.getClass().getMethod("tryLock"), secondLock));
            first.lock().unlock();
            invoke(secondLock.getClass().getMethod("lock"), secondLock);
            assertFalse(first.lock().tryLock());
            invoke(secondLock.getClass().getMethod("unlock"), secondLock);
            first.lock().lock();
            invoke(second.getClass().getDeclaredMethod("close"), second);
            try (ForkedJvm child =
                    ForkedJvm.of(LockPeer.class).args(other.toString(), "lock").start()) {
                child.awaitLine("joined", Await.DEADLINE);
                Await.until("it waits", () -> first.lock().toString().contains("waiters"));
                assertTrue(first.lock().isHeldByCurrentThread(), "the other copy has left, not this one");
                first.lock().unlock();
                child.awaitLine("locked abandoned=false", Await.DEADLINE);
            }
        } finally {
            System.clearProperty(LivenessFile.PROPERTY);
        }
    }

    /** What holds a lock in the kernel, or is only ours, is closed in every program that this one runs. */
    @Test
    void shouldLeaveNoDescriptorToProgramsThatItRuns() throws IOException {
        assumeTrue(Futex.get().canWake(), "the JDK closes its own");
        peers.region().participants().peerWatch().coversAll();
        final ForkedJvm peer = peers.joined();
        peers.region().participants().peerWatch().coversAll();
        int ours = 0;
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (final Path descriptor : descriptors.toList()) {
                final String target = targetOf(descriptor);
                if (target.equals(peers.region().liveness().toString())
                        || target.contains("pidfd")
                        || target.contains("eventfd")) {
                    final String flags =
                            Files.readAllLines(Path.of("/proc/self/fdinfo", "" + descriptor.getFileName())).stream()
                                    .filter(line -> line.startsWith("flags:"))
                                    .findFirst()
                                    .orElseThrow();
                    final int bits =
                            Integer.parseInt(flags.substring("flags:".length()).trim(), 8);
                    assertTrue((bits & CLOSE_ON_EXEC) != 0, target + " " + flags);
                    ours++;
                }
            }
        }
        assertTrue(ours >= 2, "the liveness file and what watches deaths: " + ours);
        assertTrue(peer.isAlive());
    }

    /** The wake goes to one that cannot run: the others find out by themselves. */
    @Test
    void shouldGoToAnotherWaiterWhenTheOneThatIsWokenIsStopped() {
        lock.lock();
        final ForkedJvm stopped = peers.waiter();
        stopped.signal("STOP");
        final ForkedJvm waiter = peers.joined();
        waiter.send("lock");
        Await.until("the other waits, too", () -> (lock.core().state() & LockDescriptor.STARVING) != 0);
        lock.unlock();
        waiter.awaitLine("locked abandoned=false", Duration.ofSeconds(2));
        ask(waiter, "unlock", "unlocked");
        stopped.signal("CONT");
        stopped.awaitLine("locked abandoned=false", Await.DEADLINE);
    }

    @Test
    void shouldNotRobAStoppedOwnerOfAnyKind() throws Exception {
        try (MemoryPeers memory = new MemoryPeers()) {
            final SharedReentrantLock reentrant = memory.shared().reentrantLock("reentrant");
            final SharedSemaphore semaphore = memory.shared().semaphore("semaphore", 1, 64);
            final SharedBoundedSemaphore bounded = memory.shared().boundedSemaphore("bounded1", 1);
            final ForkedJvm owner = memory.joined();
            for (final String command : List.of("lock reentrant", "acquire semaphore", "acquire bounded1")) {
                SyncPeers.ask(owner, command);
            }
            owner.signal("STOP");
            assertFalse(reentrant.tryLock(700, TimeUnit.MILLISECONDS));
            assertFalse(semaphore.tryAcquire(700, TimeUnit.MILLISECONDS));
            assertFalse(bounded.tryAcquire(700, TimeUnit.MILLISECONDS));
            owner.signal("CONT");
            for (final String command : List.of("unlock reentrant", "release semaphore", "release bounded1")) {
                SyncPeers.ask(owner, command);
            }
            assertTrue(reentrant.tryLock());
            assertFalse(reentrant.isAbandoned());
            reentrant.unlock();
            assertTrue(semaphore.tryAcquire());
            assertTrue(bounded.tryAcquire());
            assertEquals(0, semaphore.recoveries() + bounded.recoveries() + reentrant.recoveries());
        }
    }

    /** The whole of a JVM stands still for two seconds, as in a long safepoint: holder and waiter alike. */
    @ParameterizedTest
    @ValueSource(strings = {"native", "polling"})
    void shouldNotTakeAStallForADeath(final String form) throws Exception {
        final ForkedJvm holder = form.equals("polling") ? peers.owner(POLLING) : peers.owner();
        final ForkedJvm waiter = peers.waiter();
        holder.signal("STOP");
        waiter.signal("STOP");
        assertFalse(lock.tryLock(2, TimeUnit.SECONDS));
        waiter.signal("CONT");
        holder.signal("CONT");
        ask(holder, "unlock", "unlocked");
        waiter.awaitLine("locked abandoned=false", Await.DEADLINE);
        assertEquals(0, lock.recoveries());
    }

    private static boolean isPermitted(final String command) throws Exception {
        final Process process = new ProcessBuilder("sh", "-c", command + " true")
                .redirectErrorStream(true)
                .start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private static String targetOf(final Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (final IOException e) {
            return ""; // the one that listed them
        }
    }

    private static URL[] classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(FaultsTest::url)
                .toArray(URL[]::new);
    }

    private static URL url(final String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (final MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    private static Object invoke(final Method method, final Object target, final Object... args) throws Exception {
        method.setAccessible(true);
        return method.invoke(target, args);
    }
}
