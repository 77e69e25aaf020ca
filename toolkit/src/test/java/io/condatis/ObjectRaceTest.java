package io.condatis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.condatis.memory.NameMissingException;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.LongForm;
import io.condatis.testing.Names;
import io.condatis.value.LongArray;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** One process makes objects and sets of them, another attaches the moment they are there: it sees nothing or all. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@ExtendWith(LeakCheck.class)
class ObjectRaceTest {
    private static final Duration DEADLINE = Duration.ofSeconds(40);
    private static final int ROUNDS = LongForm.of(200, 2000);
    private static final int LENGTH = 5000;
    private static final long[] CONTENT = new long[LENGTH];

    static {
        Arrays.fill(CONTENT, 0x0101010101010101L);
    }

    private final String name = Names.unique();

    @Test
    void shouldSeeNoObjectOrAWholeOneWhenAnotherProcessMakesIt() {
        try (SharedObjects shared = SharedObjects.create(name);
                ForkedJvm attacher = ForkedJvm.start(ObjectAttacher.class, name)) {
            attacher.awaitLine("ready", DEADLINE);
            for (int round = 0; round < ROUNDS; round++) {
                shared.array("array-" + round, 'q', CONTENT);
                attacher.awaitLine("saw " + round + ".", DEADLINE);
                shared.remove("array-" + round);
            }
            assertEquals(0, attacher.exitCode(DEADLINE), attacher.output());
            assertEquals(shared.capacity(), shared.free());
        }
    }

    /** Looks for each array until it is there; every element of it must be set, and its lock usable. */
    static final class ObjectAttacher {
        public static void main(final String[] args) {
            try (SharedObjects shared = SharedObjects.attach(args[0])) {
                System.out.println("ready");
                for (int round = 0; round < ROUNDS; round++) {
                    check(find(shared, "array-" + round));
                    System.out.println("saw " + round + ".");
                }
            }
        }

        private static LongArray find(final SharedObjects shared, final String object) {
            while (true) {
                try {
                    return shared.longArray(object);
                } catch (final NameMissingException e) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    private static void check(final LongArray array) {
        if (!Arrays.equals(CONTENT, array.toArray())) {
            throw new AssertionError("half an array");
        }
        array.lock().lock();
        array.lock().unlock();
    }

    @Test
    void shouldSeeNoSetOrAWholeOneWhenAnotherProcessMakesIt() {
        try (ForkedJvm attacher = ForkedJvm.start(SetAttacher.class, name)) {
            attacher.awaitLine("ready", DEADLINE);
            for (int round = 0; round < ROUNDS; round++) {
                try (SharedObjects shared = SharedObjects.create(name + "-" + round, 64 * 1024)) {
                    shared.array("array", 'q', CONTENT);
                    attacher.awaitLine("saw " + round + ".", DEADLINE);
                }
            }
            assertEquals(0, attacher.exitCode(DEADLINE), attacher.output());
        }
    }

    /** Attaches to each set the moment it is there. */
    static final class SetAttacher {
        public static void main(final String[] args) {
            System.out.println("ready");
            for (int round = 0; round < ROUNDS; round++) {
                try (SharedObjects shared = attach(args[0] + "-" + round)) {
                    check(ObjectAttacher.find(shared, "array"));
                    System.out.println("saw " + round + ".");
                }
            }
        }

        private static SharedObjects attach(final String set) {
            while (true) {
                try {
                    return SharedObjects.attach(set);
                } catch (final NameMissingException e) {
                    Thread.onSpinWait();
                }
            }
        }
    }
}
