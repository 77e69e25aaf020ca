package io.condatis.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Java installations of this machine. */
final class JavaHomes {
    private static final Pattern FEATURE = Pattern.compile("JAVA_VERSION=\"(\\d+)");
    private static final int OLDEST = 17;

    private JavaHomes() {}

    /** {@return one installation of each version from 17 on: this JVM's, and those beside it} */
    static List<Path> find() {
        final Path own = Path.of(System.getProperty("java.home"));
        final TreeMap<Integer, Path> homes = new TreeMap<>();
        try (Stream<Path> neighbours = Files.list(own.toAbsolutePath().getParent())) {
            for (final Path home : neighbours.collect(Collectors.toList())) {
                final int feature = feature(home);
                if (feature >= OLDEST) {
                    homes.put(feature, home);
                }
            }
        } catch (final IOException e) {
            homes.clear(); // this JVM's has to do
        }
        homes.put(Runtime.version().feature(), own);
        return List.copyOf(homes.values());
    }

    /** {@return whether there is an installation that Condatis runs on} */
    static boolean isUsable(final Path home) {
        return feature(home) >= OLDEST;
    }

    private static int feature(final Path home) {
        try {
            final Matcher matcher = FEATURE.matcher(Files.readString(home.resolve("release")));
            return Files.isExecutable(home.resolve("bin").resolve("java")) && matcher.find()
                    ? Integer.parseInt(matcher.group(1))
                    : 0;
        } catch (final IOException e) {
            return 0;
        }
    }
}
