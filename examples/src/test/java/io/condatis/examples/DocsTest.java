package io.condatis.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keeps the pages true where a machine can tell. */
@Timeout(20)
final class DocsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)(#[^)]*)?\\)");
    private static final Pattern CONCATENATION = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final int MAX_README_LINES = 150;

    @Test
    void shouldLeadToAFileWhenAPageHasALink() {
        final List<String> broken = new ArrayList<>();
        for (final Path page : pages()) {
            LINK.matcher(read(page))
                    .results()
                    .map(link -> link.group(1))
                    .filter(target -> !target.contains("://"))
                    .filter(target -> !Files.exists(page.resolveSibling(target)))
                    .forEach(target -> broken.add(ROOT.relativize(page) + " -> " + target));
        }
        assertEquals(List.of(), broken);
    }

    @Test
    void shouldBeAMessageOfTheSourcesWhenItIsAHeadingOfTroubleshooting() {
        final String sources = Stream.of("toolkit", "transport", "examples")
                .flatMap(module -> files(ROOT.resolve(module).resolve("src/main/java"), ".java"))
                .map(file -> CONCATENATION.matcher(read(file)).replaceAll(""))
                .collect(Collectors.joining());
        final List<String> unknown = new ArrayList<>();
        read(ROOT.resolve("docs/troubleshooting.md"))
                .lines()
                .filter(line -> line.startsWith("### ") && !line.startsWith("### WARNING"))
                .flatMap(line -> Stream.of(line.substring("### ".length()).split("…")))
                .map(String::strip)
                .filter(fragment -> !sources.contains(fragment))
                .forEach(unknown::add);
        assertEquals(List.of(), unknown);
    }

    @Test
    void shouldStayShortWhenReadmeGrows() {
        assertTrue(read(ROOT.resolve("README.md")).lines().count() <= MAX_README_LINES);
    }

    private static List<Path> pages() {
        return Stream.concat(Stream.of(ROOT.resolve("README.md")), files(ROOT.resolve("docs"), ".md"))
                .toList();
    }

    private static Stream<Path> files(final Path folder, final String suffix) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList().stream();
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
