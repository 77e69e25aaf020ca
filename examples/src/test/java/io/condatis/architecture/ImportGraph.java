package io.condatis.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who imports what, read from the source text: the compiler inlines constants, so byte code does not show every arrow.
 *
 * @param imports package to the classes and packages that its files import, as written
 */
record ImportGraph(Map<String, Set<String>> imports) {
    private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);
    private static final Pattern IMPORT =
            Pattern.compile("^import (?:static )?([\\w.]+?)(?:\\.\\*)?;", Pattern.MULTILINE);

    /** Reads every {@code .java} file below {@code *}{@code /src/main/java} of a directory of modules. */
    static ImportGraph ofModulesIn(final Path root) {
        final Map<String, Set<String>> imports = new TreeMap<>();
        try (Stream<Path> modules = Files.list(root)) {
            modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .forEach(sources -> readAll(sources, imports));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ImportGraph(imports);
    }

    private static void readAll(final Path sources, final Map<String, Set<String>> imports) {
        try (Stream<Path> files = Files.walk(sources)) {
            for (final Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                read(Files.readString(file), imports);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(final String source, final Map<String, Set<String>> imports) {
        final Matcher declaration = PACKAGE.matcher(source);
        if (!declaration.find()) {
            throw new IllegalArgumentException("No package declaration in:\n" + source);
        }
        final Set<String> imported = imports.computeIfAbsent(declaration.group(1), any -> new TreeSet<>());
        IMPORT.matcher(source).results().forEach(result -> imported.add(result.group(1)));
    }

    /** The package of an imported name among those that exist here, or empty for one from elsewhere. */
    String packageOf(final String imported) {
        String candidate = imported;
        while (!candidate.isEmpty() && !imports.containsKey(candidate)) {
            candidate = candidate.substring(0, Math.max(candidate.lastIndexOf('.'), 0));
        }
        return candidate;
    }

    /** {@return the packages of one cycle in the order of its arrows, or nothing when there is none} */
    List<String> cycle() {
        final Set<String> done = new TreeSet<>();
        for (final String start : imports.keySet()) {
            final List<String> cycle = cycleFrom(start, List.of(), done);
            if (!cycle.isEmpty()) {
                return cycle;
            }
        }
        return List.of();
    }

    private List<String> cycleFrom(final String here, final List<String> path, final Set<String> done) {
        if (path.contains(here)) {
            return path.subList(path.indexOf(here), path.size());
        }
        if (done.contains(here)) {
            return List.of();
        }
        final List<String> longer =
                Stream.concat(path.stream(), Stream.of(here)).toList();
        for (final String imported : imports.get(here)) {
            final String next = packageOf(imported);
            if (!next.isEmpty() && !next.equals(here)) {
                final List<String> cycle = cycleFrom(next, longer, done);
                if (!cycle.isEmpty()) {
                    return cycle;
                }
            }
        }
        done.add(here);
        return List.of();
    }
}
