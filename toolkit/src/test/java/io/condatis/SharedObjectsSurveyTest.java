package io.condatis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.internal.os.SharedDirectory;
import io.condatis.list.ListSurvey;
import io.condatis.list.ShareableList;
import io.condatis.memory.ArenaSurvey;
import io.condatis.memory.SharedMemory;
import io.condatis.structure.IntField;
import io.condatis.structure.Structure;
import io.condatis.sync.PrimitiveState;
import io.condatis.sync.SharedCondition;
import io.condatis.sync.SharedLock;
import io.condatis.testing.Await;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What surveys see of sets and lists, whole ones and any garbage, without leaving a trace. */
@Timeout(120)
@ExtendWith(LeakCheck.class)
class SharedObjectsSurveyTest {
    private static final int ROUNDS = 300;

    private final String name = Names.unique();

    @TempDir
    private Path temporary;

    /** A structure of one field. */
    static final class Point extends Structure {
        final IntField x = intField();
    }

    @Test
    void shouldSeeValuesAndTheirLocks() throws IOException {
        try (SharedObjects shared = SharedObjects.create(name)) {
            shared.value("locked", 'i', -7).lock().lock();
            shared.doubleArray("long", 1_000).set(2, 0.5);
            shared.array("text", 'c', "abc".getBytes());
            shared.structure("point", Point::new).x.set(258);
            shared.snapshot("view", Point::new);
            final Map<String, ObjectState> states = survey();
            assertEquals("-7", states.get("locked").value());
            assertTrue(states.get("locked").lock().state().startsWith("locked"));
            assertTrue(states.get("long").value().startsWith("[0.0, 0.0, 0.5, "));
            assertTrue(states.get("long").value().endsWith(", ...]"));
            assertEquals("'abc'", states.get("text").value());
            assertTrue(states.get("point").value().startsWith("02 01 00 00"));
            assertNotNull(states.get("point").lock());
            assertEquals(0, states.get("view").version());
            shared.value("locked", 'i', 0).lock().unlock();
        }
    }

    @Test
    void shouldSeeHoldersAndWaiters() throws Exception {
        try (SharedObjects shared = SharedObjects.create(name)) {
            final SharedLock lock = shared.lock("lock");
            final SharedCondition condition = shared.condition("condition", lock);
            final Thread waiter = new Thread(() -> {
                lock.lock();
                condition.awaitUninterruptibly();
                lock.unlock();
            });
            waiter.start();
            Await.until("it waits", () -> condition.toString().contains("waiters=1"));
            lock.lock();
            shared.semaphore("semaphore", 2, 3).acquire();
            shared.event("event").set();
            shared.readWriteLock("book").readLock().lock();
            shared.barrier("barrier", 3);
            final Map<String, ObjectState> states = survey();
            final PrimitiveState held = states.get("lock").lock();
            assertEquals(ProcessHandle.current().pid(), held.holders().get(0).pid());
            assertTrue(held.holders().get(0).alive());
            assertFalse(held.abandoned());
            assertEquals(1, states.get("condition").lock().waiters().size());
            assertEquals("1 of 2 permits free", states.get("semaphore").lock().state());
            assertEquals("set, was set 1 times", states.get("event").lock().state());
            assertEquals("read by 1", states.get("book").lock().state());
            assertEquals(
                    "0 of 3 wait, generation 0", states.get("barrier").lock().state());
            condition.signal();
            lock.unlock();
            waiter.join();
            shared.readWriteLock("book").readLock().unlock();
        }
    }

    @Test
    void shouldChangeNothing() throws IOException {
        try (SharedObjects shared = SharedObjects.create(name)) {
            shared.value("value", 'q', 1);
            final byte[] before = Files.readAllBytes(file());
            survey();
            assertArrayEquals(before, Files.readAllBytes(file()));
        }
    }

