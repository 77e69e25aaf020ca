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

/**
 * The shared memory of a lock test: participants, one lock, and the state that the lock protects. The state is right when
 * both counters are equal and nobody is inside; whoever finds it otherwise counts a violation.
 */
final class LockRegion implements AutoCloseable {
    private static final int LOCK_OFFSET = Participants.lengthBytes();
    private static final int FIRST_OFFSET = LOCK_OFFSET + SharedLock.LENGTH;
    private static final int SECOND_OFFSET = FIRST_OFFSET + 64;
    private static final int INSIDE_OFFSET = SECOND_OFFSET + 64;
    private static final int VIOLATIONS_OFFSET = INSIDE_OFFSET + 64;
    private static final int ABANDONED_OFFSET = VIOLATIONS_OFFSET + 64;

    /** 256 bytes for whatever else a test needs. */
    static final int SPARE_OFFSET = ABANDONED_OFFSET + 64;

    private static final int LENGTH = SPARE_OFFSET + 256;

    private final Path file;
    private final Path liveness;
    private final UnsafeBuffer memory;
    private final Participants participants;
    private final SharedLock lock;

    private LockRegion(final Path directory, final UnsafeBuffer memory) {
        this.file = directory.resolve("region");
        this.liveness = directory.resolve("region.live");
        this.memory = memory;
        this.participants = Participants.join(memory, 0, liveness);
        this.lock = SharedLock.at(memory, LOCK_OFFSET, participants, "book");
    }

    static LockRegion create(final Path directory) {
        try {
            Files.write(directory.resolve("region"), new byte[LENGTH]);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        final UnsafeBuffer memory = map(directory.resolve("region"));
        Participants.initialise(memory, 0, directory.resolve("region.live"));
        SharedLock.initialise(memory, LOCK_OFFSET);
        return new LockRegion(directory, memory);
    }

    static LockRegion attach(final Path directory) {
        return new LockRegion(directory, map(directory.resolve("region")));
    }

    SharedLock lock() {
        return lock;
    }

    Participants participants() {
        return participants;
    }

    UnsafeBuffer memory() {
        return memory;
    }

    Path liveness() {
        return liveness;
    }

    /** Another process as far as the lock is concerned. */
    LockRegion joinAgain() {
        return attach(file.getParent());
    }

    SharedLock lockSeenBy(final Participants others) {
        return SharedLock.at(memory, LOCK_OFFSET, others, "book");
    }

    /** One pass through the section, repairing first what a dead owner has left. */
    void count(final Runnable between) {
        try (Hold held = lock.hold()) {
            final long me = 1L + participants.slot();
            if (held.abandoned()) {
                memory.getAndAddLong(ABANDONED_OFFSET, 1);
                memory.putLong(SECOND_OFFSET, memory.getLong(FIRST_OFFSET));
                lock.markConsistent();
            } else if (memory.getLong(FIRST_OFFSET) != memory.getLong(SECOND_OFFSET)
                    || memory.getLong(INSIDE_OFFSET) != 0) {
                violation();
            }
            memory.putLong(INSIDE_OFFSET, me);
            memory.putLong(FIRST_OFFSET, memory.getLong(FIRST_OFFSET) + 1);
            between.run();
            memory.putLong(SECOND_OFFSET, memory.getLong(SECOND_OFFSET) + 1);
            if (memory.getLong(INSIDE_OFFSET) != me) {
                violation();
            }
            memory.putLong(INSIDE_OFFSET, 0);
        }
    }

    long counted() {
        return memory.getLongVolatile(FIRST_OFFSET);
    }

    long violations() {
        return memory.getLongVolatile(VIOLATIONS_OFFSET);
    }

    /** How many owners found the lock abandoned. */
    long abandoned() {
        return memory.getLongVolatile(ABANDONED_OFFSET);
    }

    @Override
    public void close() {
        participants.close();
    }

    private void violation() {
        memory.getAndAddLong(VIOLATIONS_OFFSET, 1);
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
