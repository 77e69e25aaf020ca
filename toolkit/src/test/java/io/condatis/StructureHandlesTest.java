package io.condatis;

import static io.condatis.HandlesTest.awaitSuccess;
import static io.condatis.HandlesTest.read;
import static io.condatis.HandlesTest.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.memory.IncompatibleLayoutException;
import io.condatis.memory.NameMissingException;
import io.condatis.memory.SharedMemory;
import io.condatis.process.WorkerProcess;
import io.condatis.structure.DoubleField;
import io.condatis.structure.IntField;
import io.condatis.structure.LongField;
import io.condatis.structure.Snapshot;
import io.condatis.structure.Structure;
import io.condatis.structure.StructureArray;
import io.condatis.sync.SharedReentrantLock;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import java.io.NotSerializableException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Structures, arrays and snapshots of them: named, raw, and as handles. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class StructureHandlesTest {
    private static final int LENGTH = 10;

    private final String name = Names.unique();

    /** A structure, made by nobody but those who know it. */
    @SuppressWarnings("serial") // a handle is written
    private static final class Quote extends Structure {
        final DoubleField bid = doubleField();
        final IntField size = intField();
        final Inner inner = structureField(new Inner());
    }

    @SuppressWarnings("serial")
    private static final class Inner extends Structure {
        final LongField time = longField();
    }

    /** A structure that nobody can make from its class alone. */
    @SuppressWarnings("serial")
    private static final class Sized extends Structure {
        final IntField numbers;

        Sized(final int length) {
            numbers = intField(io.condatis.value.CType.INT, length);
        }
    }

    @Test
    void shouldShareStructuresWithWorkerWhenTheyAreItsArguments() throws Exception {
        try (SharedObjects shared = SharedObjects.create(name)) {
            final Quote quote = shared.structure("quote", Quote::new);
            final StructureArray<Quote> quotes = shared.structureArray("quotes", Quote::new, LENGTH);
            final Snapshot<Quote> snapshot = shared.snapshot("snapshot", Quote::new);
            final Quote raw = shared.rawStructure("raw", Quote::new);
            quote.bid.set(1.5);
            snapshot.write(q -> q.size.set(7));
            awaitSuccess(WorkerProcess.start(StructureHandlesTest::change, quote, quotes, snapshot, raw));
            assertEquals(3, quote.bid.get());
            assertEquals(42, quotes.at(LENGTH - 1).inner.time.get());
            assertEquals(8, snapshot.read().size.get());
            assertEquals(-1, raw.size.get());
        }
    }

    private static void change(
            final Quote quote, final StructureArray<Quote> quotes, final Snapshot<Quote> snapshot, final Quote raw) {
        quote.lock().lock();
        try {
            quote.bid.set(2 * quote.bid.get());
        } finally {
            quote.lock().unlock();
        }
        quotes.at(quotes.length() - 1).inner.time.set(42);
        snapshot.write(q -> q.size.set(q.size.get() + 1));
        raw.size.set(-1);
    }

    @Test
    void shouldFindTheSameMemoryAndLockWhenReadInItsCreator() throws Exception {
        try (SharedObjects shared = SharedObjects.create(name)) {
            final Quote quote = shared.structure("quote", Quote::new);
            final Quote same = read(write(quote));
            same.bid.set(2.5);
            assertEquals(2.5, quote.bid.get());
            quote.lock().lock();
            assertTrue(((SharedReentrantLock) same.lock()).isHeldByCurrentThread());
            quote.lock().unlock();
            final StructureArray<Quote> array = read(write(shared.rawStructureArray("array", Quote::new, LENGTH)));
            assertEquals(LENGTH, array.length());
            assertThrows(IllegalStateException.class, array::lock);
        }
    }

    @Test
    void shouldRefuseWhatHasNoNameOfItsOwnOrCannotBeMade() {
        try (SharedObjects shared = SharedObjects.create(name);
                SharedMemory memory = SharedMemory.create(name + "-m", 1024)) {
            final Quote plain = new Quote();
            plain.wrap(memory.buffer(), 0);
            final Quote quote = shared.structure("quote", Quote::new);
            final Snapshot<Quote> snapshot = shared.snapshot("snapshot", Quote::new);
            for (final Object object : List.of(
                    plain,
                    new Quote(),
                    quote.inner,
                    shared.structureArray("quotes", Quote::new, LENGTH).at(0),
                    snapshot.read(),
                    snapshot.edit(),
                    StructureArray.at(memory.buffer(), 0, Quote::new, 2),
                    Snapshot.at(memory.buffer(), 0, Quote::new))) {
                assertThrows(NotSerializableException.class, () -> write(object), object.toString());
            }
            final NotSerializableException e = assertThrows(
                    NotSerializableException.class, () -> write(shared.structure("sized", () -> new Sized(3))));
            assertTrue(e.getMessage().contains("no constructor without arguments"), e.getMessage());
            memory.unlink();
        }
    }

    @Test
    void shouldSayThatNameIsMissingWhenRemovedOrUnlinked() throws Exception {
        final byte[] removed;
        final byte[] handle;
        try (SharedObjects shared = SharedObjects.create(name)) {
            removed = write(shared.structure("quote", Quote::new));
            shared.remove("quote");
            assertThrows(NameMissingException.class, () -> read(removed));
            handle = write(shared.structure("quote", Quote::new));
            assertNotNull(read(handle));
            final NameMissingException e = assertThrows(NameMissingException.class, () -> read(removed));
            assertTrue(e.getMessage().contains("newer object"), e.getMessage());
        }
        assertThrows(NameMissingException.class, () -> read(handle));
    }

    @Test
    void shouldHaveNoLockWhenRawAndKeepWhatItWasMadeWith() {
        try (SharedObjects shared = SharedObjects.create(name)) {
            assertThrows(IllegalStateException.class, () -> shared.rawStructure("raw", Quote::new)
                    .lock());
            assertThrows(IllegalStateException.class, () -> shared.structure("raw", Quote::new)
                    .lock());
            shared.structureArray("locked", Quote::new, 2);
            assertNotNull(shared.rawStructureArray("locked", Quote::new, 2).lock());
            assertThrows(IncompatibleLayoutException.class, () -> shared.rawStructureArray("locked", Quote::new, 3));
            assertThrows(IncompatibleLayoutException.class, () -> shared.rawStructure("raw", Inner::new));
            assertEquals(0, shared.rawStructureArray("none", Quote::new, 0).length());
        }
    }

    @Test
    void shouldLetTheHolderIntoTheLockOfStructuresAgain() {
        try (SharedObjects shared = SharedObjects.create(name)) {
            final SharedReentrantLock lock = (SharedReentrantLock)
                    shared.structureArray("quotes", Quote::new, 2).lock();
            lock.lock();
            lock.lock();
            assertEquals(2, lock.holdCount());
            lock.unlock();
            lock.unlock();
            assertFalse(lock.isLocked());
        }
    }
}
