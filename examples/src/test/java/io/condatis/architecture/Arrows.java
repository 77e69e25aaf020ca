package io.condatis.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The arrows that are allowed between packages. A new package or arrow is a line here, to be argued in a review. */
final class Arrows {
    private static final String BASE = "io.condatis";
    private static final String ANY = "*";
    private static final String PUBLIC = "public";

    /** Names without the base package; {@code .} is the base package itself. A single class may be named too. */
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            // toolkit
            Map.entry("error", Set.of()),
            Map.entry("internal.os", Set.of("error")),
            Map.entry("sync", Set.of("error", "internal.os")),
            Map.entry("value", Set.of("error", "internal.os", "sync")),
            Map.entry("list", Set.of("error", "internal.os", "sync", "memory")),
            Map.entry("structure", Set.of("error", "internal.os", "sync", "value")),
            Map.entry("memory", Set.of("error", "internal.os", "sync")),
            Map.entry("process", Set.of("error", "internal.os", "memory")),
            Map.entry(".", Set.of("error", "internal.os", "sync", "value", "structure", "list", "memory", "process")),
            // transport
            Map.entry("internal.protocol", Set.of("error", "internal.os", "sync", "internal.protocol.sbe")),
            // Of the protocol only what is pure wire format: the codecs and the page that no schema can express.
            Map.entry(
                    "internal.store",
                    Set.of(
                            "error",
                            "internal.protocol.sbe",
                            "internal.protocol.ConditionArgument",
                            "internal.protocol.EntryPage",
                            "internal.protocol.ItemPage",
                            "internal.protocol.ItemRun",
                            "internal.protocol.NumberForm",
                            "internal.protocol.ReferenceDescriptor")),
            Map.entry("payload", Set.of("error")),
            Map.entry(
                    "internal.client",
                    Set.of(
                            "error",
                            "internal.os",
                            "sync",
                            "memory",
                            "internal.protocol",
                            "internal.protocol.sbe",
                            "payload")),
            Map.entry(
                    "internal.host",
                    Set.of(
                            "error",
                            "internal.os",
                            "sync",
                            "memory",
                            "internal.protocol",
                            "internal.protocol.sbe",
                            "internal.store")),
            Map.entry(
                    "manager",
                    Set.of(
                            "error",
                            "internal.os",
                            "sync",
                            "value",
                            "list",
                            "memory",
                            "process",
                            ".",
                            "payload",
                            "internal.client",
                            "internal.host",
                            "internal.protocol",
                            "internal.protocol.sbe")),
            // SharedObjects and what it holds: the words that a pool shares with its workers.
            Map.entry("pool", Set.of("error", "internal.os", "sync", "value", "process", ".", "payload", "manager")),
            Map.entry("cli", Set.of(ANY)),
            // Looks at every layer from outside, by their surveys.
            Map.entry("inspect", Set.of(ANY)),
            // programs, with the packages below them
            Map.entry("examples", Set.of(PUBLIC)),
            Map.entry("perf", Set.of(ANY)));

    /** What a package may use beside Condatis and {@code java}; others may use anything that their module depends on. */
    private static final Map<String, Set<String>> LIBRARIES = Map.ofEntries(
            Map.entry("error", Set.of()),
            Map.entry("internal.os", Set.of("org.agrona", "com.sun.jna")),
            Map.entry("sync", Set.of("org.agrona")),
            Map.entry("value", Set.of("org.agrona")),
            Map.entry("list", Set.of("org.agrona")),
            Map.entry("memory", Set.of("org.agrona")),
            Map.entry("process", Set.of()),
            Map.entry(".", Set.of("org.agrona")),
            Map.entry("internal.store", Set.of("org.agrona")),
            Map.entry("payload", Set.of("org.agrona", "org.apache.fory")));

    private Arrows() {}

    /** {@return one line for each package that is not listed and each arrow that is not allowed} */
    static List<String> violations(final ImportGraph graph) {
        final List<String> violations = new ArrayList<>();
        graph.imports().forEach((from, imports) -> {
            final String name = listedName(from);
            if (name == null) {
                violations.add(from + " is not listed");
                return;
            }
            imports.stream()
                    .filter(imported -> !isAllowed(name, imported))
                    .forEach(imported -> violations.add(from + " may not import " + imported));
        });
        return violations;
    }

    private static boolean isAllowed(final String from, final String imported) {
        if (!isBelow(imported, BASE)) {
            final Set<String> libraries = LIBRARIES.get(from);
            return libraries == null
                    || isBelow(imported, "java")
                    || libraries.stream().anyMatch(library -> isBelow(imported, library));
        }
        final String to = importedName(imported);
        final Set<String> allowed = ALLOWED.get(from);
        return to.equals(from)
                || allowed.contains(to)
                || allowed.contains(relative(imported))
                || allowed.contains(ANY)
                || allowed.contains(PUBLIC) && !to.startsWith("internal");
    }

    /** A package must be listed itself; only programs are listed with what is below them. */
    private static String listedName(final String packageName) {
        final String name = relative(packageName);
        if (ALLOWED.containsKey(name)) {
            return name;
        }
        return isBelow(name, "examples") ? "examples" : isBelow(name, "perf") ? "perf" : null;
    }

    /** The package of an imported class: its lower-case beginning, by which generated packages are found too. */
    private static String importedName(final String imported) {
        final String lowerCase = imported.replaceFirst("\\.[A-Z].*", "");
        final String listed = listedName(lowerCase);
        return listed == null ? relative(lowerCase) : listed;
    }

    private static String relative(final String packageName) {
        return packageName.equals(BASE) ? "." : packageName.replaceFirst("^" + BASE + "\\.", "");
    }

    private static boolean isBelow(final String name, final String prefix) {
        return name.equals(prefix) || name.startsWith(prefix + ".");
    }
}
