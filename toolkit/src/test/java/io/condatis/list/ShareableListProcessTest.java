package io.condatis.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.internal.os.SharedDirectory;
import io.condatis.memory.NameMissingException;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.LongForm;
import io.condatis.testing.Names;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists that several JVMs use at once, some of which are killed. */
@Timeout(120)
@ExtendWith(LeakCheck.class)
class ShareableListProcessTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final long READ_NS = TimeUnit.SECONDS.toNanos(LongForm.of(2, 10));
    private static final int READS = 10_000_000;
    private static final int ADDITIONS = 20_000;
    private static final int KILLS = 3;

    private static final long ONE = 0x0101010101010101L;
    private static final long TWO = 0x0202020202020202L;
    private static final String FIRST = "a".repeat(100);
    private static final String SECOND = "ż".repeat(53);
    private static final String SHORT = "short";
    private static final Set<Object> TEXTS = Set.of(FIRST, SECOND, SHORT);

    private static final int ROUNDS = LongForm.of(200, 2000);
    private static final List<Object> MADE = Collections.nCopies(1000, "text");

    private final String name = Names.unique();

    private ShareableList make() {
        return ShareableList.create(name, Arrays.asList(ONE, SECOND, 7, false));
    }

    @Test
    void shouldReadOnlyWholeItemsWhenAnotherJvmWrites() {
        try (ShareableList list = make();
                ForkedJvm writer = ForkedJvm.start(Writer.class, name)) {
            writer.awaitLine("writing", DEADLINE);
            final long startNs = System.nanoTime();
            for (int i = 0; i < READS; i++) {
                final long value = list.getLong(0);
                assertTrue(value == ONE || value == TWO, () -> Long.toHexString(value));
            }
            while (System.nanoTime() - startNs < READ_NS) {
                assertWhole(list);
            }
            list.set(3, true);
            assertEquals(0, writer.exitCode(DEADLINE), writer.output());
            list.sharedMemory().unlink();
        }
    }

    private static void assertWhole(final ShareableList list) {
        assertTrue(TEXTS.contains(list.get(1)), () -> "text: " + list.get(1));
        final Object changing = list.get(2);
        final boolean whole = changing == null
                || changing.equals(7L)
                || changing.equals(1.5)
                || changing.equals(true)
                || changing.equals("text");
        assertTrue(whole, () -> "changing: " + changing);
    }

    /** Changes the items for as long as the last one is false. */
    static final class Writer {
        public static void main(final String[] args) {
            final Object[] changing = {7, 1.5, true, "text", null};
            final String[] texts = {FIRST, SECOND, SHORT};
            try (ShareableList list = ShareableList.attach(args[0])) {
                System.out.println("writing");
                for (int i = 0; !(Boolean) list.get(3); i++) {
                    list.setLong(0, (i & 1) == 0 ? ONE : TWO);
                    list.set(1, texts[i % texts.length]);
                    list.set(2, changing[i % changing.length]);
                }
            }
        }
    }

    @Test
    void shouldAttachToNothingOrAWholeListWhenAnotherJvmIsMakingIt() {
        try (ForkedJvm maker = ForkedJvm.start(Maker.class, name)) {
            for (int round = 0; round < ROUNDS; round++) {
                final String list = name + "-" + round;
                maker.send(list);
                try (ShareableList attached = attachSpinning(list)) {
                    assertEquals(MADE, attached.copy());
                    attached.sharedMemory().unlink();
                }
            }
            maker.send("");
            assertEquals(0, maker.exitCode(DEADLINE), maker.output());
        }
    }

    private static ShareableList attachSpinning(final String list) {
        final long startNs = System.nanoTime();
        while (true) {
            try {
                return ShareableList.attach(list);
            } catch (final NameMissingException e) {
                assertTrue(System.nanoTime() - startNs < DEADLINE.toNanos(), "never made");
            }
        }
    }

    /** Makes a list for each line that it reads, up to an empty one. */
    static final class Maker {
        public static void main(final String[] args) throws IOException {
            final BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
            for (String list = in.readLine(); !list.isEmpty(); list = in.readLine()) {
                ShareableList.create(list, MADE).sharedMemory().keep();
            }
        }
    }

    @Test
    void shouldLoseNoAdditionWhenSeveralJvmsAdd() {
        try (ShareableList list = ShareableList.create(name, Arrays.asList(0, 0));
                ForkedJvm one = ForkedJvm.start(Adder.class, name);
                ForkedJvm other = ForkedJvm.start(Adder.class, name)) {
            assertEquals(0, one.exitCode(DEADLINE), one.output());
            assertEquals(0, other.exitCode(DEADLINE), other.output());
            assertEquals(2L * ADDITIONS, list.get(0));
            assertEquals(2L * ADDITIONS, list.get(1));
            list.sharedMemory().unlink();
        }
    }

    /** Adds to one number, and to another by compare-and-set. */
    static final class Adder {
        public static void main(final String[] args) {
            try (ShareableList list = ShareableList.attach(args[0])) {
                for (int i = 0; i < ADDITIONS; i++) {
                    list.getAndAddLong(0, 1);
                    long before = list.getLong(1);
                    while (!list.compareAndSetLong(1, before, before + 1)) {
                        before = list.getLong(1);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"list.noted, false, true", "list.begun, true, false", "list.changed, true, true"})
    void shouldHoldOldOrNewItemWhenWriterIsKilledThere(
            final String point, final boolean changed, final boolean lookFirst) {
        try (ShareableList list = make()) {
            try (ForkedJvm writer = ForkedJvm.of(Changer.class)
                    .args(name)
                    .flags("-Dcondatis.crash=" + point)
                    .start()) {
                assertEquals(137, writer.exitCode(DEADLINE), writer.output());
            }
            if (lookFirst) {
                assertEquals(changed ? FIRST : SECOND, list.get(1));
            }
            list.set(0, 5);
            assertEquals(changed ? FIRST : SECOND, list.get(1));
            assertEquals(changed ? FIRST : SECOND, list.set(1, SHORT));
            assertEquals(Arrays.asList(5L, SHORT, 7L, false), list.copy());
            list.sharedMemory().unlink();
        }
    }

    /** Changes one text. */
    static final class Changer {
        public static void main(final String[] args) {
            try (ShareableList list = ShareableList.attach(args[0])) {
                list.set(1, FIRST);
            }
        }
    }

    @Test
    void shouldStayWholeWhenWritersAreKilledAtRandom() {
        final long seed = System.nanoTime();
        System.out.println("writers are killed with seed " + seed);
        final Random random = new Random(seed);
        try (ShareableList list = make()) {
            for (int i = 0; i < KILLS; i++) {
                try (ForkedJvm writer = ForkedJvm.start(Writer.class, name)) {
                    writer.awaitLine("writing", DEADLINE);
                    final long endNs = System.nanoTime() + random.nextInt(100_000_000);
                    while (System.nanoTime() < endNs) {
                        assertWhole(list);
                    }
                    writer.kill();
                    assertEquals(137, writer.exitCode(DEADLINE), writer.output());
                }
                assertWhole(list);
                list.set(1, SHORT);
                assertEquals(SHORT, list.get(1));
            }
            list.sharedMemory().unlink();
        }
    }

    @Test
    void shouldRemoveListWhenCreatorExitsOrIsTerminated() {
        try (ForkedJvm creator = ForkedJvm.start(Creator.class, name)) {
            creator.awaitLine("made", DEADLINE);
            assertTrue(Files.exists(SharedDirectory.path().resolve(name)));
            creator.signal("TERM");
            assertEquals(143, creator.exitCode(DEADLINE), creator.output());
        }
        assertFalse(Files.exists(SharedDirectory.path().resolve(name)));
    }

    /** Makes and changes a list, then waits to be ended. */
    static final class Creator {
        public static void main(final String[] args) throws Exception {
            final ShareableList list = ShareableList.create(args[0], Arrays.asList(1, "two"));
            list.set(0, "one");
            System.out.println("made");
            System.in.read();
        }
    }
}
