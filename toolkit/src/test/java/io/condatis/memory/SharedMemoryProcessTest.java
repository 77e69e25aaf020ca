package io.condatis.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.condatis.internal.os.SharedDirectory;
import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.LongForm;
import io.condatis.testing.Names;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agrona.concurrent.AtomicBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class SharedMemoryProcessTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final int ROUNDS = LongForm.of(200, 2000);
    private static final int SIZE = 64 * 1024;
    private static final byte FILLED = 0x5A;

    /** Attaches to our block, makes its own, waits until we have seen it. Its tracker is kept away from ours. */
    private static final String PYTHON =
            """
            import sys, time
            from multiprocessing import resource_tracker, shared_memory
            register, resource_tracker.register = resource_tracker.register, lambda name, kind: None
            ours = shared_memory.SharedMemory(name=sys.argv[1])
            resource_tracker.register = register
            print(ours.size, int.from_bytes(bytes(ours.buf[8:16]), sys.byteorder))
            ours.buf[0] = 99
            theirs = shared_memory.SharedMemory(name=sys.argv[2], create=True, size=11)
            theirs.buf[0:9] = b'from pyth'
            theirs.buf[9] = ord('n')
            deadline = time.time() + 20
            while theirs.buf[10] == 0 and time.time() < deadline: time.sleep(0.001)
            ok = bytes(theirs.buf[0:1]) == b'!'
            theirs.unlink()
            sys.exit(0 if ok else 1)
            """;

    private final String name = Names.unique();

    @Test
    @Timeout(180)
    void shouldSeeNothingOrWholeBlockWhenAttachingDuringCreation() {
        try (ForkedJvm attacher = ForkedJvm.start(Attacher.class, name)) {
            attacher.awaitLine("ready", DEADLINE);
            for (int round = 0; round < ROUNDS; round++) {
                try (SharedMemory memory = SharedMemory.create(name + "-" + round, SIZE + round)) {
                    attacher.awaitLine("saw " + round + ".", DEADLINE);
                    memory.unlink();
                }
            }
            assertEquals(0, attacher.exitCode(DEADLINE), attacher.output());
        }
    }

    /** Attaches to each block the moment it is there; its size and content must be whole. */
    static final class Attacher {
        public static void main(final String[] args) {
            System.out.println("ready");
            for (int round = 0; round < ROUNDS; round++) {
                try (SharedMemory memory = await(args[0] + "-" + round)) {
                    if (memory.size() != SIZE + round || memory.buffer().getByte(memory.size() - 1) != 0) {
                        throw new AssertionError("round " + round + ": " + memory);
                    }
                }
                System.out.println("saw " + round + ".");
            }
        }

        private static SharedMemory await(final String name) {
            while (true) {
                try {
                    return SharedMemory.attach(name);
                } catch (final NameMissingException e) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    @Test
    void shouldThrowInOtherThreadAndEndNormallyWhenClosedUnderIt() throws IOException {
        final Path errorFile = Path.of("hs_err_" + name + ".log");
        try (ForkedJvm child = ForkedJvm.of(CloseUnderUse.class)
                .args(name)
                .flags("-XX:ErrorFile=" + errorFile)
                .start()) {
            assertEquals(0, child.exitCode(DEADLINE), child.output());
            assertEquals(List.of("IllegalStateException"), child.lines());
        }
        assertFalse(Files.deleteIfExists(errorFile));
    }

    /** One thread hammers the buffer, the other closes it and lets the garbage collector look for mappings. */
    static final class CloseUnderUse {
        public static void main(final String[] args) throws InterruptedException {
            final SharedMemory memory = SharedMemory.create(args[0], SIZE);
            final AtomicBuffer buffer = memory.buffer();
            final Thread user = new Thread(() -> hammer(buffer));
            user.start();
            while (buffer.getLongVolatile(0) < 1_000_000) {
                Thread.onSpinWait();
            }
            memory.unlink();
            memory.close();
            System.gc();
            user.join();
        }

        private static void hammer(final AtomicBuffer buffer) {
            try {
                while (true) {
                    buffer.getAndAddLong(0, 1);
                }
            } catch (final IllegalStateException e) {
                System.out.println(e.getClass().getSimpleName());
            }
        }
    }

    @Test
    void shouldRemoveHalfBuiltBlockAtNextCreationWhenBuilderWasKilled() throws IOException {
        final Set<Path> left = new HashSet<>();
        final Set<Path> before = halfBuilt();
        try (ForkedJvm builder = ForkedJvm.of(ArenaPrograms.Creator.class)
                .args(name)
                .flags("-Dcondatis.crash=arena.building")
                .start()) {
            builder.exitCode(DEADLINE);
            left.addAll(halfBuilt());
            left.removeAll(before);
        }
        assertFalse(left.isEmpty());
        try (SharedMemory memory = SharedMemory.create(name, 1)) {
            Await.until("the half-built block is gone", () -> left.stream().noneMatch(Files::exists));
            memory.unlink();
        }
    }

    private static Set<Path> halfBuilt() throws IOException {
        try (Stream<Path> files = Files.list(SharedDirectory.path())) {
            return files.filter(HiddenName::isBuilding).collect(Collectors.toSet());
        }
    }

    @Test
    void shouldUnlinkOwnBlockWhenJvmExitsWithoutIt() {
        try (ForkedJvm child = ForkedJvm.start(Forgetful.class, name)) {
            assertEquals(0, child.exitCode(DEADLINE), child.output());
        }
        assertFalse(Files.exists(SharedDirectory.path().resolve(name)));
    }

    /** Creates a block, closes it and ends. */
    static final class Forgetful {
        public static void main(final String[] args) {
            SharedMemory.create(args[0], 1).close();
        }
    }

    @Test
    void shouldThrowAndLeaveNothingWhenSharedDirectoryIsFull() throws Exception {
        assumeTrue(SharedDirectory.userId() == 0, "only root can mount a small tmpfs");
        final Path mount = Files.createTempDirectory("condatis-full");
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=1m", "none", mount.toString()) == 0, "mount is not allowed");
        try (ForkedJvm child = ForkedJvm.of(FullDirectory.class)
                .flags("-Dcondatis.dir=" + mount, "-XX:ErrorFile=" + mount.resolve("hs_err"))
                .start()) {
            assertEquals(0, child.exitCode(DEADLINE), child.output());
            assertEquals(
                    List.of("create: need=1048577", "objects: need", "sparse: need=1048576", "fits"), child.lines());
            assertEquals(List.of(), child.errorLines());
        } finally {
            assertEquals(0, run("umount", mount.toString()));
            Files.delete(mount);
        }
    }

    private static int run(final String... command) throws Exception {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }

    /** Everything that needs memory, in a file system of 1 MiB. */
    static final class FullDirectory {
        public static void main(final String[] args) throws IOException {
            report("create", "need=1048577", () -> SharedMemory.create("a", (1 << 20) + 1));
            report("objects", "need", () -> Arena.create("b", 1 << 20));
            makeSparse(SharedDirectory.path().resolve("c"));
            makeFull(SharedDirectory.path().resolve("d"));
            report("sparse", "need=1048576", () -> SharedMemory.attach("c"));
            Files.delete(SharedDirectory.path().resolve("c"));
            Files.delete(SharedDirectory.path().resolve("d"));
            requireEmpty();
            try (SharedMemory memory = SharedMemory.create("e", 1 << 20)) {
                memory.buffer().setMemory(0, 1 << 20, FILLED);
                memory.unlink();
                System.out.println("fits");
            }
        }

        private static void report(final String what, final String part, final Runnable action) {
            try {
                action.run();
                System.out.println(what + ": no exception");
            } catch (final OutOfSharedMemoryException e) {
                for (final String expected : new String[] {
                    part, "free=", "--shm-size", SharedDirectory.path().toString()
                }) {
                    if (!e.getMessage().contains(expected)) {
                        throw new AssertionError(e);
                    }
                }
                System.out.println(what + ": " + part);
            }
        }

        private static void makeSparse(final Path file) throws IOException {
            try (FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.allocate(1), (1 << 20) - 1);
            }
        }

        private static void makeFull(final Path file) throws IOException {
            Files.write(file, new byte[900 * 1024]);
        }

        private static void requireEmpty() throws IOException {
            try (Stream<Path> files = Files.list(SharedDirectory.path())) {
                if (files.findAny().isPresent()) {
                    throw new AssertionError("something was left");
                }
            }
        }
    }

    @Test
    void shouldShareBytesWithCpythonInBothDirections() throws Exception {
        assumeTrue(run("sh", "-c", "python3 -c 'from multiprocessing import shared_memory'") == 0, "no python3");
        try (SharedMemory ours = SharedMemory.create(name, 100)) {
            ours.buffer().putLong(8, 0x0102030405060708L);
            final Process python = new ProcessBuilder("python3", "-c", PYTHON, name, name + "-py")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                Await.until(
                        "python has made its block",
                        () -> Files.exists(SharedDirectory.path().resolve(name + "-py")));
                try (SharedMemory theirs = SharedMemory.attach(name + "-py")) {
                    Await.until(
                            "python has filled its block", () -> theirs.buffer().getByte(9) == 'n');
                    final byte[] text = new byte[10];
                    theirs.buffer().getBytes(0, text);
                    assertArrayEquals("from pythn".getBytes(StandardCharsets.UTF_8), text);
                    theirs.buffer().putByteVolatile(0, (byte) '!');
                    theirs.buffer().putByteVolatile(10, (byte) 1);
                }
                final String printed = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertEquals("100 72623859790382856", printed.trim());
                assertEquals(0, python.waitFor());
            } finally {
                python.destroyForcibly().waitFor();
            }
            assertEquals(99, ours.buffer().getByte(0));
            assertTrue(Files.exists(SharedDirectory.path().resolve(name)), "python's tracker has removed our block");
            ours.unlink();
        }
    }
}
