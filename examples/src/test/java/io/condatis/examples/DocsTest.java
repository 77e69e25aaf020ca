package io.condatis.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keeps the pages true where a machine can tell. */
@Timeout(20)
final class DocsTest {
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$|`[^`\n]*`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]*)(?:#([^)]*))?\\)");
    private static final Pattern CONCATENATION = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final int MAX_README_LINES = 150;

    @Test
    void shouldLeadToAFileAndAHeadingWhenAPageHasALink() {
        final List<String> broken = new ArrayList<>();
        int links = 0;
        for (final Path page : Pages.all()) {
            for (final MatchResult link :
                    LINK.matcher(withoutCode(page)).results().toList()) {
                links++;
                if (!link.group(1).contains("://") && !leadsSomewhere(page, link.group(1), link.group(2))) {
                    broken.add(Pages.ROOT.relativize(page) + " -> " + link.group());
                }
            }
        }
        assertEquals(List.of(), broken);
        assertTrue(links > 50, "only " + links + " links were found");
    }

    @Test
    void shouldBeReachedFromTheMapWhenItIsAGuideOrAFormat() {
        final Path map = Pages.ROOT.resolve("docs/index.md");
        final List<Path> linked = LINK.matcher(withoutCode(map))
                .results()
                .map(link -> map.resolveSibling(link.group(1)).normalize())
                .toList();
        assertEquals(
                List.of(),
                Stream.of("docs/guide", "docs/formats")
                        .flatMap(folder -> Pages.files(Pages.ROOT.resolve(folder), ".md"))
                        .filter(page -> !linked.contains(page))
                        .toList());
    }

    @Test
    void shouldBeAMessageOfTheSourcesWhenItIsAHeadingOfTroubleshooting() {
        final String sources = Stream.of("toolkit", "transport", "examples")
                .flatMap(module -> Pages.files(Pages.ROOT.resolve(module).resolve("src/main/java"), ".java"))
                .map(file ->
                        CONCATENATION.matcher(Pages.read(file)).replaceAll("").replace("\\\"", "\""))
                .collect(Collectors.joining());
        final List<String> unknown = new ArrayList<>();
        Pages.read(Pages.ROOT.resolve("docs/troubleshooting.md"))
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
        assertTrue(Pages.read(Pages.ROOT.resolve("README.md")).lines().count() <= MAX_README_LINES);
    }

    private static boolean leadsSomewhere(final Path page, final String target, final String anchor) {
        final Path file = target.isEmpty() ? page : page.resolveSibling(target);
        return Files.exists(file) && (anchor == null || anchorsOf(file).contains(anchor));
    }

    /** As GitHub makes them of headings. */
    private static List<String> anchorsOf(final Path page) {
        return Pages.read(page)
                .lines()
                .filter(line -> line.matches("#{1,6} .*"))
                .map(line -> line.replaceFirst("#+ ", "").strip().toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }

    private static String withoutCode(final Path page) {
        return CODE.matcher(Pages.read(page)).replaceAll("code");
    }
}
