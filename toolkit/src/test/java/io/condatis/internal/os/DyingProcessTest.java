package io.condatis.internal.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.condatis.testing.Await;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@EnabledOnOs(OS.LINUX)
class DyingProcessTest {
    private static final long LOOKS_NS = TimeUnit.SECONDS.toNanos(Boolean.getBoolean("condatis.long") ? 30 : 1);

    private static final int EXITING = 4;
    private static final long TICKS = 77;

    /** A process that nobody waits for once it has ended, as its parent is this shell, which only reads. */
    private Process shell;

    private long pid;
    private long startTicks;

    @BeforeEach
    void start() throws IOException {
        shell = new ProcessBuilder("sh", "-c", "sleep 600 & echo $!; read line; exit 0").start();
        pid = Long.parseLong(shell.inputReader().readLine());
        startTicks = ProcessStatus.of(Long.toString(pid)).startTicks();
    }

    @AfterEach
    void end() {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        shell.destroyForcibly();
    }

    @Test
    void shouldFindLivingProcessAlive() {
        assertFalse(DyingProcess.isDead(pid, startTicks));
        assertFalse(DyingProcess.isDead(ProcessIdentity.pid(), ProcessIdentity.startTicks()));
    }

    @Test
    void shouldFindStoppedProcessAlive() throws Exception {
        signal("STOP");
        Await.until("it is stopped", () -> ProcessStatus.of(Long.toString(pid)).state() == 'T');
        assertFalse(DyingProcess.isDead(pid, startTicks));
    }

    @Test
    void shouldFindKilledProcessDeadThoughItsParentDoesNotWaitForIt() throws Exception {
        signal("KILL");
        Await.until("it is dead", () -> DyingProcess.isDead(pid, startTicks));
        Await.until("it is a zombie", () -> ProcessStatus.of(Long.toString(pid)).state() == 'Z');
        assertTrue(DyingProcess.isDead(pid, startTicks));
    }

    /** As under a launcher of one's own that ends its first thread. */
    @Test
    void shouldFindProcessAliveWhoseFirstThreadHasEnded() throws Exception {
        final int exit = System.getProperty("os.arch").equals("aarch64") ? 93 : 60;
        final Process process = new ProcessBuilder(
                        "python3",
                        "-c",
                        """
                import ctypes, threading, time
                threading.Thread(target=time.sleep, args=(600,)).start()
                ctypes.CDLL(None).syscall(%d, 0)
                """
                                .formatted(exit))
                .start();
        try {
            final String id = Long.toString(process.pid());
            Await.until("its first thread has ended", () -> ProcessStatus.of(id).state() == 'Z');
            assertFalse(DyingProcess.isDead(process.pid(), ProcessStatus.of(id).startTicks()));
        } finally {
            process.destroyForcibly();
        }
    }

    /**
     * Its threads come and go while the list of them is read, which then may lack the one that lives. Where no more can be
     * made, for want of numbers or memory, the last one tries again: it must not end.
     */
    @Test
    void shouldFindProcessAliveWhoseThreadsRelieveEachOther(@TempDir final Path directory) throws Exception {
        final Path source = Files.writeString(
                directory.resolve("relay.c"),
                """
                #include <pthread.h>
                #include <unistd.h>
                #include <sys/syscall.h>
                static pthread_attr_t detached;
                static void *next(void *nothing) {
                    pthread_t thread;
                    while (pthread_create(&thread, &detached, next, 0)) { }
                    return 0;
                }
                int main(void) {
                    pthread_attr_init(&detached);
                    pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
                    next(0);
                    syscall(SYS_exit, 0);
                }
                """);
        final Path relay = directory.resolve("relay");
        assumeTrue(isCompiled(source, relay), "there is no C compiler here");
        final Process process = new ProcessBuilder(relay.toString()).start();
        try {
            final String id = Long.toString(process.pid());
            Await.until("its first thread has ended", () -> ProcessStatus.of(id).state() == 'Z');
            final long ticks = ProcessStatus.of(id).startTicks();
            final long startNs = System.nanoTime();
            while (System.nanoTime() - startNs < LOOKS_NS) {
                assertFalse(DyingProcess.isDead(process.pid(), ticks));
            }
            assertTrue(process.isAlive());
        } finally {
            process.destroyForcibly();
        }
    }

    /** The kernel leaves threads out of a list when others go while it is read. */
    @Test
    void shouldNotBelieveAListThatIsShorterThanTheCount(@TempDir final Path directory) throws IOException {
        write(directory, 'Z', EXITING, 2);
        write(directory.resolve("task/1"), 'Z', EXITING, 2);
        assertFalse(DyingProcess.isDead(directory.toString(), TICKS), "one of two was left out");
        write(directory.resolve("task/2"), 'R', EXITING, 2);
        assertTrue(DyingProcess.isDead(directory.toString(), TICKS));
        write(directory.resolve("task/2"), 'R', 0, 2);
        assertFalse(DyingProcess.isDead(directory.toString(), TICKS), "the second lives");
    }

    @Test
    void shouldTakeNoListForNoProof(@TempDir final Path directory) throws IOException {
        write(directory, 'Z', EXITING, 0);
        assertFalse(DyingProcess.isDead(directory.toString(), TICKS), "it is hidden");
        Files.createDirectory(directory.resolve("task"));
        assertFalse(DyingProcess.isDead(directory.toString(), TICKS), "it is gone");
    }

