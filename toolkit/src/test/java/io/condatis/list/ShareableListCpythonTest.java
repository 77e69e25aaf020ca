package io.condatis.list;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.condatis.memory.NameMissingException;
import io.condatis.testing.Await;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.LongForm;
import io.condatis.testing.Names;
import io.condatis.testing.Python;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lists that this JVM and the CPythons of this machine share, in both directions. */
@Timeout(120)
@ExtendWith(LeakCheck.class)
class ShareableListCpythonTest {
    private static final String INTERPRETERS = "io.condatis.testing.Python#interpreters";
    private static final long SECONDS = LongForm.of(3, 10);

    private final String name = Names.unique();

    @BeforeAll
    static void requirePython() {
        assumeTrue(Python.isThere(), "no python3");
    }

    @ParameterizedTest
    @MethodSource(INTERPRETERS)
    void shouldBeReadAndChangedByCpythonWhenJavaMadeIt(final String interpreter) {
        final String script =
                """
                l = shared_memory.ShareableList(name=args[0])
                want = [42, -2**63, 3.5, True, False, "abc", "encodés", "żółw✓", b"HoWdY", b"a\\0b", None, "12345678", ""]
                assert list(l) == want, list(l)
                assert len(l) == 13 and l.format == "qqdxxxxxxx?xxxxxxx?8s16s16s8s8sxxxxxx?x16s8s", l.format
                assert l.index("żółw✓") == 7 and l.count(42) == 1
                l[0] = 2**63 - 1
                l[1] = "x"
                l[2] = None
                l[3] = 2.5
                l[6] = "żółwżół"
                l[10] = "now"
                l[11] = b"b"
                try:
                    l[5] = "123456789"
                    sys.exit(1)
                except ValueError:
                    pass
                l.shm.close()
                """;
        final List<Object> items = Arrays.asList(
                42,
                Long.MIN_VALUE,
                3.5,
                true,
                false,
                "abc",
                "encodés",
                "żółw✓",
                "HoWdY".getBytes(StandardCharsets.US_ASCII),
                new byte[] {'a', 0, 'b', 0, 0},
                null,
                "12345678",
                "");
        try (ShareableList list = ShareableList.create(name, items)) {
            try (Python python = Python.start(interpreter, script, name)) {
                assertEquals(0, python.exitCode());
            }
            assertEquals(Arrays.asList(Long.MAX_VALUE, "x", null, 2.5, false, "abc", "żółwżół"), list.subList(0, 7));
            assertEquals("now", list.get(10));
            assertArrayEquals(new byte[] {'b'}, (byte[]) list.get(11));
            assertTrue(list.getAndAddLong(0, -1) == Long.MAX_VALUE);
            list.sharedMemory().unlink();
        }
    }

    @ParameterizedTest
    @MethodSource(INTERPRETERS)
    void shouldBeReadAndChangedByJavaWhenCpythonMadeIt(final String interpreter) {
        final String script =
                """
                l = shared_memory.ShareableList([42, -1, 3.5, True, False, "abc", "encodés", "żółw", b"HoWdY", None, ""],
                    name=args[0])
                print("made")
                sys.stdin.readline()
                want = [43, "żółw", None, 2.5, b"bytes", "", "encodes", True, 7, "now", -1.5]
                assert list(l) == want, list(l)
                print(l.format)
                l.shm.close()
                """;
        try (Python python = Python.start(interpreter, script, name)) {
            assertEquals("made", python.readLine());
            try (ShareableList list = ShareableList.attach(name)) {
                assertEquals(Arrays.asList(42L, -1L, 3.5, true, false, "abc", "encodés", "żółw"), list.subList(0, 8));
                assertArrayEquals("HoWdY".getBytes(StandardCharsets.US_ASCII), (byte[]) list.get(8));
                assertEquals(Arrays.asList(null, ""), list.subList(9, 11));
                list.getAndAddLong(0, 1);
                list.set(1, "żółw");
                list.set(2, null);
                list.set(3, 2.5);
                list.set(4, "bytes".getBytes(StandardCharsets.US_ASCII));
                list.set(5, "");
                list.set(6, "encodes");
                list.set(7, true);
                list.set(8, 7);
                list.set(9, "now");
                list.set(10, -1.5);
                assertThrows(IllegalArgumentException.class, () -> list.set(9, "far too long"));
                assertThrows(IndexOutOfBoundsException.class, () -> list.set(-12, 0));
                python.send("go");
                assertEquals("q8sxxxxxx?xd8s8s8sxxxxxxx?q8sd", python.readLine());
                assertEquals("now", list.get(9));
                list.sharedMemory().unlink();
            }
            assertEquals(0, python.exitCode());
        }
    }

    @ParameterizedTest
    @MethodSource(INTERPRETERS)
    void shouldReadWhatIsLeftWhenCpythonHasCutText(final String interpreter) {
        final String script =
                """
                l = shared_memory.ShareableList(["żółw✓", "é" * 7], name=args[0])
                print("made")
                sys.stdin.readline()
                """;
        try (Python python = Python.start(interpreter, script, name)) {
            assertEquals("made", python.readLine());
            try (ShareableList list = ShareableList.attach(name)) {
                assertEquals("żółw\uFFFD", list.get(0));
                assertEquals("éééé", list.get(1));
                list.set(0, "whole");
                assertEquals("whole", list.get(0));
                list.sharedMemory().unlink();
            }
            python.send("go");
            assertEquals(0, python.exitCode());
        }
    }

