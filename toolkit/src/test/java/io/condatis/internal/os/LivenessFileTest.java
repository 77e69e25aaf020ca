package io.condatis.internal.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.error.CondatisException;
import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Both forms; this JVM and its children may differ in which they use. */
@Timeout(30)
@ExtendWith(LeakCheck.class)
abstract class LivenessFileTest {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final String[] NATIVE = {};
    private static final String[] CHANNEL = {"-D" + LivenessFile.PROPERTY + "=channel"};

    @TempDir
    Path directory;

    private Path path;
    private LivenessFile file;

    /** The value of the property that chooses the form for this JVM. */
    abstract String form();

    @BeforeEach
    void createFile() {
        System.setProperty(LivenessFile.PROPERTY, form());
        path = directory.resolve("live");
        file = LivenessFile.create(path);
    }

    @AfterEach
    void closeFile() {
        file.close();
        System.clearProperty(LivenessFile.PROPERTY);
    }

    @Test
    void shouldUseTheFormThatIsAskedFor() {
        assertEquals(!form().equals("channel"), file.survivesOtherDescriptors());
        assertEquals("rw-------", permissions());
    }

    @Test
    void shouldHoldASlotUntilItIsReleased() {
        assertFalse(file.isHeld(7));
        assertTrue(file.claim(7));
        assertTrue(file.isHeld(7));
        assertFalse(file.claim(7));
        assertFalse(file.isHeld(6));
        file.release(7);
        file.release(7);
        assertFalse(file.isHeld(7));
        assertTrue(file.claim(7));
    }

    @Test
    void shouldCountAsAnotherHolderWhenOpenedTwiceInOneProcess() {
        try (LivenessFile other = LivenessFile.open(path)) {
            assertTrue(file.claim(7));
            assertTrue(other.isHeld(7));
            assertFalse(other.claim(7));
            assertTrue(other.claim(8));
            assertTrue(file.isHeld(8));
        }
        assertFalse(file.isHeld(8));
        assertTrue(file.isHeld(7));
    }

    @Test
    void shouldReleaseEverythingWhenClosed() {
        file.claim(7);
        file.close();
        try (LivenessFile other = LivenessFile.open(path)) {
            assertFalse(other.isHeld(7));
            assertTrue(file.isHeld(7), "a closed file declares nobody dead");
            assertThrows(IllegalStateException.class, () -> file.claim(7));
        }
    }

    @Test
    void shouldSeeProcessesOfEitherFormLiveAndDie() {
        for (final String[] flags : new String[][] {NATIVE, CHANNEL}) {
            try (ForkedJvm child = child(7, flags)) {
                assertTrue(file.isHeld(7), child.output());
                assertFalse(file.claim(7));
                child.kill();
                Await.until("the slot is free", () -> !file.isHeld(7));
                assertTrue(file.claim(7));
                file.release(7);
            }
        }
    }

    @Test
    void shouldBeSeenByProcessesOfEitherForm() {
        file.claim(7);
        for (final String[] flags : new String[][] {NATIVE, CHANNEL}) {
            try (ForkedJvm child = forked(7, flags)) {
                child.awaitLine("claimed=false", Await.DEADLINE);
            }
        }
    }

    @Test
    void shouldStayHeldWhenTheHolderClosesAnotherDescriptorOfTheFile() throws IOException {
        try (ForkedJvm child = child(7, NATIVE)) {
            child.send("read");
            child.awaitLine("read 0", Await.DEADLINE);
            assertTrue(file.isHeld(7));
        }
    }

    @Test
    void shouldBeFreeWhenTheHolderIsKilledAndItsChildLivesOn() {
        for (final String[] flags : new String[][] {NATIVE, CHANNEL}) {
            try (ForkedJvm holder = child(7, flags)) {
                holder.send("child");
                final String answer = holder.awaitLine("child ", Await.DEADLINE);
                final ProcessHandle child = ProcessHandle.of(Long.parseLong(answer.substring("child ".length())))
                        .orElseThrow();
                holder.kill();
                Await.until("the slot is free", () -> !file.isHeld(7));
                assertTrue(child.isAlive());
                child.destroyForcibly();
            }
        }
    }

    @Test
    void shouldStayHeldWhenTheHolderIsStopped() {
        try (ForkedJvm child = child(7, NATIVE)) {
            child.signal("STOP");
            assertTrue(file.isHeld(7));
        }
    }

    @Test
    void shouldLetOneAtATimeThroughTheGate() {
        try (LivenessFile other = LivenessFile.open(path)) {
            final LivenessGate gate = file.gate(SECOND_NS);
            assertThrows(CondatisException.class, () -> file.gate(1_000_000));
            final String message = assertThrows(CondatisException.class, () -> other.gate(1_000_000))
                    .getMessage();
            assertTrue(message.contains(path.toString()), message);
            gate.close();
            final LivenessGate next = other.gate(SECOND_NS);
            gate.close();
            assertThrows(CondatisException.class, () -> file.gate(1_000_000));
            next.close();
            file.gate(SECOND_NS).close();
        }
    }

    @Test
    void shouldOpenTheGateWhenItsHolderIsKilled() {
        for (final String[] flags : new String[][] {NATIVE, CHANNEL}) {
            try (ForkedJvm child = child(7, flags)) {
                child.send("gate");
                child.awaitLine("gate held", Await.DEADLINE);
                assertThrows(CondatisException.class, () -> file.gate(1_000_000));
                child.kill();
                file.gate(10 * SECOND_NS).close();
            }
        }
    }

    @Test
    void shouldRefuseWhatIsNotItsFile() throws IOException {
        assertThrows(CondatisException.class, () -> LivenessFile.create(path));
        assertThrows(CondatisException.class, () -> LivenessFile.open(directory.resolve("none")));
        final Path link = Files.createSymbolicLink(directory.resolve("link"), path);
        assertThrows(CondatisException.class, () -> LivenessFile.open(link));
        assertThrows(IllegalArgumentException.class, () -> file.isHeld(-1));
        assertThrows(IllegalArgumentException.class, () -> file.claim(LivenessFile.MAX_SLOTS));
    }

    @Test
    void shouldStayEmpty() throws IOException {
        file.claim(7);
        file.gate(SECOND_NS).close();
        assertEquals(0, Files.size(path));
    }

    private ForkedJvm child(final int slot, final String[] flags) {
        final ForkedJvm child = forked(slot, flags);
        child.awaitLine("claimed=true", Await.DEADLINE);
        return child;
    }

    private ForkedJvm forked(final int slot, final String[] flags) {
        // Children inherit the property; the last definition counts.
        return ForkedJvm.of(LivenessPeer.class)
                .flags("-D" + LivenessFile.PROPERTY + "=")
                .flags(flags)
                .args(path.toString(), Integer.toString(slot))
                .start();
    }

    private String permissions() {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }
}
