package io.condatis.internal.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(30)
@ExtendWith(LeakCheck.class)
class CrashPointTest {
    @Test
    void shouldBeOffByDefault() {
        assertFalse(CrashPoint.ON);
        CrashPoint.reached("main.step");
    }

    @Test
    void shouldDieAtTheFirstPass() {
        assertDies(List.of(), "-Dcondatis.crash=main.step");
    }

    @Test
    void shouldDieAtTheGivenPass() {
        assertDies(List.of("1", "2"), "-Dcondatis.crash=main.step:3");
    }

    @Test
    void shouldDieWithoutSystemCallsToo() {
        assertDies(
                List.of("1"),
                "-Dcondatis.crash=main.step:2",
                "-Dcondatis.futex=jna",
                "-Djna.noclasspath=true",
                "-Djna.nosys=true");
    }

    @Test
    void shouldLiveWhenThePointIsNotReached() {
        try (ForkedJvm child =
                ForkedJvm.of(Main.class).flags("-Dcondatis.crash=elsewhere").start()) {
            assertEquals(0, child.exitCode(Await.DEADLINE), child.output());
            assertEquals(List.of("1", "2", "3", "4"), child.lines());
        }
    }

    private static void assertDies(final List<String> printed, final String... flags) {
        try (ForkedJvm child = ForkedJvm.of(Main.class).flags(flags).start()) {
            assertEquals(137, child.exitCode(Await.DEADLINE), child.output());
            assertEquals(printed, child.lines());
        }
    }

    /** Counts to four. */
    static final class Main {
        private Main() {}

        public static void main(final String[] args) {
            for (int i = 1; i <= 4; i++) {
                CrashPoint.reached("main.step");
                System.out.println(i);
            }
        }
    }
}
