package io.condatis.process;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class ArchiveConflictsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Xshare:auto",
                "-XX:SharedArchiveFile=app.jsa",
                "-XX:DumpLoadedClassList=classes",
                "-XX:SharedClassListFile=classes",
                "-XX:AOTCacheOutput=app.aot",
                "-XX:Flags=flags",
                "-XX:VMOptionsFile=flags",
                "@flags"
            })
    void shouldSeeWhatTellsOfAnotherArchive(final String flag) {
        assertTrue(ArchiveConflicts.isAny(List.of("-Xmx64m", flag), Map.of()));
        for (final String variable : List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS")) {
            assertTrue(ArchiveConflicts.isAny(List.of(), Map.of(variable, "-Xmx64m \t" + flag + " -Da=b")));
            assertTrue(ArchiveConflicts.isAny(List.of(), Map.of(variable, "\"" + flag + "\"")));
        }
    }

    @Test
    void shouldLetEverythingElseBe() {
        final Map<String, String> environment =
                Map.of("JAVA_TOOL_OPTIONS", " -Dmail=a@b -Dx=-Xshare:auto ", "OTHER", "-Xshare:auto");
        assertFalse(ArchiveConflicts.isAny(List.of("-Xmx64m", "--add-opens=a/b=ALL-UNNAMED"), environment));
    }
}
