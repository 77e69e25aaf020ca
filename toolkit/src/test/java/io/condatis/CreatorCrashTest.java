package io.condatis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.internal.os.SharedDirectory;
import io.condatis.memory.NameMissingException;
import io.condatis.sync.SharedReentrantLock;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import io.condatis.value.IntValue;
import io.condatis.value.LongArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Acceptance scenario 13: what becomes of shared objects whose creator is killed. */
@Timeout(120)
@ExtendWith(LeakCheck.class)
class CreatorCrashTest {
    private static final Duration DEADLINE = Duration.ofSeconds(40);
    private static final int KILLED = 137;
    private static final int ADDITIONS = 1000;

    private final String name = Names.unique();

    @Test
    @DisplayName("scenario 13: creator crash and cleanup")
    void shouldServeTheAttachedAndVanishWithTheLastOfThem() throws IOException {
        final Set<Path> before = files();
        try (ForkedJvm creator = ForkedJvm.start(Creator.class, name)) {
            creator.awaitLine("created", DEADLINE);
            try (ForkedJvm first = ForkedJvm.start(User.class, name);
                    ForkedJvm second = ForkedJvm.start(User.class, name)) {
                first.awaitLine("attached", DEADLINE);
                second.awaitLine("attached", DEADLINE);

                creator.kill();
                assertEquals(KILLED, creator.exitCode(DEADLINE));

                first.send("go");
                second.send("go");
                first.awaitLine("used", DEADLINE);
                second.awaitLine("used", DEADLINE);
                try (SharedObjects late = SharedObjects.attach(name)) {
                    assertEquals(2L * ADDITIONS, late.longArray("array").get(1));
                    assertEquals(2 * ADDITIONS, ((IntValue) late.value("locked")).get());
                }
                first.send("leave");
                assertEquals(0, first.exitCode(DEADLINE), first.output());
                assertTrue(Files.exists(SharedDirectory.path().resolve(name)), "the second still has it");
                second.kill();
                assertEquals(KILLED, second.exitCode(DEADLINE));
            }
        }
        assertThrows(NameMissingException.class, () -> SharedObjects.attach(name));
        SharedObjects.create(name + "-other").close();
        assertEquals(before, files());
    }

    @Test
    @DisplayName("scenario 13: a reader that only attached and exits never deletes anything")
    void shouldStayWhenAReaderThatOnlyAttachedEndsInAnyWay() {
        try (SharedObjects shared = SharedObjects.create(name)) {
            shared.array("array", 'q', new long[] {0, 0});
            shared.value("locked", 'i', 0);
            for (final boolean kill : new boolean[] {false, true}) {
                try (ForkedJvm reader = ForkedJvm.start(User.class, name)) {
                    reader.awaitLine("attached", DEADLINE);
                    if (kill) {
                        reader.kill();
                    } else {
                        reader.signal("TERM");
                    }
                    assertTrue(reader.exitCode(DEADLINE) > 0);
                }
                SharedObjects.create(name + "-other").close();
                try (SharedObjects late = SharedObjects.attach(name)) {
                    assertEquals(0, late.longArray("array").get(0));
                }
            }
        }
        assertFalse(Files.exists(SharedDirectory.path().resolve(name)));
    }

    private static Set<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(SharedDirectory.path())) {
            return files.filter(file -> file.getFileName().toString().contains("condatis"))
                    .collect(Collectors.toSet());
        }
    }

    /** Makes the objects, holds the lock of one, and waits to be killed. */
    static final class Creator {
        public static void main(final String[] args) throws IOException {
            try (SharedObjects shared = SharedObjects.create(args[0])) {
                shared.array("array", 'q', new long[] {7, 0});
                shared.value("locked", 'i', 0).lock().lock();
                System.out.println("created");
                System.in.read();
            }
        }
    }

    /** Goes on using the objects when told, and leaves when told. */
    static final class User {
        public static void main(final String[] args) throws IOException {
            try (SharedObjects shared = SharedObjects.attach(args[0])) {
                final LongArray array = shared.longArray("array");
                final IntValue locked = shared.value("locked");
                System.out.println("attached");
                System.in.read();
                for (int i = 0; i < ADDITIONS; i++) {
                    array.getAndAdd(1, 1);
                    final SharedReentrantLock lock = (SharedReentrantLock) locked.lock();
                    lock.lock();
                    if (lock.isAbandoned()) {
                        lock.markConsistent();
                    }
                    locked.setPlain(locked.getPlain() + 1);
                    lock.unlock();
                }
                System.out.println("used");
                while (System.in.read() != 'l') {
                    Thread.onSpinWait();
                }
            }
        }
    }
}
