package io.condatis.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.ForkedJvm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the pages tell a reader to type: {@code ./condatis} knows the command, and the command its options and their values.
 * Those of {@code perf} are tried beside it, in its module.
 */
@Timeout(120)
final class CommandLinesTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Pattern INLINE = Pattern.compile("`\\./condatis([^`]*)`");
    private static final Pattern LINE = Pattern.compile("\\./condatis([^#|]*)");
    private static final Pattern PLACEHOLDER = Pattern.compile("[A-Z]+");

    @Test
    void shouldBeKnownToTheLauncherWhenAPageTellsIt() {
        final Map<String, String> mains = mains();
        final List<String> unknown = documented().stream()
                .filter(line -> !line.isEmpty() && !mains.containsKey(line.split(" ")[0]))
                .toList();
        assertEquals(List.of(), unknown);
    }

    @Test
    void shouldBeTakenByTheCommandWhenAPageTellsItsOptions() {
        final Map<String, String> mains = mains();
        final List<String> lines = documented().stream()
                .filter(line -> !line.isEmpty() && !line.startsWith("perf"))
                .toList();
        assertTrue(lines.size() > 5, lines::toString);
        for (final String line : lines) {
            final List<String> words = new ArrayList<>(List.of(line.split(" ")));
            final String main = mains.get(words.remove(0));
            final List<String> options =
                    words.stream().filter(word -> word.startsWith("--")).toList();
            final boolean isPattern =
                    words.stream().anyMatch(word -> PLACEHOLDER.matcher(word).matches());
            // With --help nothing is run, but options and the types of their values are looked at all the same.
            final String[] args = isPattern
                    ? new String[] {"--help"}
                    : Stream.concat(words.stream(), Stream.of("--help")).toArray(String[]::new);
            try (ForkedJvm jvm = ForkedJvm.of(classOf(main)).args(args).start()) {
                assertEquals(0, jvm.exitCode(DEADLINE), () -> line + "\n" + jvm.output());
                options.forEach(option -> assertTrue(jvm.output().contains(option), () -> line + "\n" + jvm.output()));
            }
        }
    }

    /** All command lines of the pages once, without {@code ./condatis}. */
    private static TreeSet<String> documented() {
        return Pages.all().stream()
                .flatMap(page -> Stream.concat(
                        INLINE.matcher(Pages.read(page)).results(),
                        Pages.blocks(page, "sh").stream()
                                .flatMap(block -> block.lines().stream())
                                .flatMap(line -> LINE.matcher(line).results())))
                .map(found -> found.group(1).strip().replaceAll("\\s+", " "))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The table of the launcher: main classes by command. */
    private static Map<String, String> mains() {
        final Map<String, String> mains = new TreeMap<>();
        Pages.read(Pages.ROOT.resolve("condatis"))
                .lines()
                .map(line -> line.split("\\s+", 4))
                .filter(row -> row.length == 4 && row[2].startsWith("io.condatis."))
                .forEach(row -> mains.put(row[0], row[2]));
        return mains;
    }

    private static Class<?> classOf(final String main) {
        try {
            return Class.forName(main);
        } catch (final ClassNotFoundException e) {
            throw new AssertionError(main + " of the launcher's table is nowhere", e);
        }
    }
}
