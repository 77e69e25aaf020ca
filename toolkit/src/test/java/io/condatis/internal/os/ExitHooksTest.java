package io.condatis.internal.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.ForkedJvm;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ExitHooksTest {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    @Test
    void shouldCloseTheLastRegisteredFirstWhenMainEnds() {
        try (ForkedJvm child = ForkedJvm.start(Registers.class, "return")) {
            assertEquals(0, child.exitCode(DEADLINE), child::output);
            assertEquals(List.of("ready", "third", "first"), child.lines());
        }
    }

    @Test
    void shouldCloseOnceWhenExitIsCalled() {
        try (ForkedJvm child = ForkedJvm.start(Registers.class, "exit")) {
            assertEquals(7, child.exitCode(DEADLINE), child::output);
            assertEquals(List.of("ready", "third", "first"), child.lines());
        }
    }

    @Test
    void shouldCloseWhenTerminated() {
        try (ForkedJvm child = ForkedJvm.start(Registers.class, "wait")) {
            child.awaitLine("ready", DEADLINE);
            child.signal("TERM");
            assertEquals(128 + 15, child.exitCode(DEADLINE), child::output);
            assertEquals(List.of("ready", "third", "first"), child.lines());
        }
    }

    @Test
    void shouldCloseTheOthersAndReportWhenOneFails() {
        try (ForkedJvm child = ForkedJvm.start(Fails.class)) {
            child.exitCode(DEADLINE);
            assertEquals(List.of("closed"), child.lines(), child::output);
            assertTrue(child.output().contains("IllegalStateException: broken"), child::output);
        }
    }

    static final class Registers {
        public static void main(final String[] args) throws InterruptedException {
            ExitHooks.register(() -> System.out.println("first"));
            final ExitHooks.Registration second = ExitHooks.register(() -> System.out.println("second"));
            ExitHooks.register(() -> System.out.println("third"));
            second.cancel();
            System.out.println("ready");
            if (args[0].equals("exit")) {
                System.exit(7);
            }
            if (args[0].equals("wait")) {
                new CountDownLatch(1).await();
            }
        }
    }

    static final class Fails {
        public static void main(final String[] args) {
            ExitHooks.register(() -> System.out.println("closed"));
            ExitHooks.register(() -> {
                throw new IllegalStateException("broken");
            });
        }
    }
}
