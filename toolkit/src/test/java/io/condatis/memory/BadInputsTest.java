package io.condatis.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.condatis.SharedObjects;
import io.condatis.internal.os.SharedDirectory;
import io.condatis.list.ShareableList;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import io.condatis.value.LongArray;
import io.condatis.value.LongValue;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.agrona.concurrent.AtomicBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What must never end a JVM by a signal: each in a child that is to end normally and to say what was wrong. */
@Timeout(120)
@ExtendWith(LeakCheck.class)
class BadInputsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int LENGTH = 8192;

    private final String name = Names.unique();

    private void assertSurvived(final Class<?> program, final String... expected) throws IOException {
        assertSurvived(SharedDirectory.path(), program, expected);
    }

    private void assertSurvived(final Path directory, final Class<?> program, final String... expected)
            throws IOException {
        final Path errorFile = Path.of("hs_err_" + name + ".log");
        try (ForkedJvm child = ForkedJvm.of(program)
                .args(name)
                .flags("-XX:ErrorFile=" + errorFile, "-Dcondatis.dir=" + directory)
                .start()) {
            assertEquals(0, child.exitCode(DEADLINE), child.output());
            assertEquals(expected.length, child.lines().size(), child.output());
            for (int i = 0; i < expected.length; i++) {
                assertTrue(child.lines().get(i).contains(expected[i]), child.output());
            }
        } finally {
            assertFalse(Files.deleteIfExists(errorFile), "the JVM has crashed");
        }
    }

    private static void report(final Runnable action) {
        try {
            action.run();
            System.out.println("no exception");
        } catch (final RuntimeException e) {
            System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private static Path path(final String name) {
        return SharedDirectory.path().resolve(name);
    }

    private static int run(final String... command) throws Exception {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }

    @Test
    void shouldSurviveWhenOneGigabyteIsAskedOfASmallDirectory() throws Exception {
        assumeTrue(SharedDirectory.userId() == 0, "only root can mount a small tmpfs");
        final Path mount = Files.createTempDirectory("condatis-small");
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=64m", "none", mount.toString()) == 0, "mount not allowed");
        try {
            assertSurvived(
                    mount,
                    Gigabyte.class,
                    "OutOfSharedMemoryException: Shared memory is full: need=1073741824 bytes, free=",
                    "OutOfSharedMemoryException",
                    "OutOfSharedMemoryException",
                    "left: 0");
        } finally {
            assertEquals(0, run("umount", mount.toString()));
            Files.delete(mount);
        }
    }

    /** Asks for more than there is. */
    static final class Gigabyte {
        public static void main(final String[] args) throws IOException {
            report(() -> SharedMemory.create(args[0], 1 << 30));
            report(() -> SharedObjects.create(args[0], 1 << 30));
            final List<String> large = Collections.nCopies(20, "x".repeat(5_000_000));
            report(() -> ShareableList.create(args[0], large));
            try (var files = Files.list(SharedDirectory.path())) {
                System.out.println("left: " + files.count());
            }
        }
    }

    @Test
    void shouldSurviveWhenFileWasTruncated() throws IOException {
        assertSurvived(
                Truncated.class,
                "IncompatibleLayoutException: '" + name,
                "IncompatibleLayoutException: Shared memory '" + name,
                "IncompatibleLayoutException: Shared memory '" + name,
                "size=10");
    }

    /** Cuts files of every kind and opens them. */
    static final class Truncated {
        public static void main(final String[] args) throws IOException {
            final String name = args[0];
            try (SharedObjects shared = SharedObjects.create(name)) {
                shared.longArray("array", 1000);
                truncateCopy(name, 4096);
                report(() -> SharedObjects.attach(name + "-cut"));
            }
            try (ShareableList list = ShareableList.create(name, Collections.nCopies(1000, 1))) {
                for (final int length : new int[] {100, 20_000}) {
                    truncateCopy(name, length);
                    report(() -> ShareableList.attach(name + "-cut"));
                }
                list.sharedMemory().unlink();
            }
            Files.write(path(name + "-cut"), new byte[10]);
            try (SharedMemory memory = SharedMemory.attach(name + "-cut")) {
                System.out.println("size=" + memory.size());
                memory.unlink();
            }
        }

        private static void truncateCopy(final String name, final int length) throws IOException {
            final byte[] bytes = Files.readAllBytes(path(name));
            Files.write(path(name + "-cut"), java.util.Arrays.copyOf(bytes, length));
        }
    }

    @Test
    void shouldSurviveWhenFileIsEmptyOrNoFileOfThisUser() throws IOException {
        assertSurvived(
                NoFiles.class,
                "CondatisException: Shared memory at " + path(name),
                "it is a directory, not a file. Choose another name, or remove it.",
                "it is a symbolic link, not a file. Choose another name, or remove it.",
                "it is a pipe, socket or device, not a file. Choose another name, or remove it.",
                "NameMissingException",
                "IllegalArgumentException");
    }

    /** Attaches to what is no block. */
    static final class NoFiles {
        public static void main(final String[] args) throws Exception {
            final String name = args[0];
            final Path path = path(name);
            Files.createFile(path);
            report(() -> SharedMemory.attach(name));
            Files.delete(path);
            Files.createDirectory(path);
            report(() -> ShareableList.attach(name));
            Files.delete(path);
            Files.createSymbolicLink(path, Path.of("/etc/hostname"));
            report(() -> SharedMemory.attach(name));
            Files.delete(path);
            run("mkfifo", path.toString());
            report(() -> ShareableList.attach(name));
            Files.delete(path);
            report(() -> SharedMemory.attach(name));
            report(() -> SharedMemory.create(name, 1L << 31));
        }
    }

    @Test
    void shouldSurviveWhenFileBelongsToAnotherUser() throws IOException {
        assumeTrue(SharedDirectory.userId() == 0, "only root can give a file away");
        assertSurvived(Foreign.class, "it belongs to user id 1, this process runs as 0. Choose another name");
    }

    /** Attaches to a block of somebody else. */
    static final class Foreign {
        public static void main(final String[] args) throws IOException {
            final Path path = path(args[0]);
            Files.write(path, new byte[100]);
            Files.setAttribute(path, "unix:uid", 1);
            report(() -> SharedMemory.attach(args[0]));
            Files.delete(path);
        }
    }

    @Test
    void shouldSurviveReadsAndWritesWhenFileIsTruncatedWhileMapped() throws IOException {
        assertSurvived(
                CutWhileMapped.class,
                "InternalError",
                "InternalError",
                "InternalError",
                "InternalError",
                "InternalError",
                "IllegalStateException");
    }

    /** Cuts the file of a block that it has mapped, and goes on using it. */
    static final class CutWhileMapped {
        private static long sink;

        public static void main(final String[] args) throws IOException {
            final SharedMemory memory = SharedMemory.create(args[0], 4 * LENGTH);
            final AtomicBuffer buffer = memory.buffer();
            final LongValue value = LongValue.at(buffer, LENGTH);
            final LongArray array = LongArray.at(buffer, 2 * LENGTH, LENGTH / Long.BYTES);
            try (FileChannel file = FileChannel.open(path(args[0]), StandardOpenOption.WRITE)) {
                file.truncate(0);
            }
            reportError(() -> sink += buffer.getLong(Long.BYTES));
            reportError(() -> buffer.putLongVolatile(Long.BYTES, 1));
            reportError(() -> sink += value.get());
            reportError(() -> value.set(1));
            reportError(() -> sink += array.toArray()[0]);
            memory.unlink();
            memory.close();
            report(() -> sink += value.get());
        }

        /** The JVM may tell a little later than the access. */
        private static void reportError(final Runnable use) {
            try {
                for (int i = 0; i < 1000; i++) {
                    use.run();
                    Thread.yield();
                }
                System.out.println("no error");
            } catch (final InternalError e) {
                System.out.println(e);
            }
        }
    }

    @Test
    void shouldSurviveWhenClosedWithViewsInUseByOtherThreads() throws IOException {
        assertSurvived(
                CloseUnderViews.class,
                "IllegalStateException: Shared",
                "IllegalStateException: Shared",
                "IllegalStateException: Shared",
                "closed twice");
    }

    /** Closes a block while a buffer, a slice and a list of it are in use. */
    static final class CloseUnderViews {
        public static void main(final String[] args) throws InterruptedException {
            final ShareableList list = ShareableList.create(args[0], Collections.nCopies(LENGTH, "text"));
            final SharedMemory memory = list.sharedMemory();
            final AtomicBuffer whole = memory.buffer();
            final AtomicBuffer slice = memory.slice(64, LENGTH);
            final Thread[] users = {
                new Thread(() -> hammer(() -> whole.getLongVolatile(8))),
                new Thread(() -> hammer(() -> slice.getLongVolatile(LENGTH - Long.BYTES))),
                new Thread(() -> hammer(() -> list.set(list.indexOf("text"), "text")))
            };
            for (final Thread user : users) {
                user.start();
            }
            for (int i = 0; i < 200; i++) {
                list.get(i);
            }
            memory.unlink();
            memory.close();
            memory.close();
            for (final Thread user : users) {
                user.join();
            }
            System.gc();
            System.out.println("closed twice");
        }

        private static void hammer(final Runnable use) {
            report(() -> {
                while (true) {
                    use.run();
                }
            });
        }
    }
}
