package io.condatis.perf.process;

import io.condatis.internal.os.JvmFlags;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The programs of the Maven profile {@code peers} and the libraries that they measure. They are built into a directory of
 * their own: nothing of them is on the class path of what is measured beside them.
 */
final class PeerJars {
    private static final int UNSAFE_WARNS_FROM = 23;
    private static final String PACKAGE = "io.condatis.perf.peers.";
    private static final String ALL_UNNAMED = "=ALL-UNNAMED";

    private final Path directory;

    /** Those that were built into a directory, which may be missing. */
    PeerJars(final Path directory) {
        this.directory = directory;
    }

    /** Those that lie beside this program: in {@code perf/peers/target} where this one is in {@code perf/target}. */
    static PeerJars besideThis() {
        try {
            final Path code = Path.of(PeerJars.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return new PeerJars(code.resolve("../../peers/target").normalize());
        } catch (final URISyntaxException e) {
            throw new IllegalStateException("this program does not know where it is", e);
        }
    }

    /** {@return whether they can be run} */
    boolean areBuilt() {
        return !jars().isEmpty() && Files.isDirectory(libraries());
    }

    /**
     * The command of a program, less the plan that it gets as its last arguments.
     *
     * @param program its class, in the package of the peers
     * @param what it shall measure, its first argument
     * @param opened packages that its library reaches into, as {@code java.base/java.lang}
     * @return the command
     */
    List<String> command(final String program, final String what, final List<String> opened) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmFlags.required());
        if (Runtime.version().feature() >= UNSAFE_WARNS_FROM) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        for (final String name : opened) {
            command.add("--add-exports=" + name + ALL_UNNAMED);
            command.add("--add-opens=" + name + ALL_UNNAMED);
        }
        // Nobody is told that this was run.
        command.add("-Dchronicle.analytics.disable=true");
        command.add("-Dchronicle.announcer.disable=true");
        // An archive of this class path would be made in the background of what is measured.
        command.add("-Dcondatis.archive=off");
        command.add("-cp");
        command.add(classPath());
        command.add(PACKAGE + program);
        command.add(what);
        return command;
    }

    private String classPath() {
        final List<String> path = new ArrayList<>();
        path.add(System.getProperty("java.class.path"));
        jars().forEach(jar -> path.add(jar.toString()));
        path.add(libraries() + File.separator + "*");
        return String.join(File.pathSeparator, path);
    }

    private Path libraries() {
        return directory.resolve("lib");
    }

    private List<Path> jars() {
        final List<Path> jars = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "condatis-perf-peers-*.jar")) {
                found.forEach(jars::add);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return jars;
    }
}
