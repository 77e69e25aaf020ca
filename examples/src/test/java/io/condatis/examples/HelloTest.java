package io.condatis.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(LeakCheck.class)
final class HelloTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void shouldCountVisitsOfBothProcessesWhenRun() {
        try (ForkedJvm hello = ForkedJvm.start(Hello.class)) {
            assertEquals(0, hello.exitCode(Duration.ofSeconds(30)), hello.output());
            assertEquals(2, hello.lines().size(), hello.output());
            assertEquals("visit 1 by process " + hello.pid(), hello.lines().get(0));
            assertTrue(hello.lines().get(1).startsWith("visit 2 by process "), hello.output());
        }
    }

    @Test
    void shouldStandInTheReadmeAsItIs() throws IOException {
        final String source = Files.readString(Path.of("src/main/java/io/condatis/examples/Hello.java"));
        final int begin = source.indexOf('\n', source.indexOf("tag::hello[]")) + 1;
        final String tagged = source.substring(begin, source.lastIndexOf('\n', source.indexOf("end::hello[]")));

        assertTrue(Files.readString(ROOT.resolve("README.md")).contains(tagged.stripIndent()), tagged.stripIndent());
    }
}
