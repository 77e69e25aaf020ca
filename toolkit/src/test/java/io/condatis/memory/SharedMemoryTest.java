package io.condatis.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.internal.os.SharedDirectory;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.agrona.concurrent.AtomicBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class SharedMemoryTest {
    private final String name = Names.unique();

    @Test
    void shouldMakeFileOfExactSizeAndPrivateModeFilledWithZerosWhenCreated() throws IOException {
        try (SharedMemory memory = SharedMemory.create(name, 10)) {
            final Path file = SharedDirectory.path().resolve(name);

            assertEquals(10, memory.size());
            assertEquals(10, Files.size(file));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            for (int i = 0; i < 10; i++) {
                assertEquals(0, memory.buffer().getByte(i));
            }
            memory.unlink();
        }
    }

    @Test
    void shouldShowWritesToOtherHandleWhenAttached() {
        try (SharedMemory created = SharedMemory.create(name, 4096);
                SharedMemory attached = SharedMemory.attach(name)) {
            created.buffer().putLong(8, 42);

            assertEquals(42, attached.buffer().getLong(8));
            assertEquals(4096, attached.size());
            assertEquals(name, attached.name());
            attached.unlink();
        }
    }

    @Test
    void shouldChooseNameAsCpythonDoesWhenNoneIsGiven() {
        try (SharedMemory first = SharedMemory.create(1);
                SharedMemory second = SharedMemory.create(1)) {
            assertTrue(first.name().matches("psm_[0-9a-f]{8}"), first.name());
            assertNotEquals(first.name(), second.name());
            first.unlink();
            second.unlink();
        }
    }

    @Test
    void shouldRefuseWhenNameIsTaken() {
        try (SharedMemory memory = SharedMemory.create(name, 1)) {
            final NameExistsException e = assertThrows(NameExistsException.class, () -> SharedMemory.create(name, 1));

            assertTrue(e.getMessage().contains(name), e.getMessage());
            memory.unlink();
        }
    }

    @Test
    void shouldSayThatNameIsMissingWhenNothingHasIt() {
        final NameMissingException e = assertThrows(NameMissingException.class, () -> SharedMemory.attach(name));

        assertTrue(e.getMessage().contains(name), e.getMessage());
    }

    @Test
    void shouldKeepMappingUsableWhenUnlinked() {
        try (SharedMemory memory = SharedMemory.create(name, 8)) {
            memory.unlink();

            memory.buffer().putLong(0, 7);
            assertEquals(7, memory.buffer().getLong(0));
            assertThrows(NameMissingException.class, memory::unlink);
            assertThrows(NameMissingException.class, () -> SharedMemory.attach(name));
        }
    }

    @Test
    void shouldLeaveNewerBlockAloneWhenOldHandleIsUnlinked() {
        try (SharedMemory old = SharedMemory.create(name, 8);
                SharedMemory oldAttached = SharedMemory.attach(name)) {
            old.unlink();
            try (SharedMemory newer = SharedMemory.create(name, 16)) {
                assertThrows(NameMissingException.class, oldAttached::unlink);

                try (SharedMemory attached = SharedMemory.attach(name)) {
                    assertEquals(16, attached.size());
                }
                newer.unlink();
            }
        }
    }

    @Test
    void shouldAllowUnlinkAndAccessorsAfterClose() {
        final SharedMemory memory = SharedMemory.create(name, 24);
        final AtomicBuffer buffer = memory.buffer();

        memory.close();
        memory.close();

        assertThrows(IllegalStateException.class, memory::buffer);
        assertThrows(IllegalStateException.class, () -> buffer.getByte(0));
        assertEquals(24, memory.size());
        assertEquals(name, memory.name());
        memory.unlink();
    }

    @Test
    void shouldLeaveOtherHandlesUsableWhenOneIsClosed() {
        final SharedMemory first = SharedMemory.create(name, 8);
        try (SharedMemory second = SharedMemory.attach(name)) {
            first.close();

            second.buffer().putLong(0, 1);
            assertEquals(1, second.buffer().getLong(0));
            second.unlink();
        }
    }

    @Test
    void shouldWorkAndStayInterruptedWhenThreadIsInterrupted() {
        Thread.currentThread().interrupt();
        try (SharedMemory created = SharedMemory.create(name, 100_000);
                SharedMemory attached = SharedMemory.attach(name)) {
            attached.unlink();
            assertEquals(100_000, created.size());
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "/a", "a\0b", ".condatis-x"})
    void shouldRefuseWhenNoFileCanHaveTheName(final String bad) {
        assertThrows(IllegalArgumentException.class, () -> SharedMemory.create(bad, 1));
        assertThrows(IllegalArgumentException.class, () -> SharedMemory.attach(bad));
    }

    @Test
    void shouldAcceptNameOf255BytesAndRefuseLonger() {
        final String longest = (name + "x".repeat(255)).substring(0, 255);
        try (SharedMemory memory = SharedMemory.create(longest, 1)) {
            memory.unlink();
        }
        final IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> SharedMemory.create(longest + "x", 1));
        assertTrue(e.getMessage().contains("256"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 1L << 31, Long.MAX_VALUE})
    void shouldRefuseAndLeaveNothingWhenSizeCannotBe(final long size) {
        final IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> SharedMemory.create(name, size));

        assertTrue(e.getMessage().contains(Long.toString(size)), e.getMessage());
        assertFalse(Files.exists(SharedDirectory.path().resolve(name)));
    }
}
