package io.condatis.perf;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Runs the same command once more, on another JDK. */
final class OtherJdk {
    /** Set for the JVM that is started: whatever its JDK calls itself, it measures. */
    private static final String STARTED = "io.condatis.perf.jdk.started";

    private static final int NATIVE_ACCESS_FROM = 22;
    private static final int UNSAFE_WARNS_FROM = 24;
    private static final String BEFORE_9 = "1.";

    private final Path home;

    /** A JDK that lies in a directory, or whose {@code bin/java} is linked from there. */
    OtherJdk(final Path home) {
        this.home = realHome(home);
    }

    private static Path realHome(final Path home) {
        try {
            final Path bin = javaOf(home).toRealPath().getParent();
            return bin != null && bin.getParent() != null ? bin.getParent() : home;
        } catch (final IOException e) {
            return home; // there is no java in it, of which the refusal tells
        }
    }

    /** {@return why it cannot be used, or null when it can} */
    String refusal() {
        if (!Files.isExecutable(java())) {
            return "There is no executable bin/java in " + home + ", which --jdk names.";
        }
        return feature() < 17 ? home + " is Java " + feature() + ", and Condatis needs 17 or later." : null;
    }

    /** {@return whether this JVM is of that JDK, or was started to be} */
    boolean isThis() throws IOException {
        return Boolean.getBoolean(STARTED) || Files.isSameFile(Path.of(System.getProperty("java.home")), home);
    }

    /** {@return the exit code of the run} */
    int run(final List<String> arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(java().toString());
        command.add("--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");
        if (feature() >= NATIVE_ACCESS_FROM) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        if (feature() >= UNSAFE_WARNS_FROM) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.add("-D" + STARTED + "=true");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Perf.class.getName());
        command.addAll(arguments);
        final Process process = new ProcessBuilder(command).inheritIO().start();
        // A signal to this process alone ends the run too.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return process.waitFor();
    }

    private Path java() {
        return javaOf(home);
    }

    private static Path javaOf(final Path home) {
        return home.resolve("bin" + File.separator + "java");
    }

    private int feature() {
        final Properties release = new Properties();
        try (var in = Files.newInputStream(home.resolve("release"))) {
            release.load(in);
            final String version = release.getProperty("JAVA_VERSION", "17").replace("\"", "");
            return version.startsWith(BEFORE_9)
                    ? version.charAt(BEFORE_9.length()) - '0'
                    : Runtime.Version.parse(version).feature();
        } catch (final IOException | IllegalArgumentException e) {
            return 17; // no word of its version: let it try
        }
    }
}
