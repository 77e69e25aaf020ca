package io.condatis.inspect;

import static io.condatis.inspect.Run.named;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A machine with live and killed programs, in a directory of its own. */
@Timeout(180)
@ExtendWith(LeakCheck.class)
class InspectorTest {
    private Path directory;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = Files.createDirectory(Path.of("/dev/shm", Names.unique()));
    }

    @AfterEach
    void removeDirectory() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Test
    void shouldRemoveOnlyTheDead() throws IOException {
        try (ForkedJvm live = start("desk", "live");
                ForkedJvm list = start("list", "kept");
                ForkedJvm killed = start("desk", "killed");
                ForkedJvm killedList = start("list", "left")) {
            kill(killed);
            kill(killedList);
            Files.writeString(directory.resolve("foreign.txt"), "hello");
            final Map<Path, Long> before = sizes();
            final Run dryRun = run(new GcCommand(), "--dry-run");
            assertEquals(ExitCode.FINDINGS, dryRun.exitCode());
            assertTrue(dryRun.out().contains("would be removed: objects 'killed'"), dryRun.out());
            assertEquals(before, sizes());
            final Run gc = run(new GcCommand(), "--format", "json");
            assertEquals(ExitCode.FINE, gc.exitCode(), gc::out);
            assertEquals(
                    "removed",
                    named(gc.json().get("stale"), "killed").get("outcome").getAsString());
            assertFalse(Files.exists(directory.resolve("killed")));
            assertFalse(Files.exists(directory.resolve("left")), "a list goes with its creator");
            assertTrue(Files.exists(directory.resolve("left-block")), "its creator said keep()");
            assertTrue(Files.exists(directory.resolve("kept")), "its creator lives");
            assertTrue(Files.exists(directory.resolve("foreign.txt")));
            assertEquals(ExitCode.FINE, run(new LsCommand()).exitCode());
            live.send("");
            live.awaitLine("visits 42", Await.DEADLINE);
            list.send("");
            assertEquals(0, list.exitCode(Await.DEADLINE));
        }
    }

    @Test
    void shouldShowValuesHoldersAndWaitersAndLeaveNoTrace() throws IOException {
        try (ForkedJvm live = start("desk", "live")) {
            final Run dump = run(new DumpCommand(), "live", "--format", "json", "--watch", "0.1");
            assertEquals(ExitCode.FINE, dump.exitCode(), dump::err);
            final JsonElement objects = dump.json()
                    .get("found")
                    .getAsJsonArray()
                    .get(0)
                    .getAsJsonObject()
                    .get("objects");
            assertEquals("41", named(objects, "visits").get("value").getAsString());
            final JsonObject gate = named(objects, "gate").getAsJsonObject("lock");
            final JsonObject holder = gate.getAsJsonArray("holders").get(0).getAsJsonObject();
            assertEquals(live.pid(), holder.get("pid").getAsLong());
            assertTrue(holder.get("alive").getAsBoolean());
            assertTrue(holder.get("seenForMs").getAsLong() >= 50, holder::toString);
            assertTrue(gate.get("anyoneWaiting").getAsBoolean());
            // The waiter itself changes the lock's word while it settles; who looks never may.
            Await.until("looking leaves every byte as it is", () -> {
                final byte[] before = bytes("live");
                run(new DumpCommand(), "live", "--format", "json");
                run(new LsCommand());
                run(new TopCommand(), "--once");
                return Arrays.equals(before, bytes("live"));
            });
            assertEquals(2, sizes().size(), "the set and its liveness file");
        }
    }

    @Test
    void shouldSayWhoDiedWithALock() throws IOException {
        try (ForkedJvm killed = start("desk", "killed")) {
            kill(killed);
            final Run dump = run(new DumpCommand(), "killed");
            assertEquals(ExitCode.FINDINGS, dump.exitCode());
            assertTrue(dump.out().contains("held by pid " + killed.pid() + " thread 1 (dead)"), dump.out());
            assertTrue(dump.out().contains("died in it: pid " + killed.pid()), dump.out());
        }
    }

    @Test
    void shouldShowListsAndBlocks() throws IOException {
        try (ForkedJvm peer = start("list", "prices")) {
            final Run dump = run(new DumpCommand(), "prices", "--limit", "2");
            assertEquals(ExitCode.FINE, dump.exitCode(), dump::err);
            assertTrue(dump.out().contains("items: 5, made by a JVM"), dump.out());
            assertTrue(dump.out().contains("[1] String = TWO"), dump.out());
            assertTrue(dump.out().contains("used by: pid " + peer.pid()), dump.out());
            assertFalse(dump.out().contains("[2]"), dump.out());
            final Run block = run(new DumpCommand(), "prices-block");
            assertTrue(block.out().contains("72 61 77 20 62 79 74 65 73"), block.out());
            assertTrue(block.out().contains("|raw bytes......."), block.out());
            peer.send("");
            assertEquals(0, peer.exitCode(Await.DEADLINE));
        }
    }

    @Test
    void shouldShowAManagerAndRemoveAKilledOne() throws IOException {
        try (ForkedJvm peer = start("manager", "desk")) {
            final long server =
                    Long.parseLong(peer.awaitLine("ready", Await.DEADLINE).split(" ")[1]);
            final JsonObject manager =
                    named(run(new LsCommand(), "--format", "json").json().get("resources"), "desk");
            assertEquals("manager", manager.get("kind").getAsString());
            assertEquals("live", manager.get("state").getAsString());
            assertEquals(server, manager.get("creatorPid").getAsLong());
            assertTrue(run(new DumpCommand(), "desk").out().contains("only its clients can ask"));
            final Run dump = run(new DumpCommand(), "desk", "--connect", "--format", "json");
            final JsonObject found = dump.json().getAsJsonArray("found").get(0).getAsJsonObject();
            assertEquals(
                    "dict", named(found.get("objects"), "prices").get("type").getAsString());
            ProcessHandle.of(server).orElseThrow().destroyForcibly();
            kill(peer);
            Await.until("the server is dead", () -> run(new LsCommand()).out().contains("  stale"));
        }
        final Run gc = run(new GcCommand());
        assertEquals(ExitCode.FINE, gc.exitCode(), gc::out);
        assertTrue(gc.out().contains("removed: manager 'desk'"), gc.out());
        assertEquals(Map.of(), sizes());
    }

    @Test
    void shouldTellABlockThatIsBeingBuiltFromOneThatNeverWillBe() throws IOException {
        final Path building = directory.resolve(".condatis-00000000000000aa.new");
        final Path abandoned = Files.write(directory.resolve(".condatis-00000000000000bb.new"), new byte[100]);
        try (FileChannel builder =
                FileChannel.open(building, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            assertTrue(builder.lock().isValid());
            final JsonElement resources =
                    run(new LsCommand(), "--format", "json").json().get("resources");
            assertEquals("live", stateOf(resources, building));
            assertEquals("stale", stateOf(resources, abandoned));
        }
        try (ForkedJvm peer = start("desk", "sweeps")) {
            assertTrue(peer.isAlive());
            assertFalse(Files.exists(abandoned), "every creation sweeps");
        }
    }

    private static String stateOf(final JsonElement resources, final Path file) {
        return named(resources, file.getFileName().toString()).get("state").getAsString();
    }

    @Test
    void shouldReportTheDirectoryOfADriverThatDied() throws IOException {
        final Path path = directory.resolve("aeron-test");
        try (ForkedJvm driver = start("driver", path.toString())) {
            assertEquals(
                    "foreign",
                    named(
                                    run(new LsCommand(), "--all", "--format", "json")
                                            .json()
                                            .get("resources"),
                                    "aeron-test")
                            .get("state")
                            .getAsString());
            assertFalse(run(new DoctorCommand()).out().contains("that does not run here"));
            kill(driver);
        }
        final Run doctor = run(new DoctorCommand(), "--format", "json");
        assertEquals(ExitCode.FINDINGS, doctor.exitCode());
        final JsonObject finding =
                Run.where(doctor.json().get("findings"), "subject", "drivers").get(0);
        assertEquals("problem", finding.get("level").getAsString());
        assertTrue(finding.get("remedy").getAsString().contains("rm -r " + path), finding::toString);
        run(new GcCommand());
        assertTrue(Files.exists(path.resolve("cnc.dat")), "a process id is no proof: gc leaves it");
    }

    @Test
    void shouldKnowWhatCpythonMade() throws IOException {
        assumeTrue(Python.isThere(), "no CPython here");
        final String name = Names.unique();
        final String script =
                """
                made = shared_memory.ShareableList([1, 2.5, 'abc', b'xy', None, True], name=args[0])
                block = shared_memory.SharedMemory(create=True, size=100)
                print(block.name)
                sys.stdin.readline()
                block.close(); block.unlink()
                made.shm.close(); made.shm.unlink()
                """;
        try (Python python = Python.start(Python.interpreters().get(0), script, name)) {
            final String block = python.readLine();
            final JsonElement resources =
                    Run.of(new LsCommand(), "--format", "json").json().get("resources");
            assertEquals("list", named(resources, name).get("kind").getAsString());
            assertEquals("live", named(resources, name).get("state").getAsString());
            assertEquals(1, named(resources, name).getAsJsonArray("processes").size());
            assertEquals("block", named(resources, block).get("kind").getAsString());
            final String dump = Run.of(new DumpCommand(), name).out();
            assertTrue(dump.contains("made by CPython"), dump);
            assertTrue(dump.contains("[2] String = abc"), dump);
            python.send("");
            assertEquals(0, python.exitCode());
        }
    }

    @Test
    void shouldReportWhatIsDamagedAndNeverFail() throws IOException {
        try (ForkedJvm peer = start("desk", "whole")) {
            final byte[] bytes = Files.readAllBytes(directory.resolve("whole"));
            Files.write(directory.resolve("cut"), Arrays.copyOf(bytes, 5_000));
            Files.write(directory.resolve("short"), new byte[3]);
            Files.write(directory.resolve("empty"), new byte[0]);
            Files.createSymbolicLink(directory.resolve("link"), directory.resolve("nowhere"));
            final Path manager = directory.resolve("condatis-" + System.getProperty("user.name") + "-broken");
            Files.createDirectory(
                    manager, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.write(manager.resolve("manager"), new byte[10]);
            final Run ls = run(new LsCommand(), "--all", "--format", "json");
            final JsonElement resources = ls.json().get("resources");
            assertEquals("damaged", named(resources, "cut").get("state").getAsString());
            assertEquals("damaged", named(resources, "broken").get("state").getAsString());
            assertEquals("foreign", named(resources, "link").get("state").getAsString());
            assertEquals(ExitCode.FINDINGS, run(new DumpCommand(), "cut").exitCode());
            assertEquals(ExitCode.FINDINGS, run(new DumpCommand(), "broken").exitCode());
            final Run top = run(new TopCommand(), "--once");
            assertEquals(ExitCode.FINDINGS, top.exitCode());
            run(new GcCommand());
            assertTrue(Files.exists(directory.resolve("cut")), "what cannot be judged stays");
            assertTrue(Files.exists(manager));
            peer.send("");
            peer.awaitLine("visits 42", Await.DEADLINE);
        }
    }

    @Test
    void shouldAnswerScriptsByExitCodes() {
        assertEquals(ExitCode.FINE, run(new LsCommand()).exitCode());
        assertEquals(ExitCode.FINE, run(new GcCommand()).exitCode());
        assertEquals(ExitCode.USAGE, run(new LsCommand(), "--format", "xml").exitCode());
        assertEquals(ExitCode.USAGE, run(new DumpCommand()).exitCode());
        final Run interval = run(new TopCommand(), "--interval", "0");
        assertEquals(ExitCode.USAGE, interval.exitCode());
        assertTrue(interval.err().contains("--interval must be from 0.1 to 3600 seconds, not 0.0"), interval.err());
        final Run limit = run(new DumpCommand(), "--limit", "-3", "nobody");
        assertEquals(ExitCode.USAGE, limit.exitCode());
        assertTrue(limit.err().contains("--limit must be 0 or more, not -3"), limit.err());
        assertEquals(ExitCode.MISSING, run(new DumpCommand(), "nobody").exitCode());
        assertEquals(
                ExitCode.FAILED, Run.of(new LsCommand(), "--dir", "/nowhere").exitCode());
        assertEquals(
                ExitCode.FINDINGS,
                Run.of(new DoctorCommand(), "--dir", "/nowhere").exitCode());
    }

    private ForkedJvm start(final String program, final String name) {
        final ForkedJvm peer = ForkedJvm.of(InspectPeer.class)
                .flags("-Dcondatis.dir=" + directory)
                .args(program, name)
                .start();
        peer.awaitLine("ready", Await.DEADLINE);
        return peer;
    }

    private static void kill(final ForkedJvm peer) {
        peer.kill();
        peer.exitCode(Await.DEADLINE);
    }

    private Run run(final Object command, final String... args) {
        final String[] all = Stream.concat(Stream.of(args), Stream.of("--dir", directory.toString()))
                .toArray(String[]::new);
        return Run.of(command, all);
    }

    private Map<Path, Long> sizes() throws IOException {
        final Map<Path, Long> sizes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                sizes.put(file, Files.size(file));
            }
        }
        return sizes;
    }

    private byte[] bytes(final String name) {
        try {
            return Files.readAllBytes(directory.resolve(name));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
