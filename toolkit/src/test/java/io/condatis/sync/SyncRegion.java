package io.condatis.sync;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.UnsafeBuffer;

/** The shared memory of a test: participants, one of each primitive (of barriers several), and a word. */
final class SyncRegion implements AutoCloseable {
    private static final int[] PARTIES = {1, 2, 3, 5};
    private static final int BARRIER_ROOM = 512;
    private static final int NARROW_ROOM = 128;
    private static final int CONDITION_ROOM = 2048;

    private static final int LOCK_OFFSET = Participants.lengthBytes();
    private static final int REENTRANT_OFFSET = LOCK_OFFSET + SharedLock.LENGTH;
    private static final int CONDITION_OFFSET = REENTRANT_OFFSET + SharedReentrantLock.LENGTH;
    private static final int REENTRANT_CONDITION_OFFSET = CONDITION_OFFSET + CONDITION_ROOM;
    private static final int NARROW_OFFSET = REENTRANT_CONDITION_OFFSET + CONDITION_ROOM;
    private static final int BARRIERS_OFFSET = NARROW_OFFSET + NARROW_ROOM;
    private static final int READ_WRITE_OFFSET = BARRIERS_OFFSET + PARTIES.length * BARRIER_ROOM;
    private static final int DOORBELL_OFFSET = READ_WRITE_OFFSET + BARRIER_ROOM;
    private static final int WORD_OFFSET = DOORBELL_OFFSET + Doorbell.LENGTH;
    private static final int LENGTH = WORD_OFFSET + 64;
    private static final int READERS = 4;

    private final Path directory;
    private final UnsafeBuffer memory;
    private final Participants participants;

    private SyncRegion(final Path directory) {
        this.directory = directory;
        this.memory = map(directory.resolve("region"));
        this.participants = Participants.join(memory, 0, directory.resolve("region.live"));
    }

    static SyncRegion create(final Path directory) {
        try {
            Files.write(directory.resolve("region"), new byte[LENGTH]);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        final UnsafeBuffer memory = map(directory.resolve("region"));
        Participants.initialise(memory, 0, directory.resolve("region.live"));
        SharedLock.initialise(memory, LOCK_OFFSET);
        SharedReentrantLock.initialise(memory, REENTRANT_OFFSET);
        SharedCondition.initialise(memory, CONDITION_OFFSET, SharedCondition.DEFAULT_MAX_WAITERS);
        SharedCondition.initialise(memory, REENTRANT_CONDITION_OFFSET, SharedCondition.DEFAULT_MAX_WAITERS);
        SharedCondition.initialise(memory, NARROW_OFFSET, 1);
        for (int i = 0; i < PARTIES.length; i++) {
            SharedBarrier.initialise(memory, BARRIERS_OFFSET + i * BARRIER_ROOM, PARTIES[i]);
        }
        SharedReadWriteLock.initialise(memory, READ_WRITE_OFFSET, READERS);
        return attach(directory);
    }

    static SyncRegion attach(final Path directory) {
        return new SyncRegion(directory);
    }

    Path directory() {
        return directory;
    }

    Participants participants() {
        return participants;
    }

    SharedLock lock() {
        return SharedLock.at(memory, LOCK_OFFSET, participants, "book");
    }

    SharedReentrantLock reentrantLock() {
        return SharedReentrantLock.at(memory, REENTRANT_OFFSET, participants, "tree");
    }

    SharedCondition condition() {
        return SharedCondition.at(memory, CONDITION_OFFSET, participants, lock(), "changed");
    }

    /** Under the same lock, with room for one waiter. */
    SharedCondition narrowCondition() {
        return SharedCondition.at(memory, NARROW_OFFSET, participants, lock(), "narrow");
    }

    SharedCondition reentrantCondition() {
        return SharedCondition.at(memory, REENTRANT_CONDITION_OFFSET, participants, reentrantLock(), "grown");
    }

    /** A barrier for 1, 2, 3 or 5 parties. */
    SharedBarrier barrier(final int parties) {
        int index = 0;
        while (PARTIES[index] != parties) {
            index++;
        }
        return SharedBarrier.at(memory, BARRIERS_OFFSET + index * BARRIER_ROOM, participants, "gate" + parties);
    }

    /** With room for 4 readers. */
    SharedReadWriteLock readWriteLock() {
        return SharedReadWriteLock.at(memory, READ_WRITE_OFFSET, participants, "table");
    }

    Doorbell doorbell() {
        return new Doorbell(memory, DOORBELL_OFFSET);
    }

    long word() {
        return memory.getLongVolatile(WORD_OFFSET);
    }

    void setWord(final long value) {
        memory.putLongVolatile(WORD_OFFSET, value);
    }

    @Override
    public void close() {
        participants.close();
    }

    private static UnsafeBuffer map(final Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH);
            return new UnsafeBuffer(mapped.order(ByteOrder.nativeOrder()));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
