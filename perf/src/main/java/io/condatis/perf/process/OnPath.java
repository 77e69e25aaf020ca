package io.condatis.perf.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Programs that the system may have or not. */
final class OnPath {
    private OnPath() {}

    /** {@return whether a program of this name can be started} */
    static boolean has(final String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