    @Test
    void shouldNotTakeOneThingForAnother() throws IOException {
        try (SharedMemory zeros = SharedMemory.create(name, 4_096)) {
            assertNull(ArenaSurvey.open(file()));
            assertNull(ListSurvey.open(file()));
            zeros.buffer().putLong(0, 3);
            assertNull(ListSurvey.open(file()));
            final Random random = new Random(1);
            for (int i = 0; i < ROUNDS; i++) {
                final byte[] noise = new byte[zeros.size()];
                random.nextBytes(noise);
                Arrays.fill(noise, 1, 8, (byte) 0); // a plausible number of items
                zeros.buffer().putBytes(0, noise);
                assertNull(ListSurvey.open(file()));
            }
            zeros.unlink();
        }
        try (ShareableList list = ShareableList.create(name, List.of(1, "two"))) {
            assertNull(ArenaSurvey.open(file()));
            try (ListSurvey survey = ListSurvey.open(file())) {
                assertEquals(2, survey.size());
                assertEquals("two", survey.get(1));
            }
            list.sharedMemory().unlink();
        }
    }

    @Test
    void shouldReportGarbageInASetAndNeverFail() throws IOException {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        try (SharedObjects shared = SharedObjects.create(name)) {
            shared.value("value", 'd', 1).lock().lock();
            shared.intArray("array", 10);
            shared.lock("lock").lock();
            shared.semaphore("semaphore", 2, 3);
            shared.event("event");
            shared.barrier("barrier", 3);
            shared.readWriteLock("book");
            shared.condition("condition", shared.lock("lock"));
            shared.snapshot("view", Point::new);
            final byte[] whole = Files.readAllBytes(file());
            final Path copy = temporary.resolve("copy");
            for (int i = 0; i < ROUNDS; i++) {
                final byte[] bytes = i % 4 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
                garble(bytes, random);
                Files.write(copy, bytes);
                try (ArenaSurvey arena = ArenaSurvey.open(copy)) {
                    if (arena != null) {
                        arena.members();
                        new SharedObjectsSurvey(arena).objects();
                    }
                }
            }
            shared.value("value", 'd', 1).lock().unlock();
            shared.lock("lock").unlock();
        }
    }

    /** The directory and the first records, or the participants; not the magic, or there would be nothing to test. */
    private static void garble(final byte[] bytes, final Random random) {
        final boolean directory = random.nextBoolean();
        for (int i = 0; i < 60 && bytes.length > 64; i++) {
            final int place = directory ? 16_768 + random.nextInt(14_000) : 8 + random.nextInt(48_000);
            if (place < bytes.length) {
                bytes[place] = (byte) random.nextInt();
            }
        }
    }

    @Test
    void shouldReportGarbageInAListAndNeverFail() throws IOException {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        try (ShareableList list = ShareableList.create(name, Arrays.asList(1, "two", 3.5, null, new byte[20]))) {
            final byte[] whole = Files.readAllBytes(file());
            final Path copy = temporary.resolve("copy");
            for (int i = 0; i < ROUNDS; i++) {
                final byte[] bytes = whole.clone();
                for (int j = 0; j < 1 + i % 8; j++) {
                    bytes[random.nextInt(300)] = (byte) random.nextInt();
                }
                Files.write(copy, bytes);
                try (ListSurvey survey = ListSurvey.open(copy)) {
                    for (int j = 0; survey != null && j < survey.size(); j++) {
                        survey.get(j);
                    }
                }
            }
            list.sharedMemory().unlink();
        }
    }

    private Map<String, ObjectState> survey() throws IOException {
        final Map<String, ObjectState> states = new HashMap<>();
        try (ArenaSurvey arena = ArenaSurvey.open(file())) {
            assertNull(arena.fault());
            assertTrue(arena.isCreatorAlive());
            new SharedObjectsSurvey(arena).objects().forEach(state -> states.put(state.name(), state));
        }
        states.values().forEach(state -> assertNull(state.fault(), state::toString));
        return states;
    }

    private Path file() {
        return SharedDirectory.resolve(name);
    }
}
