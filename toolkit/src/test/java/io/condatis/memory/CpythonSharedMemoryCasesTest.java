package io.condatis.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.SharedObjects;
import io.condatis.internal.os.SharedDirectory;
import io.condatis.list.ShareableList;
import io.condatis.process.WorkerProcess;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import io.condatis.testing.Python;
import io.condatis.value.LongArray;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.AtomicBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The cases of CPython's {@code _TestSharedMemory} that apply here, under their names there. Those on
 * {@code ShareableList} and on serialisation are in {@code ShareableListTest} and {@code HandlesTest}.
 */
@Timeout(120)
@ExtendWith(LeakCheck.class)
class CpythonSharedMemoryCasesTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final String name = Names.unique();

    @Test
    @DisplayName("test_shared_memory_basics")
    void shouldPassBasics() {
        try (SharedMemory sms = SharedMemory.create(name, 512)) {
            final AtomicBuffer buffer = sms.buffer();
            buffer.putByte(0, (byte) 42);
            assertEquals(42, buffer.getByte(0));
            assertEquals(name, sms.name());
            assertEquals(512, sms.size());
            assertEquals("SharedMemory('" + name + "', size=512)", sms.toString());
            try (SharedMemory also = SharedMemory.attach(name)) {
                assertEquals(512, also.size());
                assertEquals(42, also.buffer().getByte(0));
                also.buffer().putByte(511, (byte) -1);
                assertEquals(-1, buffer.getByte(511));
            }
            buffer.putByte(0, (byte) 43);
            assertThrows(IndexOutOfBoundsException.class, () -> buffer.putByte(512, (byte) 1));
            assertThrows(IndexOutOfBoundsException.class, () -> buffer.getByte(-1));
            assertThrows(NameExistsException.class, () -> SharedMemory.create(name, 512));
            sms.unlink();
            assertThrows(NameMissingException.class, sms::unlink);
            assertThrows(NameMissingException.class, () -> SharedMemory.attach(name));
            assertEquals(43, buffer.getByte(0));
        }
    }

    @Test
    @DisplayName("test_shared_memory_recreate")
    void shouldPassRecreate() {
        final Iterator<String> names = List.of(name, name, name + "-2").iterator();
        try (SharedMemory first = SharedMemory.create(name, 1);
                SharedMemory second = SharedMemory.create(1, buffer -> {}, names::next)) {
            assertEquals(name + "-2", second.name());
            first.unlink();
            second.unlink();
        }
    }

    @Test
    @DisplayName("test_shared_memory_name_with_embedded_null")
    void shouldPassNameWithEmbeddedNull() {
        assertThrows(IllegalArgumentException.class, () -> SharedMemory.create(name + "\0x", 1));
        assertThrows(IllegalArgumentException.class, () -> SharedMemory.attach(name + "\0x"));
        assertFalse(Files.exists(SharedDirectory.path().resolve(name)));
    }

    @Test
    @DisplayName("test_invalid_shared_memory_creation")
    void shouldPassInvalidCreation() {
        assertThrows(IllegalArgumentException.class, () -> SharedMemory.create(name, -1));
        assertThrows(IllegalArgumentException.class, () -> SharedMemory.create(name, 0));
        assertThrows(IllegalArgumentException.class, () -> SharedMemory.create(0));
    }

    @Test
    @DisplayName("test_shared_memory_across_processes")
    void shouldPassAcrossProcesses() throws InterruptedException {
        try (SharedMemory sms = SharedMemory.create(name, 512)) {
            for (int i = 0; i < 2; i++) {
                try (WorkerProcess worker = i == 0
                        ? WorkerProcess.start(CpythonSharedMemoryCasesTest::attachAndWrite, name)
                        : WorkerProcess.start(CpythonSharedMemoryCasesTest::write, sms)) {
                    assertTrue(worker.join(DEADLINE.toSeconds(), TimeUnit.SECONDS));
                    assertEquals(0, worker.exitCode().getAsInt());
                }
                final byte[] text = new byte[5];
                sms.buffer().getBytes(0, text);
                assertArrayEquals(new byte[] {'H', 'o', 'w', 'd', 'y'}, text);
                sms.buffer().setMemory(0, 5, (byte) 0);
            }
            sms.unlink();
        }
    }

    private static void attachAndWrite(final String block) {
        try (SharedMemory memory = SharedMemory.attach(block)) {
            write(memory);
        }
    }

    private static void write(final SharedMemory memory) {
        memory.buffer().putBytes(0, new byte[] {'H', 'o', 'w', 'd', 'y'});
    }

    /** The manager of shared memory is the process that created it, or the one that created a set of objects. */
    @Test
    @DisplayName("test_shared_memory_SharedMemoryManager_basics")
    void shouldPassManagerBasics() {
        final SharedObjects manager = SharedObjects.create(name);
        final LongArray array = manager.longArray("array", 10);
        final SharedObjects attached = SharedObjects.attach(name);
        manager.close();
        assertThrows(NameMissingException.class, () -> SharedObjects.attach(name));
        assertThrows(IllegalStateException.class, () -> array.get(0));
        assertThrows(IllegalStateException.class, () -> manager.longArray("other", 10));
        assertEquals(0, attached.longArray("array").get(9));
        attached.close();
        try (ForkedJvm creator = ForkedJvm.start(Creator.class, name)) {
            creator.awaitLine("made", DEADLINE);
            creator.send("end");
            assertEquals(0, creator.exitCode(DEADLINE), creator.output());
        }
        assertThrows(NameMissingException.class, () -> SharedMemory.attach(name));
        assertThrows(NameMissingException.class, () -> ShareableList.attach(name + "-list"));
        try (SharedMemory kept = SharedMemory.attach(name + "-kept")) {
            kept.unlink();
        }
    }

    @Test
    @DisplayName("test_shared_memory_cleaned_after_process_termination")
    void shouldPassCleanedAfterProcessTermination() {
        for (final String signal : new String[] {"TERM", "INT"}) {
            try (ForkedJvm creator = ForkedJvm.start(Creator.class, name)) {
                creator.awaitLine("made", DEADLINE);
                assertTrue(Files.exists(SharedDirectory.path().resolve(name)));
                assertTrue(Files.exists(SharedDirectory.path().resolve(name + "-list")));
                creator.signal(signal);
                creator.exitCode(DEADLINE);
            }
            assertFalse(Files.exists(SharedDirectory.path().resolve(name)));
            assertFalse(Files.exists(SharedDirectory.path().resolve(name + "-list")));
            assertTrue(Files.exists(SharedDirectory.path().resolve(name + "-kept")));
            try (SharedMemory kept = SharedMemory.attach(name + "-kept")) {
                kept.unlink();
            }
        }
    }

    /** Makes a block, a list and a block to be kept, and waits to be ended. */
    static final class Creator {
        public static void main(final String[] args) throws IOException {
            SharedMemory.create(args[0], 10);
            ShareableList.create(args[0] + "-list", List.of(1, 2));
            SharedMemory.create(args[0] + "-kept", 10).keep();
            System.out.println("made");
            System.in.read();
        }
    }

    @Test
    @DisplayName("test_shared_memory_untracking, and the opposite of test_shared_memory_tracking")
    void shouldPassUntracking() {
        try (SharedMemory memory = SharedMemory.create(name, 10)) {
            try (ForkedJvm attacher = ForkedJvm.start(Visitor.class, name)) {
                assertEquals(0, attacher.exitCode(DEADLINE), attacher.output());
            }
            assertTrue(Files.exists(SharedDirectory.path().resolve(name)));
            for (final String interpreter : Python.interpreters()) {
                memory.buffer().putByte(0, (byte) 0);
                try (Python python =
                        Python.start(interpreter, "m = shared_memory.SharedMemory(name=args[0])\nm.buf[0] = 9", name)) {
                    assertEquals(0, python.exitCode());
                }
                assertEquals(9, memory.buffer().getByte(0));
            }
            assertTrue(Files.exists(SharedDirectory.path().resolve(name)));
            memory.unlink();
        }
    }

    /** Attaches and exits. */
    static final class Visitor {
        public static void main(final String[] args) {
            SharedMemory.attach(args[0]).buffer().putByte(0, (byte) 1);
        }
    }

    @Test
    @DisplayName("test_that_shared_memory_name_with_colons_has_no_resource_tracker_errors")
    void shouldPassNameWithColons() {
        for (final String part : List.of("a:b", ":", "::", "x:", ":x", "a\nb", "\n", "a b", "-", "\t", "a:b\nc:")) {
            try (SharedMemory memory = SharedMemory.create(name + part, 8);
                    SharedMemory attached = SharedMemory.attach(name + part)) {
                assertEquals(name + part, attached.name());
                memory.unlink();
            }
        }
    }

    @Test
    void shouldKeepOldBytesForOldAttachersWhenNameIsReused() {
        try (SharedMemory created = SharedMemory.create(name, 8);
                SharedMemory attached = SharedMemory.attach(name)) {
            created.buffer().putLong(0, 1);
            created.unlink();
            try (SharedMemory newer = SharedMemory.create(name, 16);
                    SharedMemory late = SharedMemory.attach(name)) {
                newer.buffer().putLong(0, 2);
                assertEquals(1, attached.buffer().getLong(0));
                assertEquals(2, late.buffer().getLong(0));
                assertThrows(NameMissingException.class, created::unlink);
                assertEquals(16, late.size());
                late.unlink();
            }
        }
    }

    @Test
    void shouldShowWholeContentOnlyWhenFilledBeforePublication() {
        try (SharedMemory memory = SharedMemory.create(name, 64, buffer -> buffer.setMemory(0, 64, (byte) 7))) {
            assertEquals(7, memory.buffer().getByte(63));
            memory.unlink();
        }
        assertThrows(
                IllegalStateException.class,
                () -> SharedMemory.create(name, 64, buffer -> {
                    throw new IllegalStateException("as told");
                }));
        assertFalse(Files.exists(SharedDirectory.path().resolve(name)));
    }

    @Test
    void shouldSeeTheSameBytesThroughSliceUntilClosed() {
        final SharedMemory memory = SharedMemory.create(name, 64);
        final AtomicBuffer slice = memory.slice(16, 8);
        slice.putLong(0, 5);
        assertEquals(5, memory.buffer().getLong(16));
        assertEquals(8, slice.capacity());
        assertThrows(IndexOutOfBoundsException.class, () -> slice.getLong(1));
        assertThrows(IndexOutOfBoundsException.class, () -> memory.slice(60, 8));
        memory.unlink();
        memory.close();
        assertThrows(IllegalStateException.class, () -> slice.getByte(0));
        assertThrows(IllegalStateException.class, () -> memory.slice(0, 1));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("io.condatis.testing.Python#interpreters")
    void shouldShareArraysOfAllTypesWithCpythonInBothDirections(final String interpreter) {
        final boolean numpy = Python.hasNumpy(interpreter);
        final String script =
                """
                m = shared_memory.SharedMemory(name=args[0])
                t = shared_memory.SharedMemory(name=args[0] + "-py", create=True, size=64)
                def part(s, code, start, count, size):
                    if args[1] == "true":
                        import numpy
                        return numpy.ndarray((count,), dtype=numpy.dtype(code), buffer=s.buf, offset=start)
                    return s.buf[start:start + count * size].cast(code)
                want = {"b": -2, "B": 254, "h": -300, "H": 65000, "i": -70000, "I": 4000000000, "f": 1.5}
                for n, (code, value) in enumerate(want.items()):
                    a = part(m, code, 8 * n, 1, {"b": 1, "B": 1, "h": 2, "H": 2}.get(code, 4))
                    assert a[0] == value, (code, a[0])
                    del a
                q = part(m, "q", 56, 2, 8)
                d = part(m, "d", 72, 2, 8)
                assert list(q) == [-1, 2**62] and list(d) == [0.1, -1e300], (list(q), list(d))
                q[1] = -2**62
                d[0] = 2.5
                u = part(t, "d", 0, 3, 8)
                u[0], u[1], u[2] = 1.25, float("inf"), -0.0
                del q, d, u
                print("done")
                sys.stdin.readline()
                m.close(); t.close()
                """;
        try (SharedMemory memory = SharedMemory.create(name, 88)) {
            final AtomicBuffer buffer = memory.buffer();
            buffer.putByte(0, (byte) -2);
            buffer.putByte(8, (byte) 254);
            buffer.putShort(16, (short) -300);
            buffer.putShort(24, (short) 65000);
            buffer.putInt(32, -70000);
            buffer.putInt(40, (int) 4_000_000_000L);
            buffer.putFloat(48, 1.5f);
            buffer.putLong(56, -1);
            buffer.putLong(64, 1L << 62);
            buffer.putDouble(72, 0.1);
            buffer.putDouble(80, -1e300);
            try (Python python = Python.start(interpreter, script, name, Boolean.toString(numpy))) {
                assertEquals("done", python.readLine());
                assertEquals(-(1L << 62), buffer.getLong(64));
                assertEquals(2.5, buffer.getDouble(72));
                try (SharedMemory theirs = SharedMemory.attach(name + "-py")) {
                    assertEquals(64, theirs.size());
                    assertEquals(1.25, theirs.buffer().getDouble(0));
                    assertEquals(Double.POSITIVE_INFINITY, theirs.buffer().getDouble(8));
                    assertEquals(1 / -0.0, 1 / theirs.buffer().getDouble(16));
                    theirs.unlink();
                }
                python.send("go");
                assertEquals(0, python.exitCode());
            }
            memory.unlink();
        }
    }
}
