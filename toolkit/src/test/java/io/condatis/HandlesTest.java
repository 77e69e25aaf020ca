package io.condatis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.list.ShareableList;
import io.condatis.memory.IncompatibleLayoutException;
import io.condatis.memory.NameMissingException;
import io.condatis.memory.SharedMemory;
import io.condatis.process.WorkerProcess;
import io.condatis.structure.LongField;
import io.condatis.structure.Structure;
import io.condatis.sync.Hold;
import io.condatis.sync.SharedLock;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import io.condatis.value.CType;
import io.condatis.value.IntValue;
import io.condatis.value.LongArray;
import io.condatis.value.LongValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Shared objects as arguments of workers and in any other serialised form: handles, never content. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class HandlesTest {
    private static final long DEADLINE_S = 30;

    private final String name = Names.unique();

    static byte[] write(final Object object) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    @SuppressWarnings("unchecked")
    static <T> T read(final byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (T) in.readObject();
        }
    }

    static void awaitSuccess(final WorkerProcess worker) throws InterruptedException {
        try (worker) {
            assertTrue(worker.join(DEADLINE_S, TimeUnit.SECONDS), "the worker still runs");
            assertEquals(0, worker.exitCode().getAsInt());
        }
    }

    @Test
    void shouldShareObjectsWithWorkerWhenTheyAreItsArguments() throws Exception {
        try (SharedObjects shared = SharedObjects.create(name)) {
            final LongValue counter = shared.longValue("counter", 5);
            final LongArray array = shared.longArray("array", 10);
            final SharedLock lock = shared.lock("lock");
            awaitSuccess(WorkerProcess.start(HandlesTest::use, shared, counter, array, lock));
            assertEquals(6, counter.get());
            assertEquals(7, array.get(9));
            assertEquals(1, shared.longValue("made by worker").get());
            try (Hold held = lock.hold()) {
                assertTrue(!held.abandoned());
            }
            assertEquals(1, shared.longValue("attachments").get());
        }
    }

    private static void use(
            final SharedObjects shared, final LongValue counter, final LongArray array, final SharedLock lock) {
        lock.lock();
        counter.incrementAndGet();
        array.set(9, 7);
        lock.unlock();
        if (shared.longValue("counter") != counter || shared.longArray("array") != array) {
            throw new AssertionError("the handles led to several attachments");
        }
        shared.longValue("made by worker", 1);
        shared.longValue("attachments", others(shared));
    }

    private static long others(final SharedObjects shared) {
        return shared.arena().participants().members().stream()
                .filter(member -> member.pid() == ProcessHandle.current().pid())
                .count();
    }

    @Test
    void shouldShareMemoryAndListWithWorkerWhenTheyAreItsArguments() throws Exception {
        try (SharedMemory memory = SharedMemory.create(name, 100);
                ShareableList list = ShareableList.create(name + "-list", List.of(1, "two", 3.0))) {
            memory.buffer().putLong(8, 1);
            awaitSuccess(WorkerProcess.start(HandlesTest::change, memory, list));
            assertEquals(2, memory.buffer().getLong(8));
            assertEquals(List.of(2L, "zwei", 3.0), list.copy());
            memory.unlink();
            list.sharedMemory().unlink();
        }
    }

    private static void change(final SharedMemory memory, final ShareableList list) {
        memory.buffer().getAndAddLong(8, 1);
        list.getAndAddLong(0, 1);
        list.set(1, "zwei");
    }

    @Test
    void shouldFindTheVeryObjectWhenReadInItsCreator() throws Exception {
        try (SharedObjects shared = SharedObjects.create(name)) {
            final LongValue value = shared.longValue("value", 1);
            final IntValue locked = shared.value("locked", CType.INT, 2);

            assertSame(shared, read(write(shared)));
            assertSame(value, read(write(value)));
            assertSame(locked, read(write(locked)));
            assertSame(shared.lock("lock"), read(write(shared.lock("lock"))));
            assertSame(shared.object("value"), value);
        }
    }

    @Test
    @DisplayName("test_shared_memory_pickle_unpickle")
    void shouldFindMemoryOnceWhenSeveralHandlesAreRead() throws Exception {
        try (SharedMemory memory = SharedMemory.create(name, 100)) {
            final byte[] handle = write(memory);
            try (SharedMemory first = read(handle);
                    SharedMemory second = read(handle)) {
                assertSame(first, second);
                assertNotSame(memory, first);
                first.buffer().putInt(0, 42);
                assertEquals(42, memory.buffer().getInt(0));
            }
            try (SharedMemory again = read(handle)) {
                assertEquals(42, again.buffer().getInt(0));
            }
            memory.unlink();
        }
    }

    @Test
    @DisplayName("test_shared_memory_ShareableList_pickling")
    void shouldBeOfTheSameLengthWhenListIsLonger() throws Exception {
        try (ShareableList shorter = ShareableList.create(name + "-a", Collections.nCopies(10, "x"));
                ShareableList longer = ShareableList.create(name + "-b", Collections.nCopies(400, "x"))) {
            assertEquals(write(shorter).length, write(longer).length, 8);
            assertTrue(write(longer).length < 400, "a handle of " + write(longer).length + " bytes");
            final ShareableList alias = read(write(longer));
            alias.set(399, "y");
            assertEquals("y", longer.get(399));
            alias.close();
            shorter.sharedMemory().unlink();
            longer.sharedMemory().unlink();
        }
    }

    @Test
    @DisplayName(
            "test_shared_memory_pickle_unpickle_dead_object, test_shared_memory_ShareableList_pickling_dead_object")
    void shouldSayThatNameIsMissingWhenListOrMemoryWasUnlinked() throws Exception {
        final byte[] memory;
        final byte[] list;
        try (ShareableList made = ShareableList.create(name, List.of(1))) {
            list = write(made);
            memory = write(made.sharedMemory());
            made.sharedMemory().unlink();
        }
        assertThrows(NameMissingException.class, () -> read(list));
        assertThrows(NameMissingException.class, () -> read(memory));
        try (ShareableList newer = ShareableList.create(name, List.of(2))) {
            final NameMissingException e = assertThrows(NameMissingException.class, () -> read(list));
            assertTrue(e.getMessage().contains(name), e.getMessage());
            newer.sharedMemory().unlink();
        }
    }

    @Test
    void shouldSayThatNameIsMissingWhenObjectsOrObjectAreGone() throws Exception {
        final byte[] all;
        final byte[] value;
        try (SharedObjects shared = SharedObjects.create(name)) {
            all = write(shared);
            final byte[] removed = write(shared.longValue("value", 1));
            shared.remove("value");
            assertThrows(NameMissingException.class, () -> read(removed));
            value = write(shared.longValue("value", 2));
            final NameMissingException e = assertThrows(NameMissingException.class, () -> read(removed));
            assertTrue(e.getMessage().contains("newer object"), e.getMessage());
        }
        assertThrows(NameMissingException.class, () -> read(all));
        try (SharedObjects newer = SharedObjects.create(name)) {
            newer.longValue("value", 3);
            final NameMissingException e = assertThrows(NameMissingException.class, () -> read(value));
            assertTrue(e.getMessage().contains("newer ones"), e.getMessage());
        }
    }

    @Test
    void shouldSayThatNameIsMissingWhenWorkerGetsWhatIsGone() throws Exception {
        final SharedMemory memory = SharedMemory.create(name, 100);
        memory.unlink();
        try (memory;
                WorkerProcess worker = WorkerProcess.start(
                        WorkerProcess.options().errors(ProcessBuilder.Redirect.PIPE), HandlesTest::touch, memory)) {
            final String errors = new String(worker.errors().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(errors.contains("NameMissingException") && errors.contains(name), errors);
            assertTrue(worker.join(DEADLINE_S, TimeUnit.SECONDS));
            assertEquals(1, worker.exitCode().getAsInt());
        }
    }

    private static void touch(final SharedMemory memory) {
        memory.buffer().putByte(0, (byte) 1);
    }

    @Test
    void shouldRefuseWhenViewIsPartOfAnObjectOrHasNoName() {
        try (SharedObjects shared = SharedObjects.create(name);
                SharedMemory memory = SharedMemory.create(name + "-m", 100)) {
            final LongArray array = shared.longArray("array", 10);
            final IntValue locked = shared.value("locked", CType.INT, 2);

            assertThrows(NotSerializableException.class, () -> write(array.slice(1, 3)));
            assertThrows(NotSerializableException.class, () -> write(locked.lock()));
            assertThrows(NotSerializableException.class, () -> write(LongValue.at(memory.buffer(), 8)));
            final Point point = new Point();
            assertThrows(NotSerializableException.class, () -> write(point));
            point.wrap(memory.buffer(), 16);
            assertThrows(NotSerializableException.class, () -> write(point));
            shared.structure("point", Point::new);
            assertThrows(IncompatibleLayoutException.class, () -> shared.object("point"));
            final IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class, () -> WorkerProcess.start(HandlesTest::add, array.slice(1, 3))
                            .close());
            assertTrue(e.getMessage().contains("hand over the shared object"), e.getMessage());
            memory.unlink();
        }
    }

    /** A structure. */
    static final class Point extends Structure {
        final LongField x = longField();
    }

    private static void add(final LongArray array) {
        array.getAndAdd(0, 1);
    }

    @Test
    void shouldLeaveObjectsToOthersWhenCreatorKeepsThem() {
        final SharedObjects creator = SharedObjects.create(name).keep();
        creator.longValue("value", 7);
        try (SharedObjects attached = SharedObjects.attach(name)) {
            creator.close();
            assertEquals(7, attached.longValue("value").get());
            try (SharedObjects late = SharedObjects.attach(name)) {
                assertEquals(7, late.longValue("value").get());
            }
        }
        assertThrows(NameMissingException.class, () -> SharedObjects.attach(name));
    }
}
