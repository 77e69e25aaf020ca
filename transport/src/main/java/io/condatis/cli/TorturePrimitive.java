package io.condatis.cli;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be tortured. */
enum TorturePrimitive {
    LOCK,
    REENTRANT,
    SEMAPHORE,
    BOUNDED,
    CONDITION,
    EVENT,
    BARRIER,
    RWLOCK,
    DOORBELL;

    /** Stands for each of them on the command line. */
    static final String ALL = "all";

    /**
     * What names stand for, each once, in the order above.
     *
     * @throws IllegalArgumentException when one of them stands for nothing
     */
    static List<TorturePrimitive> named(final Collection<String> names) {
        final Set<TorturePrimitive> chosen = EnumSet.noneOf(TorturePrimitive.class);
        for (final String name : names) {
            if (name.equalsIgnoreCase(ALL)) {
                chosen.addAll(EnumSet.allOf(TorturePrimitive.class));
            } else {
                chosen.add(named(name));
            }
        }
        return List.copyOf(chosen);
    }

    private static TorturePrimitive named(final String name) {
        return Arrays.stream(values())
                .filter(primitive -> primitive.toString().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("There is no primitive '" + name + "'; there are: " + names()));
    }

    /** {@return the names that are understood, for a message} */
    static String names() {
        return Arrays.stream(values()).map(TorturePrimitive::toString).collect(Collectors.joining(", ")) + ", " + ALL;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
