package io.condatis.internal.os;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.condatis.testing.ForkedJvm;
import java.time.Duration;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class JvmFlagsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    @Test
    void shouldPassWhenTheFlagsAreGiven() {
        assertDoesNotThrow(JvmFlags::check);
    }

    @Test
    void shouldNameTheExactFlagWhenItIsMissing() {
        try (ForkedJvm child =
                ForkedJvm.of(ChecksThenUsesAgrona.class).withoutRequiredFlags().start()) {
            assertEquals(1, child.exitCode(DEADLINE), child::output);
            final String expected = "io.condatis.error.CondatisException: Condatis needs access to the JDK's memory"
                    + " operations: start this JVM with --add-opens java.base/jdk.internal.misc=ALL-UNNAMED.";
            child.awaitLine(expected, DEADLINE);
        }
    }

    @Test
    void shouldLetAgronaWorkWithoutAnyWarningWhenTheRequiredFlagsAreUsed() {
        try (ForkedJvm child = ForkedJvm.start(ChecksThenUsesAgrona.class)) {
            assertEquals(0, child.exitCode(DEADLINE), child::output);
            child.awaitLine("stored 42", DEADLINE);
            assertEquals(0, child.errorLines().size(), child::output);
        }
    }

    static final class ChecksThenUsesAgrona {
        public static void main(final String[] args) {
            JvmFlags.check();
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8]);
            buffer.putLong(0, 42);
            System.out.println("stored " + buffer.getLong(0));
        }
    }
}
