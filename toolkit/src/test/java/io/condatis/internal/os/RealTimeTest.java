package io.condatis.internal.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RealTimeTest {
    private static final String NORMAL = "0";
    private static final String FIFO = "1";

    @AfterEach
    void forget() {
        System.clearProperty(TimeSlice.PROPERTY);
    }

    @Test
    void shouldTellWhatTheKernelDidAndLeaveOthersAlone() throws Exception {
        assumeTrue(NativeAccess.get().isAvailable(), "no system calls here");
        final boolean[] given = new boolean[1];
        final String policy = inNewThread(() -> {
            given[0] = RealTime.ask();
            return policy();
        });

        assertEquals(given[0] ? FIFO : NORMAL, policy);
        assertEquals(NORMAL, inNewThread(RealTimeTest::policy));
    }

    @Test
    void shouldNotBeInheritedByThreadsThatItStarts() throws Exception {
        assertEquals(NORMAL, inNewThread(() -> {
            RealTime.ask();
            return inNewThread(RealTimeTest::policy);
        }));
    }

    @Test
    void shouldAskForNothingWhenTurnsAreToBeLeftAlone() throws Exception {
        System.setProperty(TimeSlice.PROPERTY, "false");

        assertEquals(NORMAL, inNewThread(() -> {
            assertFalse(RealTime.ask());
            return policy();
        }));
    }

    /** The 41st field, of which 38 come after the command. */
    private static String policy() throws Exception {
        final String stat = Files.readString(Path.of("/proc/thread-self/stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[38];
    }

    private static <T> T inNewThread(final Callable<T> callable) throws Exception {
        final FutureTask<T> task = new FutureTask<>(callable);
        new Thread(task).start();
        return task.get(10, TimeUnit.SECONDS);
    }
}
