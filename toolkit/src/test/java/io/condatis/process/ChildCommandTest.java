package io.condatis.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ChildCommandTest {
    private static final String OPEN = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED";

    @Test
    void shouldAddARequiredFlagOnceWhenItIsInheritedToo() {
        assertEquals(List.of("-Xmx64m", OPEN), ChildCommand.flags(List.of("-Xmx64m", OPEN), List.of(OPEN)));
        assertEquals(List.of("-Xmx64m", OPEN), ChildCommand.flags(List.of("-Xmx64m"), List.of(OPEN)));
    }

    @Test
    void shouldLeaveOutWhatOnlyOneJvmCanOwn() {
        final List<String> inherited = List.of(
                "-agentlib:jdwp=transport=dt_socket,server=y,address=5005",
                "-Dcom.sun.management.jmxremote.port=9010",
                "-XX:StartFlightRecording=filename=a.jfr",
                "-Xlog:gc:file=gc.log",
                "exit");
        assertEquals(List.of(), ChildCommand.flags(inherited, List.of()));
    }

    @Test
    void shouldKeepWhatCanBeShared() {
        final List<String> inherited =
                List.of("-Dkey=value", "-XX:+UseSerialGC", "-Xlog:gc:file=gc-%p.log", "-javaagent:coverage.jar");
        assertEquals(inherited, ChildCommand.flags(inherited, List.of()));
    }
}