    /** Else the number may have been given again meanwhile, to one that began in the same tick and ends too. */
    @Test
    void shouldWaitUntilThreadsAreOldEnoughToBeKnownAgain(@TempDir final Path directory) throws IOException {
        write(directory, 'Z', EXITING, 2);
        write(directory.resolve("task/1"), 'Z', EXITING, 2);
        final Path second = Files.createDirectories(directory.resolve("task/2")).resolve("stat");
        final long ticks = BootClock.ticks();
        Files.writeString(second, status('R', EXITING, 2, ticks + 1000));
        assertFalse(DyingProcess.isDead(directory.toString(), TICKS));
        Files.writeString(second, status('R', EXITING, 2, ticks));
        Await.until("it is old enough", () -> DyingProcess.isDead(directory.toString(), TICKS));
        assertTrue(BootClock.ticks() > ticks);
    }

    @Test
    void shouldTellTheTimeByWhichThreadsBegin() throws Exception {
        final long beforeTicks = BootClock.ticks();
        final Process process = new ProcessBuilder("sleep", "600").start();
        try {
            final long began = ProcessStatus.of(Long.toString(process.pid())).startTicks();
            final long afterTicks = BootClock.ticks();
            assertTrue(beforeTicks > 0 && beforeTicks <= began && began <= afterTicks, beforeTicks + " " + began);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void shouldLookAgainAtThoseWhoWereCounted(@TempDir final Path directory) throws Exception {
        write(directory, 'Z', EXITING, 2);
        write(directory.resolve("task/1"), 'Z', EXITING, 2);
        assertTrue(isDeadIfSecondIsLater(directory, EXITING, TICKS));
        assertFalse(isDeadIfSecondIsLater(directory, 0, TICKS), "it executed something as the first thread");
        assertFalse(isDeadIfSecondIsLater(directory, EXITING, TICKS + 1), "its number was given again");
    }

    /** Whether a process is proven dead if the second thread, first found exiting, is what is given at the next look. */
    private static boolean isDeadIfSecondIsLater(final Path directory, final int flags, final long ticks)
            throws Exception {
        final Path later = Files.writeString(directory.resolve("later"), status('R', flags, 2, ticks));
        final Path now = Files.createDirectories(directory.resolve("task/2")).resolve("stat");
        Files.deleteIfExists(now);
        assertEquals(0, new ProcessBuilder("mkfifo", now.toString()).start().waitFor());
        final FutureTask<Path> kernel = new FutureTask<>(() -> {
            try (OutputStream out = Files.newOutputStream(now)) { // once the first look has begun
                Files.move(later, now, StandardCopyOption.REPLACE_EXISTING);
                out.write(status('R', EXITING, 2, TICKS).getBytes(StandardCharsets.US_ASCII));
            }
            return now;
        });
        new Thread(kernel).start();
        final boolean isDead = DyingProcess.isDead(directory.toString(), TICKS);
        kernel.get();
        return isDead;
    }

    private static void write(final Path directory, final char state, final int flags, final int threads)
            throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("stat"), status(state, flags, threads, TICKS));
    }

    /** A status as the kernel writes it, with what does not matter all zero. */
    private static String status(final char state, final int flags, final int threads, final long ticks) {
        return "1 (a b) c) " + state + " 0 0 0 0 0 " + flags + " 0 0 0 0 0 0 0 0 0 0 " + threads + " 0 " + ticks
                + " 0 0\n";
    }

    @Test
    void shouldTakeWhatItCannotReadForNoProof(@TempDir final Path directory) throws IOException {
        Files.createDirectory(directory.resolve("stat"));
        final ProcessStatus unreadable =
                ProcessStatus.read(directory.resolve("stat").toString());
        assertFalse(unreadable.isKnown());
        assertFalse(unreadable.isLeaving());
        assertTrue(unreadable.canRun());
        assertTrue(ProcessStatus.read(directory.resolve("gone").toString()).isLeaving());
    }

    private static boolean isCompiled(final Path source, final Path program) throws InterruptedException {
        try {
            return new ProcessBuilder("cc", "-O2", "-pthread", "-o", program.toString(), source.toString())
                            .start()
                            .waitFor()
                    == 0;
        } catch (final IOException e) {
            return false;
        }
    }

    @Test
    void shouldNotTakeAnotherProcessOfThatPidForIt() throws Exception {
        signal("KILL");
        Await.until("it is dead", () -> DyingProcess.isDead(pid, startTicks));
        assertFalse(DyingProcess.isDead(pid, startTicks + 1));
    }

    @Test
    void shouldLeaveProcessThatIsGoneToOthers() {
        final long gone = Long.MAX_VALUE;
        assertFalse(DyingProcess.isDead(gone, startTicks));
        assertFalse(DyingProcess.isDead(gone, ProcessIdentity.UNKNOWN));
    }

    @Test
    void shouldKnowThreadsThatLast() {
        final List<Long> own = DyingProcess.lastingThreads(ProcessIdentity.pid(), Set.of("VM Thread"));
        assertEquals(ProcessIdentity.pid(), own.get(0));
        assertEquals(2, own.size(), own.toString());
        assertEquals(List.of(pid), DyingProcess.lastingThreads(pid, Set.of("VM Thread")));
        assertEquals(List.of(Long.MAX_VALUE), DyingProcess.lastingThreads(Long.MAX_VALUE, Set.of("VM Thread")));
    }

    private void signal(final String name) throws Exception {
        assertTrue(new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                        .start()
                        .waitFor()
                == 0);
    }
}
