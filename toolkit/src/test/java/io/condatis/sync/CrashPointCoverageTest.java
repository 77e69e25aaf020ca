package io.condatis.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No crash point without a test: what the sources of the product name, the sources of the tests must name too. */
@Timeout(30)
class CrashPointCoverageTest {
    private static final Path MAIN = Path.of("src/main/java");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern POINT = Pattern.compile("(?:reached|unlockAndWake)\\(\\s*\"([a-z]+\\.[a-z]+)\"");
    private static final Pattern SLEEPER = Pattern.compile("new Sleeper\\([^;]*\"([a-z]+)\"\\)");

    /** The points that an operation of the primitive may come by, and where the processes are that die there. */
    @ParameterizedTest
    @CsvSource({
        "lock, SharedLockDeathTest PolicyDeathTest, reentered",
        "lock, SharedReentrantLockDeathTest, ",
        "semaphore, SharedSemaphoreDeathTest, ",
        "event, SharedEventDeathTest, ",
        "condition, SharedConditionDeathTest, ",
        "barrier, SharedBarrierDeathTest, ",
        "rwlock, SharedReadWriteLockDeathTest, ",
        "lock, SharedConditionDeathTest, acquired reentered unlocked repaired",
        "lock, SharedReadWriteLockDeathTest, acquired reentered unlocked repaired",
        "lock, SharedBarrierDeathTest, acquired reentered unlocked repaired announced woken"
    })
    void shouldDieAtEveryPointOfEveryPrimitive(final String kind, final String tests, final String others) {
        final String text = Stream.of(tests.split(" "))
                .map(test -> read(TESTS.resolve("io/condatis/sync").resolve(test + ".java")))
                .collect(Collectors.joining());
        final Set<String> missing = points().stream()
                .filter(point -> point.startsWith(kind + "."))
                .filter(point ->
                        others == null || !Set.of(others.split(" ")).contains(point.substring(kind.length() + 1)))
                .filter(point -> !Pattern.compile("[\"=]" + Pattern.quote(point) + "[\",: )]")
                        .matcher(text)
                        .find())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), missing, "crash points that " + tests + " do not name");
    }

    @Test
    void shouldNameEveryPointSomewhere() {
        final String text = sources(TESTS).map(CrashPointCoverageTest::read).collect(Collectors.joining());
        final Set<String> missing = points().stream()
                .filter(point -> !Pattern.compile("[\"=]" + Pattern.quote(point) + "[\",: )]")
                        .matcher(text)
                        .find())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), missing, "crash points without a test");
    }

    @Test
    void shouldKnowThePoints() {
        final Set<String> points = points();
        assertTrue(points.size() > 40, points.toString());
        assertTrue(points.containsAll(Set.of("lock.repaired", "event.announced", "barrier.tripped", "rwlock.woken")));
    }

    private static Set<String> points() {
        final Set<String> points = new TreeSet<>();
        sources(MAIN).map(CrashPointCoverageTest::read).forEach(text -> {
            final Matcher point = POINT.matcher(text);
            while (point.find()) {
                points.add(point.group(1));
            }
            final Matcher sleeper = SLEEPER.matcher(text);
            while (sleeper.find()) {
                points.add(sleeper.group(1) + ".announced");
                points.add(sleeper.group(1) + ".woken");
            }
        });
        return points;
    }

    private static Stream<Path> sources(final Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
