package io.condatis.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.internal.os.SharedDirectory;
import io.condatis.list.ShareableList;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of a plain block when its creator is killed. */
@ExtendWith(LeakCheck.class)
class TrackingTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final int CREATIONS = 2000;

    private final String name = Names.unique();

    @Test
    void shouldUnlinkBlocksAndListsOfKilledCreatorAtNextCreation() throws IOException {
        try (ForkedJvm creator = ForkedJvm.start(Creator.class, name)) {
            creator.awaitLine("ready", DEADLINE);
            createAndUnlink();
            assertTrue(Files.exists(path("-block")), "a block of the living was removed");
            creator.kill();
            creator.exitCode(DEADLINE);
        }
        createAndUnlink();
        assertFalse(Files.exists(path("-block")));
        assertFalse(Files.exists(path("-list")));
        try (SharedMemory kept = SharedMemory.attach(name + "-kept")) {
            kept.unlink();
        }
        assertEquals(List.of(), marks());
    }

    /** Makes what tracks and what does not, and waits to be killed. */
    static final class Creator {
        public static void main(final String[] args) throws IOException {
            SharedMemory.create(args[0] + "-block", 100);
            ShareableList.create(args[0] + "-list", List.of(1L, "two"));
            SharedMemory.create(args[0] + "-kept", 100).keep();
            System.out.println("ready");
            System.in.read();
        }
    }

    @Test
    void shouldLeaveNewerBlockOfSameNameAloneWhenOldCreatorIsKilled() throws IOException {
        try (ForkedJvm creator = ForkedJvm.start(Creator.class, name)) {
            creator.awaitLine("ready", DEADLINE);
            for (final String suffix : List.of("-list", "-kept", "-block")) {
                try (SharedMemory old = SharedMemory.attach(name + suffix)) {
                    old.unlink();
                }
            }
            try (SharedMemory newer = SharedMemory.create(name + "-block", 7)) {
                creator.kill();
                creator.exitCode(DEADLINE);
                createAndUnlink();
                try (SharedMemory again = SharedMemory.attach(name + "-block")) {
                    assertEquals(7, again.size());
                }
                newer.unlink();
            }
        }
        assertEquals(List.of(), marks());
    }

    @Test
    void shouldMarkBlockAsLongAsItGoesWithThisProcess() throws IOException {
        final SharedMemory unlinked = SharedMemory.create(name + "-1", 1);
        final SharedMemory kept = SharedMemory.create(name + "-2", 1);
        final SharedMemory taken = SharedMemory.create(name + "-3", 1);
        assertEquals(3, marks().stream().filter(HiddenName::isMark).count());
        assertEquals(1, marks().stream().filter(HiddenName::isOwner).count());
        final BlockCreator self = FileSurvey.creators(marks()).get(name + "-1");
        assertEquals(new BlockCreator(ProcessHandle.current().pid(), true), self);
        unlinked.unlink();
        kept.keep();
        Files.delete(path("-3"));
        taken.keep();
        assertEquals(List.of(), marks());
        SharedMemory.attach(name + "-2").unlink();
        unlinked.close();
        kept.close();
        taken.close();
    }

    @Test
    void shouldLeaveMarksThatItCannotReadAlone() throws IOException {
        final Path nonsense = HiddenName.mark(0x1234);
        final Path noLink = HiddenName.mark(0x1235);
        final Path reserved = HiddenName.mark(0x1236);
        Files.createSymbolicLink(nonsense, Path.of("/etc/passwd"));
        Files.write(noLink, new byte[] {1, 2, 3});
        Files.createSymbolicLink(reserved, new BlockMark(1, 2, 3, "(dev=0,ino=0)", "../../etc/passwd").target());
        try {
            createAndUnlink();
            assertTrue(Files.exists(nonsense, LinkOption.NOFOLLOW_LINKS));
            assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(noLink));
            assertFalse(Files.exists(reserved, LinkOption.NOFOLLOW_LINKS), "the mark of no block");
        } finally {
            Files.deleteIfExists(nonsense);
            Files.deleteIfExists(noLink);
            Files.deleteIfExists(reserved);
        }
    }

    @Test
    void shouldReadWhatItWroteWhateverTheName() throws IOException {
        final BlockMark mark = new BlockMark(-1, 12, 345, "(dev=1a,ino=77)", "a: b\n c ");
        final Path link = HiddenName.mark(0x1237);
        Files.createSymbolicLink(link, mark.target());
        try {
            assertEquals(mark, BlockMark.read(link));
        } finally {
            Files.delete(link);
        }
    }

    @Test
    void shouldKeepBlockWhoseMarkWasReadBeforeItWasKept() throws IOException {
        final SharedMemory kept = SharedMemory.create(name, 1).keep();
        final BlockMark read = new BlockMark(1, 2, 3, kept.identity(), name);
        assertThrows(IOException.class, () -> Sweeper.sweepOwned(HiddenName.mark(0x1238), read));
        kept.unlink();
        kept.close();
    }

    @Test
    void shouldNotWaitForProgramThatHasLockedBlockOfTheDead() throws IOException {
        try (ForkedJvm creator = ForkedJvm.start(Creator.class, name)) {
            creator.awaitLine("ready", DEADLINE);
            creator.kill();
            creator.exitCode(DEADLINE);
        }
        try (FileChannel file = FileChannel.open(path("-block"), StandardOpenOption.WRITE);
                var lock = file.lock()) {
            createAndUnlink();
            assertTrue(lock.isValid() && Files.exists(path("-block")));
            assertFalse(Files.exists(path("-list")));
        }
        createAndUnlink();
        assertFalse(Files.exists(path("-block")));
        SharedMemory.attach(name + "-kept").unlink();
        assertEquals(List.of(), marks());
    }

    @Test
    void shouldForgetBlocksThatOtherProgramsHaveUnlinkedWhenItCreatesMore() throws IOException {
        final List<SharedMemory> blocks = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            final SharedMemory block = SharedMemory.create(name, 1);
            Files.delete(path(""));
            blocks.add(block);
        }
        assertTrue(marks().size() <= 3, "marks " + marks());
        blocks.forEach(SharedMemory::close);
        assertEquals(List.of(), marks());
    }

    @Test
    void shouldCreateWhileAnotherProcessSweepsWithoutAPause() {
        try (ForkedJvm sweeper = ForkedJvm.start(Sweepers.class)) {
            sweeper.awaitLine("sweeping", DEADLINE);
            for (int i = 0; i < CREATIONS; i++) {
                try (SharedMemory memory = SharedMemory.create(name, 1)) {
                    memory.unlink();
                }
            }
            sweeper.kill();
        }
    }

    /** Sweeps in two threads until it is killed. */
    static final class Sweepers {
        public static void main(final String[] args) {
            final Runnable sweeps = () -> {
                while (true) {
                    Sweeper.sweep();
                }
            };
            new Thread(sweeps).start();
            System.out.println("sweeping");
            sweeps.run();
        }
    }

    @Test
    void shouldPublishNothingOnceTheJvmHasCleanedUp() {
        try (BlockBuilder builder = BlockBuilder.start(1)) {
            final Tracking tracking = Tracking.start(builder.named(name), builder.generation());
            tracking.expire();
            assertThrows(IllegalStateException.class, () -> tracking.publish(builder));
            tracking.end();
        }
        assertFalse(Files.exists(path("")));
    }

    private static void createAndUnlink() {
        try (SharedMemory memory = SharedMemory.create(1)) {
            memory.unlink();
        }
    }

    private Path path(final String suffix) {
        return SharedDirectory.path().resolve(name + suffix);
    }

    private static List<Path> marks() throws IOException {
        try (Stream<Path> files = Files.list(SharedDirectory.path())) {
            return files.filter(FileSurvey::isOwnership).collect(Collectors.toList());
        }
    }
}
