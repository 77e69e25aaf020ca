package io.condatis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.LeakCheck;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** A short run of each primitive; the seed is in the output of a failure. */
@Timeout(120)
@ExtendWith(LeakCheck.class)
class TortureTest {
    private final StringWriter output = new StringWriter();

    @ParameterizedTest
    @EnumSource
    void shouldBeCleanAfterSomeSecondsOf(final TorturePrimitive primitive) {
        final int exitCode = execute("--primitive", primitive.toString(), "--seconds", "2", "--processes", "3");
        assertEquals(0, exitCode, output::toString);
        assertTrue(output.toString().contains(" 0 violations"), output::toString);
    }

    @Test
    void shouldRefuseACommandLineThatMakesNoSense() {
        assertEquals(2, execute("--primitive", "rope"));
        assertEquals(2, execute("--primitive", "lock", "--processes", "1000"));
    }

    private int execute(final String... args) {
        final CommandLine command = Torture.commandLine();
        command.setOut(new PrintWriter(output, true));
        command.setErr(new PrintWriter(output, true));
        return command.execute(args);
    }
}
