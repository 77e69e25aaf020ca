package io.condatis.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.SharedObjects;
import io.condatis.internal.os.CrashPoint;
import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import io.condatis.value.CType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers of a snapshot see whole versions, whatever happens to its writers. */
@Timeout(90)
@ExtendWith(LeakCheck.class)
class SnapshotTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final String SEED = "condatis.test.seed";
    private static final int WRITERS = 2;
    private static final int READS = 20_000;
    private static final int LAPS = 50;

    /** Words that are all the same in every version. */
    static final class Words extends Structure {
        static final int COUNT = 24;

        final LongField words = longField(CType.LONG_LONG, COUNT);

        void setAll(final long value, final String point) {
            for (int i = 0; i < COUNT; i++) {
                words.set(i, value);
                if (CrashPoint.ON) {
                    CrashPoint.reached(point);
                }
            }
        }

        /** {@return the value of all words, or -1} */
        long value() {
            final long first = words.get(0);
            for (int i = 1; i < COUNT; i++) {
                if (words.get(i) != first) {
                    return -1;
                }
            }
            return first;
        }
    }

    @Test
    void shouldShowNothingBeforeItIsPublished() {
        final UnsafeBuffer memory = new UnsafeBuffer(BufferUtil.allocateDirectAligned(1024, 64));
        final Snapshot<Words> writer = Snapshot.at(memory, 0, Words::new);
        final Snapshot<Words> reader = writer.another();
        assertThrows(IllegalStateException.class, writer::publish);
        for (long version = 1; version < 5; version++) {
            writer.edit().setAll(version, "");
            assertEquals(version - 1, reader.read().value());
            writer.publish();
            assertEquals(version, reader.read().value());
            assertEquals(version, reader.version());
        }
        final IllegalStateException thrown = new IllegalStateException("in the change");
        assertEquals(
                thrown,
                assertThrows(
                        IllegalStateException.class,
                        () -> writer.write(words -> {
                            words.setAll(9, "");
                            throw thrown;
                        })));
        assertEquals(4, reader.read().value());
        writer.write(words -> words.words.set(0, 7));
        assertEquals(4, reader.read().words.get(1), "fields that are not set keep their value");
        assertEquals(7, reader.read().words.get(0));
    }

    /** Writers that kill themselves at a point, or write until they are killed. */
    static final class Writer {
        public static void main(final String[] args) {
            try (SharedObjects shared = SharedObjects.attach(args[0])) {
                final Snapshot<Words> snapshot = shared.snapshot("words", Words::new);
                final int rounds = Integer.parseInt(args[1]);
                System.out.println("writing");
                for (int i = 0; i < rounds; i++) {
                    snapshot.write(words -> words.setAll(words.words.get(0) + 1, "snapshot.word"));
                }
                System.out.println("written");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lock.acquired:3",
                "snapshot.copied:2",
                "snapshot.word:25",
                "snapshot.word:26",
                "snapshot.word:36",
                "snapshot.word:47",
                "snapshot.word:48",
                "snapshot.filled:2",
                "snapshot.published:2"
            })
    void shouldReadTheLastWholeVersionWhenWriterDiesAt(final String point) {
        final String name = Names.unique();
        try (SharedObjects shared = SharedObjects.create(name)) {
            final Snapshot<Words> snapshot = shared.snapshot("words", Words::new);
            try (ForkedJvm writer = ForkedJvm.of(Writer.class)
                    .flags("-D" + CrashPoint.PROPERTY + "=" + point)
                    .args(name, "5")
                    .start()) {
                assertEquals(128 + 9, writer.exitCode(DEADLINE), writer.output());
            }
            final long expected = point.startsWith("snapshot.published") ? 2 : 1;
            assertEquals(expected, snapshot.read().value());
            snapshot.write(words -> words.setAll(words.words.get(0) + 1, ""));
            assertEquals(expected + 1, snapshot.read().value());
        }
    }

    @Test
    void shouldDieAtEveryWordWithoutHarm() {
        final UnsafeBuffer memory = new UnsafeBuffer(BufferUtil.allocateDirectAligned(1024, 64));
        final Snapshot<Words> reader = Snapshot.at(memory, 0, Words::new);
        for (int dieAt = 0; dieAt <= Words.COUNT; dieAt++) {
            final long before = reader.read().value();
            final Words draft = reader.another().edit(); // its object dies here, the memory is as a kill leaves it
            for (int i = 0; i < dieAt; i++) {
                draft.words.set(i, -5);
            }
            assertEquals(before, reader.read().value());
            reader.another().write(words -> words.setAll(before + 1, ""));
            assertEquals(before + 1, reader.read().value());
        }
    }

    /** So many words that nearly all of a reader's time goes into copying them: there it meets the writer, or is preempted. */
    static final class ManyWords extends Structure {
        static final int COUNT = 8_192;
        static final int STEP = 512;

        final LongField words = longField(CType.LONG_LONG, COUNT);

        void setAll(final long value) {
            for (int i = 0; i < COUNT; i++) {
                words.set(i, value);
            }
        }

        void assertWhole() {
            final long first = words.get(0);
            for (int i = STEP - 1; i < COUNT; i += STEP) {
                assertEquals(first, words.get(i), "torn at " + i);
            }
        }
    }

    @Test
    void shouldNotBeTornWhenTheWriterLapsTheReader() throws Exception {
        final int length = Snapshot.lengthBytes(new ManyWords());
        final UnsafeBuffer memory = new UnsafeBuffer(BufferUtil.allocateDirectAligned(length, 64));
        final Snapshot<ManyWords> reader = Snapshot.at(memory, 0, ManyWords::new);
        final AtomicBoolean enough = new AtomicBoolean();
        final FutureTask<Void> writing = new FutureTask<>(
                () -> {
                    final Snapshot<ManyWords> writer = reader.another();
                    for (long version = 1; !enough.get(); version++) {
                        final long value = version;
                        writer.write(words -> words.setAll(value));
                    }
                },
                null);
        new Thread(writing).start();
        try {
            int lapped = 0;
            for (int reads = 0; reads < READS || lapped < LAPS; reads++) {
                final long before = reader.version();
                reader.read().assertWhole();
                if (reader.version() - before >= 2) {
                    lapped++; // what was read first may have been written over since
                }
            }
        } finally {
            enough.set(true);
            writing.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldNeverBeTornNorBlockReadersWhenWritersAreKilledAtRandom() throws Exception {
        final long seed = Long.getLong(SEED, System.nanoTime());
        System.out.println("SnapshotTest: -D" + SEED + "=" + seed);
        final Random random = new Random(seed);
        final String name = Names.unique();
        final List<ForkedJvm> writers = new ArrayList<>();
        try (SharedObjects shared = SharedObjects.create(name)) {
            final Snapshot<Words> snapshot = shared.snapshot("words", Words::new);
            final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(4);
            long reads = 0;
            long newest = 0;
            int kills = 0;
            while (System.nanoTime() < endNs || kills < 3) {
                while (writers.size() < WRITERS) {
                    writers.add(ForkedJvm.start(Writer.class, name, Integer.toString(Integer.MAX_VALUE)));
                }
                final long before = newest;
                writers.forEach(writer -> writer.awaitLine("writing", DEADLINE));
                Await.until("somebody writes", () -> snapshot.version() > before);
                final long killNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(150));
                while (System.nanoTime() < killNs) {
                    final long value = snapshot.read().value();
                    assertTrue(value >= newest, "torn or old: " + value + " after " + newest + ", seed " + seed);
                    newest = value;
                    reads++;
                }
                final ForkedJvm killed = writers.remove(random.nextInt(writers.size()));
                killed.kill();
                killed.close();
                assertTrue(snapshot.read().value() >= newest, "seed " + seed);
                kills++;
            }
            System.out.println("SnapshotTest: " + kills + " kills, " + reads + " reads, version " + newest);
        } finally {
            writers.forEach(ForkedJvm::close);
        }
    }
}
