package io.condatis.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A home of a Java that is run by another program, such as one that gives it namespaces of its own. */
final class Wrapper {
    private Wrapper() {}

    /** {@return a directory whose {@code bin/java} runs this JVM's Java by a command} */
    static Path of(final Path home, final String command) throws IOException {
        final Path real = Path.of(System.getProperty("java.home"));
        Files.createDirectories(home.resolve("bin"));
        Files.copy(real.resolve("release"), home.resolve("release"));
        final Path java = home.resolve("bin").resolve("java");
        Files.writeString(java, "#!/bin/sh\nexec " + command + " '" + real.resolve("bin/java") + "' \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        return home;
    }
}
