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
    private static final int NATIVE_ACCESS_FROM = 22;
    private static final int UNSAFE_WARNS_FROM = 24;

    private final Path home;

    /** A JDK that lies in a directory. */
    OtherJdk(final Path home) {
        this.home = home;
    }

    /** {@return why it cannot be used, or null when it can} */
    String refusal() {
        if (!Files.isExecutable(java())) {
            return "There is no executable bin/java in " + home + ", which --jdk names.";
        }
        return feature() < 17 ? home + " is Java " + feature() + ", and Condatis needs 17 or later." : null;
    }

    /** {@return whether this JVM is of that JDK} */
    boolean isThis() throws IOException {
        return Files.isSameFile(Path.of(System.getProperty("java.home")), home);
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
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Perf.class.getName());
        command.addAll(arguments);
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private Path java() {
        return home.resolve("bin" + File.separator + "java");
    }

    private int feature() {
        final Properties release = new Properties();
        try (var in = Files.newInputStream(home.resolve("release"))) {
            release.load(in);
            return Runtime.Version.parse(
                            release.getProperty("JAVA_VERSION", "17").replace("\"", ""))
                    .feature();
        } catch (final IOException | IllegalArgumentException e) {
            return 17; // no word of its version: let it try
        }
    }
}
