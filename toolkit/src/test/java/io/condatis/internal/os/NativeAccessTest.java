package io.condatis.internal.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.ForkedJvmOptions;
import io.condatis.testing.LeakCheck;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which binding a JVM ends up with, as its flags say. */
@Timeout(30)
@ExtendWith(LeakCheck.class)
class NativeAccessTest {
    private static final String ADD_OPENS = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED";

    @Test
    void shouldUseTheForeignInterfaceOrJnaByDefault() {
        final String expected = Runtime.version().feature() >= 22 ? "futex=ffm" : "futex=jna";
        assertServices(services(), "liveness=ofd", expected);
    }

    @Test
    void shouldUseJnaWhenForced() {
        assertServices(services("-Dcondatis.futex=jna"), "liveness=ofd", "futex=jna");
    }

    @Test
    void shouldPollWhenForced() {
        assertServices(services("-Dcondatis.futex=polling"), "liveness=ofd", "futex=polling");
    }

    @Test
    void shouldUseChannelsWhenForced() {
        assertServices(services("-Dcondatis.liveness=channel"), "liveness=channel", "futex=");
    }

    @Test
    void shouldFallBackToPlainJavaWhenJnaCannotLoad() {
        final ForkedJvmOptions flags =
                services("-Dcondatis.futex=jna", "-Djna.nounpack=true", "-Djna.nosys=true", "-Djna.noclasspath=true");
        assertServices(flags, "liveness=channel", "futex=polling (jna: ");
    }

    @Test
    void shouldFallBackToPlainJavaWhenTheForeignInterfaceIsMissing() {
        if (Runtime.version().feature() < 22) {
            assertServices(services("-Dcondatis.futex=ffm"), "liveness=channel", "futex=polling (ffm: ");
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_24)
    void shouldFallBackToPlainJavaWhenNativeAccessIsDenied() {
        final ForkedJvmOptions flags =
                services(ADD_OPENS, "--illegal-native-access=deny").withoutRequiredFlags();
        assertServices(flags, "liveness=channel", "futex=polling (ffm: ");
    }

    private static ForkedJvmOptions services(final String... flags) {
        return ForkedJvm.of(ServicesMain.class).flags(flags);
    }

    private static void assertServices(final ForkedJvmOptions options, final String liveness, final String futex) {
        try (ForkedJvm child = options.start()) {
            assertEquals(0, child.exitCode(Await.DEADLINE), child.output());
            final List<String> lines = child.lines();
            assertEquals(liveness, lines.get(0), child.output());
            assertTrue(lines.get(1).startsWith(futex), child.output());
            assertEquals("works=true", lines.get(2), child.output());
            assertEquals(List.of(), child.errorLines(), child.output());
        }
    }
}
