package io.condatis.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/**
 * The command {@code condatis example}: runs an example by name, or lists them. Each but the first is a port of a program
 * from the documents of Python's {@code multiprocessing}, and prints what that prints.
 */
public final class Examples {
    private static final int FAILED = 1;
    private static final int WRONG_USE = 2;

    private static final List<Example> ALL = List.of(
            new Example("hello", "two processes count in one word of memory", Hello::main),
            new Example("shared-ctypes", "a child squares numbers, upper-cases text, moves points", SharedCtypes::main),
            new Example("counter-and-squares", "two children count under one lock", CounterAndSquares::main),
            new Example("manager-list", "five children append to a managed list", ManagerList::main),
            new Example("basic-manager", "three children fill a managed dict and a list", BasicManager::main),
            new Example("namespace", "four children change the attributes of a namespace", SharedNamespace::main),
            new Example("shared-memory", "a Python process changes an array of this JVM", DirectMemory::main),
            new Example("shareable-list", "two children add to the items of one list", ListWorkers::main),
            new Example("typed-values", "a C int and an array of C floats", TypedValues::main),
            new Example("raw-objects", "objects without a lock, and one lock for them all", RawObjects::main),
            new Example("nested-structures", "lists and dicts in a namespace, and a monitor", NestedStructures::main),
            new Example("performance", "a value with its own lock beside a raw one", Performance::main));

    private Examples() {}

    /**
     * Runs an example, or lists them all, and ends this JVM: 0 done, 1 failed, 2 no such example.
     *
     * @param args the name of one, or nothing
     * @throws Exception that of the example
     */
    public static void main(final String[] args) throws Exception {
        if (args.length == 0 || List.of(args).contains("--help") || args[0].equals("-h")) {
            list(System.out);
            return;
        }
        final Example example = args.length > 1 ? null : find(args[0]);
        if (example == null) {
            System.err.println("condatis example: there is no example '" + String.join(" ", args) + "'");
            list(System.err);
            System.exit(WRONG_USE);
            return;
        }
        try {
            example.program.main(new String[0]);
        } catch (final IOException e) {
            System.err.println("condatis example " + example.name + ": " + e.getMessage());
            System.exit(FAILED);
        }
    }

    private static Example find(final String name) {
        return ALL.stream().filter(each -> each.name.equals(name)).findFirst().orElse(null);
    }

    private static void list(final PrintStream out) {
        out.println("Usage: condatis example NAME");
        out.println();
        out.println("Examples:");
        ALL.forEach(example -> out.printf("  %-19s  %s%n", example.name, example.text));
    }

    private record Example(String name, String text, Program program) {}

    @FunctionalInterface
    private interface Program {
        void main(String[] args) throws Exception;
    }
}