    @ParameterizedTest
    @MethodSource(INTERPRETERS)
    void shouldNeverThrowWhenCpythonWritesWhileJavaReads(final String interpreter) {
        final String script =
                """
                l = shared_memory.ShareableList(name=args[0])
                print("ready")
                end = time.time() + float(args[1])
                n = 0
                while time.time() < end:
                    for i in range(100):
                        l[0] = 1 if i & 1 else 2**62 + 1
                        l[1] = 7 if i & 1 else 1.5
                        l[2] = "żółw" if i & 1 else "turtles"
                        l[3] = None if i & 1 else True
                        l[4] = b"" if i & 1 else "text"
                        n += 1
                print(n)
                l.shm.close()
                """;
        try (ShareableList list = ShareableList.create(name, Arrays.asList(1, 7, "turtles", null, "text"));
                Python python = Python.start(interpreter, script, name, Long.toString(SECONDS))) {
            assertEquals("ready", python.readLine());
            long reads = 0;
            while (python.isAlive()) {
                for (int i = 0; i < list.size(); i++) {
                    final Object item = list.get(i);
                    assertTrue(item == null || !(item instanceof byte[] bytes) || bytes.length <= 8);
                    reads++;
                }
            }
            assertEquals(0, python.exitCode());
            assertTrue(Long.parseLong(python.readLine()) > 0);
            assertTrue(reads > 0);
            System.out.println("read " + reads + " items while " + interpreter + " wrote, looked again "
                    + list.retries() + " times");
            list.sharedMemory().unlink();
        }
    }

    @ParameterizedTest
    @MethodSource(INTERPRETERS)
    void shouldNeverMakeCpythonThrowWhenJavaWritesWhileItReads(final String interpreter) {
        final String script =
                """
                l = shared_memory.ShareableList(name=args[0])
                print("ready")
                end = time.time() + float(args[1])
                n = 0
                while time.time() < end:
                    for i in range(100):
                        assert l[0] in (1, 2**62 + 1), l[0]
                        assert isinstance(l[1], (int, float)), l[1]
                        assert l[2] in ("żółw", "turtles"), l[2]
                        assert l[3] in (None, True, False), l[3]
                        assert isinstance(l[4], (str, bytes)), l[4]
                        n += 1
                print(n)
                l.shm.close()
                """;
        try (ShareableList list = ShareableList.create(name, Arrays.asList(1, 7, "turtles", null, "text"));
                Python python = Python.start(interpreter, script, name, Long.toString(SECONDS))) {
            assertEquals("ready", python.readLine());
            boolean odd = false;
            while (python.isAlive()) {
                odd = !odd;
                list.set(0, odd ? 1L : (1L << 62) + 1);
                list.set(1, odd ? (Object) 7 : (Object) 1.5);
                list.set(2, odd ? "żółw" : "turtles");
                list.set(3, odd ? null : true);
                list.set(4, odd ? new byte[] {9} : "text");
            }
            assertEquals(0, python.exitCode());
            assertTrue(Long.parseLong(python.readLine()) > 0);
            list.sharedMemory().unlink();
        }
    }

    @ParameterizedTest
    @MethodSource(INTERPRETERS)
    void shouldAttachToNothingOrAWholeListWhenCpythonIsMakingIt(final String interpreter) {
        final String script =
                """
                for i in range(int(args[1])):
                    l = shared_memory.ShareableList([i, "text", None, 1.5, "żółw"] * 20, name=args[0])
                    print(i)
                    sys.stdin.readline()
                    l.shm.close()
                    l.shm.unlink()
                """;
        final int rounds = 50;
        try (Python python = Python.start(interpreter, script, name, Integer.toString(rounds))) {
            for (int round = 0; round < rounds; round++) {
                try (ShareableList list = attachSpinning()) {
                    final List<Object> copy = new ArrayList<>(list.subList(95, 100));
                    assertEquals(Arrays.asList((long) round, "text", null, 1.5, "żółw"), copy);
                }
                assertEquals(Integer.toString(round), python.readLine());
                python.send("next");
                awaitGone(round);
            }
            assertEquals(0, python.exitCode());
        }
    }

    private ShareableList attachSpinning() {
        final long startNs = System.nanoTime();
        while (true) {
            try {
                return ShareableList.attach(name);
            } catch (final NameMissingException e) {
                assertTrue(System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(20), "never made");
            }
        }
    }

    /** Until the list of a round is unlinked or the next one is there. */
    private void awaitGone(final int round) {
        Await.until("list " + round + " is gone", () -> {
            try (ShareableList list = ShareableList.attach(name)) {
                return list.getLong(0) != round;
            } catch (final NameMissingException e) {
                return true;
            }
        });
    }
}
