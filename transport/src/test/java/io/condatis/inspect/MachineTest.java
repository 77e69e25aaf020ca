package io.condatis.inspect;

import static io.condatis.inspect.Run.named;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import io.condatis.testing.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** All commands on one machine with all that there can be: what lives, what died, what is another's. */
@Timeout(120)
@ExtendWith(LeakCheck.class)
class MachineTest {
    private static final String PYTHON =
            """
            import os
            made = shared_memory.ShareableList([1, 'two'], name=args[0])
            os.rename('/dev/shm/' + args[0], args[1])
            print('ready')
            sys.stdin.readline()
            made.shm.close()
            os.rename(args[1], '/dev/shm/' + args[0])
            made.shm.unlink()
            """;

    private Path directory;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = Files.createDirectory(Path.of("/dev/shm", Names.unique()));
    }

    @AfterEach
    void removeDirectory() {
        IoUtil.delete(directory.toFile(), false);
    }

    @Test
    void shouldBeShownAsItIsAndLoseOnlyWhatIsDead() throws IOException {
        assumeTrue(Python.isThere(), "no CPython here");
        final Path list = directory.resolve("pylist");
        try (ForkedJvm desk = launch("desk", "desk");
                ForkedJvm other = launch("desk", "other");
                ForkedJvm manager = launch("manager", "venue");
                ForkedJvm killed = launch("desk", "killed");
                ForkedJvm driver =
                        launch("driver", directory.resolve("aeron-old").toString());
                Python python = Python.start(Python.interpreters().get(0), PYTHON, Names.unique(), list.toString())) {
            for (final ForkedJvm peer : List.of(desk, other, manager, killed, driver)) {
                peer.awaitLine("ready", Await.DEADLINE);
            }
            assertEquals("ready", python.readLine());
            killed.kill();
            driver.kill();
            killed.exitCode(Await.DEADLINE);
            driver.exitCode(Await.DEADLINE);
            Files.writeString(directory.resolve("foreign.txt"), "hello");

            assertStates("desk live", "other live", "venue live", "killed stale", "pylist live", "foreign.txt foreign");
            assertTrue(run(new LsCommand()).out().lines().noneMatch(line -> line.startsWith("foreign.txt")));
            assertOwner(desk);
            assertDumps(desk);
            assertTop();
            final Run doctor = run(new DoctorCommand());
            assertTrue(doctor.out().contains("rm -r " + directory.resolve("aeron-old")), doctor.out());

            final Run gc = run(new GcCommand());
            assertEquals(ExitCode.FINE, gc.exitCode(), gc::out);
            assertTrue(gc.out().contains("removed: objects 'killed'"), gc.out());
            assertStates(
                    "desk live", "other live", "venue live", "pylist live", "foreign.txt foreign", "aeron-old foreign");
            assertTrue(Files.notExists(directory.resolve("killed")));
            desk.send("");
            desk.awaitLine("visits 42", Await.DEADLINE);
            manager.send("");
            assertEquals(0, manager.exitCode(Await.DEADLINE));
            python.send("");
            assertEquals(0, python.exitCode());
        }
    }

    private void assertStates(final String... expected) {
        final JsonElement resources =
                run(new LsCommand(), "--all", "--format", "json").json().get("resources");
        for (final String nameAndState : expected) {
            final String[] parts = nameAndState.split(" ");
            final JsonObject resource = named(resources, parts[0]);
            assertEquals(parts[1], resource.get("state").getAsString(), resource::toString);
        }
    }

    private void assertOwner(final ForkedJvm desk) {
        final Run ls = run(new LsCommand(), "--format", "json");
        assertEquals(ExitCode.FINDINGS, ls.exitCode());
        final JsonObject resource = named(ls.json().get("resources"), "desk");
        assertEquals("objects", resource.get("kind").getAsString());
        assertEquals(desk.pid(), resource.get("creatorPid").getAsLong());
        assertEquals("[" + desk.pid() + "]", resource.get("processes").toString());
    }

    private void assertDumps(final ForkedJvm desk) {
        final String objects = run(new DumpCommand(), "desk").out();
        assertTrue(objects.contains("visits: value 'q' = 41"), objects);
        assertTrue(objects.contains("held by pid " + desk.pid() + " thread 1 (process since 20"), objects);
        final String dead = run(new DumpCommand(), "killed").out();
        assertTrue(dead.contains(" (dead)"), dead);
        final String items = run(new DumpCommand(), "pylist").out();
        assertTrue(items.contains("[1] String = two"), items);
        Await.until("the queue is counted", () -> run(new DumpCommand(), "venue")
                .out()
                .contains("queue 'work': depth 1, in hand 0, takers 0, putters 0, put 1, done 0"));
        assertTrue(run(new DumpCommand(), "venue").out().contains("  sessions: 1"));
    }

    private void assertTop() {
        final Run top = run(new TopCommand(), "--once");
        assertEquals(ExitCode.FINDINGS, top.exitCode());
        final List<String> lines = top.out().lines().toList();
        assertTrue(lines.stream().allMatch(line -> Text.width(line) <= 80), top::out);
        for (final String start : List.of("killed", "desk/gate", "venue ", "venue/work  ")) {
            assertTrue(lines.stream().anyMatch(line -> line.startsWith(start)), () -> start + "\n" + top.out());
        }
        final JsonObject queue = Run.where(
                        run(new TopCommand(), "--once", "--format", "json")
                                .json()
                                .get("queues"),
                        "queue",
                        "work")
                .get(0);
        assertEquals("venue", queue.get("manager").getAsString());
        assertEquals(1, queue.get("depth").getAsLong());
        assertTrue(queue.get("lagSeconds").isJsonNull(), "nobody takes");
    }

    private ForkedJvm launch(final String program, final String name) {
        return ForkedJvm.of(InspectPeer.class)
                .flags("-Dcondatis.dir=" + directory)
                .args(program, name)
                .start();
    }

    private Run run(final Object command, final String... args) {
        return Run.of(
                command,
                Stream.concat(Stream.of(args), Stream.of("--dir", directory.toString()))
                        .toArray(String[]::new));
    }
}
