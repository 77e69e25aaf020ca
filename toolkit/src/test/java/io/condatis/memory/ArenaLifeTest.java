package io.condatis.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.internal.os.SharedDirectory;
import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who removes an arena, and when: after every kind of end the leak check finds nothing. */
@ExtendWith(LeakCheck.class)
class ArenaLifeTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final int SIGKILL_EXIT = 128 + 9;
    private static final long EMPTY = 4096;

    private final String name = Names.unique();

    private boolean exists() {
        return Files.exists(SharedDirectory.path().resolve(name));
    }

    private static Path livenessOf(final String name) {
        try (SharedMemory raw = SharedMemory.attach(name)) {
            return HiddenName.liveness(raw.buffer().getLong(ArenaDescriptor.GENERATION_OFFSET));
        }
    }

    private ForkedJvm startCreator() {
        final ForkedJvm creator = ForkedJvm.start(ArenaPrograms.Creator.class, name);
        creator.awaitLine("created", DEADLINE);
        return creator;
    }

    private static void kill(final ForkedJvm child) {
        child.kill();
        assertEquals(SIGKILL_EXIT, child.exitCode(DEADLINE), child.output());
    }

    @Test
    void shouldKeepArenaForOthersButNotItsNameWhenCreatorCloses() {
        final Arena creator = Arena.create(name, EMPTY);
        try (Arena attacher = Arena.attach(name)) {
            creator.close();

            attacher.obtain("late", ObjectType.lock(), 128, buffer -> {});
            assertEquals(1, attacher.entries().size());
            assertFalse(exists());
            assertThrows(NameMissingException.class, () -> Arena.attach(name));
        }
    }

    @Test
    void shouldLeaveNewerArenaAloneWhenMembersOfOldOneLeave() {
        final Arena oldCreator = Arena.create(name, EMPTY);
        final Arena oldAttacher = Arena.attach(name);
        oldCreator.close();
        try (Arena newer = Arena.create(name, 2 * EMPTY)) {
            oldAttacher.close();
            oldCreator.close();

            try (Arena attacher = Arena.attach(name)) {
                assertEquals(newer.capacity(), attacher.capacity());
            }
            assertTrue(exists());
        }
        assertFalse(exists());
    }

    @Test
    void shouldNotRemoveWhenAttacherLeavesAndCreatorLives() {
        try (Arena creator = Arena.create(name, EMPTY)) {
            Arena.attach(name).close();

            assertTrue(creator.isCreator());
            Arena.attach(name).close();
        }
    }

    @Test
    void shouldRemoveWhenLastAttacherLeavesAfterCreatorWasKilled() {
        try (ForkedJvm creator = startCreator();
                ForkedJvm attacher = ForkedJvm.start(ArenaPrograms.Attacher.class, name)) {
            attacher.awaitLine("attached 1", DEADLINE);
            try (Arena last = Arena.attach(name)) {
                kill(creator);
                attacher.send("leave");
                assertEquals(0, attacher.exitCode(DEADLINE), attacher.output());

                assertTrue(exists());
                assertEquals(1, last.entries().size());
            }
            assertFalse(exists());
        }
    }

    @Test
    void shouldSweepAtNextCreationWhenCreatorWasKilledAlone() {
        try (ForkedJvm creator = startCreator()) {
            final Path liveness = livenessOf(name);
            kill(creator);
            assertTrue(exists());

            try (SharedMemory other = SharedMemory.create(name + "-other", 1)) {
                assertFalse(exists());
                assertFalse(Files.exists(liveness));
                other.unlink();
            }
        }
    }

    @Test
    void shouldCreateOthersWhenFileOfTheDeadWasCut() throws IOException {
        final Path liveness;
        try (ForkedJvm creator = startCreator()) {
            liveness = livenessOf(name);
            kill(creator);
        }
        final Path file = SharedDirectory.path().resolve(name);
        try (FileChannel cut = FileChannel.open(file, StandardOpenOption.WRITE)) {
            cut.truncate(ArenaDescriptor.HEADER_LENGTH);
        }
        try (SharedMemory other = SharedMemory.create(name + "-other", 1)) {
            other.unlink();
        } finally {
            Files.delete(file);
            Files.deleteIfExists(liveness);
        }
    }

    @Test
    void shouldTreatArenaWithoutLivingProcessAsMissingWhenAttaching() {
        try (ForkedJvm creator = startCreator()) {
            kill(creator);

            assertThrows(NameMissingException.class, () -> Arena.attach(name));
            assertFalse(exists());
        }
    }

    @Test
    void shouldMakeFreshArenaUnderNameOfDeadOne() {
        try (ForkedJvm creator = startCreator()) {
            kill(creator);

            try (Arena fresh = Arena.createOrAttach(name, EMPTY)) {
                assertTrue(fresh.isCreator());
                assertEquals(List.of(), fresh.entries());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"arena.building", "arena.liveness", "arena.built", "arena.published"})
    void shouldLeaveNothingInTheWayWhenKilledDuringCreation(final String point) {
        try (ForkedJvm creator = ForkedJvm.of(ArenaPrograms.Creator.class)
                .args(name)
                .flags("-Dcondatis.crash=" + point)
                .start()) {
            assertEquals(SIGKILL_EXIT, creator.exitCode(DEADLINE), creator.output());

            try (Arena arena = Arena.create(name, EMPTY)) {
                assertEquals(List.of(), arena.entries());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"return, , 0", "exit, , 3", "throw, , 1", "wait, TERM, 143", "wait, INT, 130"})
    void shouldRemoveWhenCreatorEndsNormallyWithoutClosing(final String way, final String signal, final int exitCode) {
        try (ForkedJvm creator = ForkedJvm.start(ArenaPrograms.Leaver.class, name, way)) {
            creator.awaitLine("created", DEADLINE);
            if (signal != null) {
                creator.signal(signal);
            }
            assertEquals(exitCode, creator.exitCode(DEADLINE), creator.output());
            assertFalse(exists());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"arena.reserved", "arena.initialised"})
    void shouldGiveRoomToNextOneWhenAllocatorWasKilled(final String point) {
        try (Arena arena = Arena.create(name, EMPTY)) {
            final long free = arena.freeBytes();
            killChangerAt(point);

            assertEquals(free, arena.freeBytes());
            final Placement next = arena.obtain("next", ObjectType.array('q', 100), 800, buffer -> {});
            assertEquals(List.of("next"), names(arena));
            for (int i = 0; i < 800; i++) {
                assertEquals(0, next.buffer().getByte(i));
            }
        }
    }

    @Test
    void shouldHaveWholeObjectWhenAllocatorWasKilledRightAfter() {
        try (Arena arena = Arena.create(name, EMPTY)) {
            killChangerAt("arena.added");

            final Placement found = arena.find("changed", ObjectType.array('q', 100));
            assertEquals(0x0909090909090909L, found.buffer().getLong(792));
        }
    }

    @Test
    void shouldHaveRemovedObjectWhenRemoverWasKilledRightAfter() {
        try (Arena arena = Arena.create(name, EMPTY)) {
            final long free = arena.freeBytes();
            arena.obtain("changed", ObjectType.lock(), 128, buffer -> {});
            killChangerAt("arena.removed");

            assertEquals(free, arena.freeBytes());
            assertThrows(NameMissingException.class, () -> arena.find("changed", ObjectType.lock()));
        }
    }

    private void killChangerAt(final String point) {
        try (ForkedJvm changer = ForkedJvm.of(ArenaPrograms.Changer.class)
                .args(name)
                .flags("-Dcondatis.crash=" + point)
                .start()) {
            assertEquals(SIGKILL_EXIT, changer.exitCode(DEADLINE), changer.output());
        }
    }

    private static List<String> names(final Arena arena) {
        return arena.entries().stream().map(ObjectEntry::name).toList();
    }

    @Test
    void shouldNeverFailWhenProcessesCreateAttachAndLeaveAtOnce() {
        try (ForkedJvm first = ForkedJvm.start(ArenaPrograms.Visitor.class, name);
                ForkedJvm second = ForkedJvm.start(ArenaPrograms.Visitor.class, name);
                ForkedJvm third = ForkedJvm.start(ArenaPrograms.Visitor.class, name)) {
            for (final ForkedJvm visitor : List.of(first, second, third)) {
                assertEquals(0, visitor.exitCode(Duration.ofSeconds(40)), visitor.output());
            }
            Await.until("the arena is gone", () -> !exists());
        }
    }
}
