package io.condatis.memory;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.condatis.SharedObjects;
import io.condatis.error.CondatisException;
import io.condatis.internal.os.SharedDirectory;
import io.condatis.testing.Await;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What else may have the name of a block: each is an exception that says what it is and what to do. */
@ExtendWith(LeakCheck.class)
class BadFilesTest {
    private static final int ROOT = 0;

    private final String name = Names.unique();
    private final Path path = SharedDirectory.path().resolve(name);

    @AfterEach
    void removeFile() throws IOException {
        Files.deleteIfExists(path);
    }

    private void assertRefused(final String fault) {
        final CondatisException memory = assertThrows(CondatisException.class, () -> SharedMemory.attach(name));
        assertTrue(memory.getMessage().contains(fault), memory.getMessage());
        assertTrue(memory.getMessage().contains(name), memory.getMessage());
        final CondatisException objects = assertThrows(CondatisException.class, () -> SharedObjects.attach(name));
        assertTrue(objects.getMessage().contains(name), objects.getMessage());
    }

    @Test
    void shouldRefuseWhenNameIsADirectory() throws IOException {
        Files.createDirectory(path);
        assertRefused("a directory");
    }

    @Test
    void shouldRefuseWithoutFollowingWhenNameIsASymbolicLink() throws IOException {
        final Path target = Files.createTempFile("condatis", "");
        Files.write(target, new byte[100]);
        Files.createSymbolicLink(path, target);
        assertRefused("a symbolic link");
        Files.delete(target);
    }

    @Test
    void shouldRefuseWithoutBlockingWhenNameIsAPipe() throws Exception {
        final Process mkfifo = new ProcessBuilder("mkfifo", path.toString()).start();
        assumeTrue(mkfifo.waitFor() == 0);
        assertRefused("a pipe, socket or device");
    }

    @Test
    void shouldRefuseWhenFileBelongsToAnotherUser() throws IOException {
        assumeTrue(SharedDirectory.userId() == ROOT, "only root can give a file away");
        Files.write(path, new byte[100]);
        Files.setAttribute(path, "unix:uid", 1);
        assertRefused("user id 1");
    }

    @Test
    void shouldRefuseWhenFileStaysEmpty() throws IOException {
        Files.createFile(path);
        assertRefused("is empty");
    }

    @Test
    void shouldRefuseWhenFileIsLargerThanABuffer() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(1L << 31);
        }
        assertRefused("2147483648");
    }

    @Test
    void shouldWaitForSizeWhenFileIsBeingCreatedByAnother() throws IOException {
        Files.createFile(path);
        final CompletableFuture<SharedMemory> attached = CompletableFuture.supplyAsync(() -> SharedMemory.attach(name));
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(77);
        }
        Await.until("the attacher has seen the size", attached::isDone);
        assertTrue(attached.join().size() == 77);
    }

    @Test
    void shouldRefuseForeignContentWhenAttachingObjects() throws IOException {
        final byte[] foreign = new byte[8192];
        Arrays.fill(foreign, (byte) 7);
        Files.write(path, foreign);
        assertIncompatible("does not begin as shared objects do");
    }

    @Test
    void shouldRefuseShortFileWhenAttachingObjects() throws IOException {
        Files.write(path, new byte[] {1, 2, 3});
        assertIncompatible("does not begin as shared objects do");
    }

    @Test
    void shouldNameBothVersionsWhenLayoutVersionDiffers() throws IOException {
        Files.write(path, header(ArenaDescriptor.LAYOUT_VERSION + 41, 4096));
        assertIncompatible("layout version 43, this version of Condatis reads 2");
    }

    @Test
    void shouldRefuseWhenFileOfObjectsIsTruncated() throws IOException {
        Files.write(path, header(ArenaDescriptor.LAYOUT_VERSION, 8192));
        assertIncompatible("it has 4096 bytes, its header says 8192");
    }

    @Test
    void shouldRefuseWhenHeaderIsDamaged() throws IOException {
        Files.write(path, header(ArenaDescriptor.LAYOUT_VERSION, 4096));
        assertIncompatible("its header is damaged");
    }

    @Test
    void shouldRefuseWhenLivenessFileIsMissing() throws IOException {
        final Path copy = SharedDirectory.path().resolve(name + "-copy");
        try (SharedObjects shared = SharedObjects.create(name)) {
            final byte[] bytes = Files.readAllBytes(path);
            ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).putLong(ArenaDescriptor.GENERATION_OFFSET, 1);
            Files.write(copy, bytes);
            final CondatisException e = assertThrows(
                    IncompatibleLayoutException.class,
                    () -> SharedObjects.attach(copy.getFileName().toString()));
            assertTrue(e.getMessage().contains("liveness"), e.getMessage());
            assertTrue(shared.entries().isEmpty());
        } finally {
            Files.delete(copy);
        }
    }

    private void assertIncompatible(final String fault) {
        final IncompatibleLayoutException e =
                assertThrows(IncompatibleLayoutException.class, () -> SharedObjects.attach(name));
        assertTrue(e.getMessage().contains(fault), e.getMessage());
        assertTrue(e.getMessage().contains(name), e.getMessage());
    }

    private static byte[] header(final int version, final long length) {
        final ByteBuffer header = ByteBuffer.allocate(4096).order(ByteOrder.nativeOrder());
        header.putLong(ArenaDescriptor.MAGIC_OFFSET, ArenaDescriptor.MAGIC);
        header.putInt(ArenaDescriptor.LAYOUT_VERSION_OFFSET, version);
        header.putLong(ArenaDescriptor.FILE_LENGTH_OFFSET, length);
        return header.array();
    }
}
