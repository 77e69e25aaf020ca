package io.condatis.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The pages that the project is read by, and what stands in them. */
final class Pages {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String FENCE = "```";

    private Pages() {}

    static List<Path> all() {
        return Stream.concat(
                        Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
                                .map(ROOT::resolve),
                        files(ROOT.resolve("docs"), ".md"))
                .toList();
    }

    /** The blocks of a language in a page, in order. */
    static List<Block> blocks(final Path page, final String language) {
        final List<Block> blocks = new ArrayList<>();
        final String[] lines = read(page).split("\n", -1);
        int begin = -1;
        String found = "";
        for (int i = 0; i < lines.length; i++) {
            if (!lines[i].startsWith(FENCE)) {
                continue;
            }
            if (begin < 0) {
                begin = i + 1;
                found = lines[i].substring(FENCE.length()).strip();
            } else {
                if (found.equals(language)) {
                    blocks.add(new Block(page, begin + 1, List.of(lines).subList(begin, i)));
                }
                begin = -1;
            }
        }
        return blocks;
    }

    static Stream<Path> files(final Path folder, final String suffix) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList().stream();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Code in a page.
     *
     * @param page where it is
     * @param firstLine of the code, counted from 1
     * @param lines of it
     */
    record Block(Path page, int firstLine, List<String> lines) {
        @Override
        public String toString() {
            return ROOT.relativize(page) + ":" + firstLine;
        }
    }
}
