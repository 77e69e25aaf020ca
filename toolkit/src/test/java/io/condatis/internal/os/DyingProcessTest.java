package io.condatis.internal.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.Await;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(60)
@EnabledOnOs(OS.LINUX)
class DyingProcessTest {
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
        assertEquals('Z', ProcessStatus.of(Long.toString(pid)).state());
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
        final List<Long> own = DyingProcess.lastingThreads(ProcessIdentity.pid(), "VM Thread");
        assertEquals(ProcessIdentity.pid(), own.get(0));
        assertEquals(2, own.size(), own.toString());
        assertEquals(List.of(pid), DyingProcess.lastingThreads(pid, "VM Thread"));
        assertEquals(List.of(Long.MAX_VALUE), DyingProcess.lastingThreads(Long.MAX_VALUE, "VM Thread"));
    }

    private void signal(final String name) throws Exception {
        assertTrue(new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                        .start()
                        .waitFor()
                == 0);
    }
}
