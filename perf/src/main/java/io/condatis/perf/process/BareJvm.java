package io.condatis.perf.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;

/** A JVM with this one's class path and no flag, the least that a process of Java costs. */
final class BareJvm {
    private BareJvm() {}

    static Process start(final Class<?> main) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName())
                .redirectError(Redirect.INHERIT)
                .start();
    }
}
