package io.condatis.sync;

import io.condatis.internal.os.LivenessFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** Off-heap memory for the states of stress tests, and this JVM as its one participant. */
public final class StressMemory {
    /** Bytes of the place that each state gets. */
    public static final int PLACE = 1024;

    private static final int PLACES = 1 << 15;
    private static final int ALIGNMENT = 64;
    private static final UnsafeBuffer BUFFER =
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(Participants.lengthBytes() + PLACES * PLACE, ALIGNMENT));
    private static final Participants PARTICIPANTS = join();
    private static final AtomicInteger NEXT = new AtomicInteger();

    private StressMemory() {}

    /** {@return the memory of all places} */
    public static UnsafeBuffer buffer() {
        return BUFFER;
    }

    static Participants participants() {
        return PARTICIPANTS;
    }

    /** {@return the offset of a place of zeros that no other state uses} */
    public static int place() {
        final int offset = Participants.lengthBytes() + (NEXT.getAndIncrement() & PLACES - 1) * PLACE;
        BUFFER.setMemory(offset, PLACE, (byte) 0);
        return offset;
    }

    private static Participants join() {
        try {
            final Path liveness = Files.createTempDirectory("condatis-jcstress").resolve("live");
            LivenessFile.create(liveness).close();
            Participants.initialise(BUFFER, 0);
            final Participants participants = Participants.join(BUFFER, 0, liveness);
            Files.delete(liveness);
            Files.delete(liveness.getParent());
            return participants;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
