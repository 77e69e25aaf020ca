package io.condatis.internal.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.condatis.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What a program does to itself that closes descriptors that it did not open. */
@Timeout(30)
@EnabledOnOs(OS.LINUX)
class LostDescriptorTest {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final DeathWatch watch = DeathWatch.get();

    @Test
    void shouldWatchWithoutAThreadsDescriptorAndLeakNoneWithoutItsProcess() throws Exception {
        assumeTrue(watch != null && watch.tellsOfThreads(), "this kernel tells of whole processes only");
        final Set<Integer> others = descriptors();
        final Runnable nothing = () -> {};
        assertTrue(watch.watch(ProcessIdentity.pid(), ProcessIdentity.startTicks(), nothing));
        try {
            final TreeSet<Integer> own = new TreeSet<>(descriptors());
            own.removeAll(others);
            assertTrue(own.size() > 2, own::toString);
            final int whole = own.first(); // the first one that it opens
            closeAndLook(own.pollLast());
            assertEquals(own, without(others));
            closeAndLook(whole);
            Await.until("none is left", () -> without(others).isEmpty());
        } finally {
            watch.forget(nothing);
        }
    }

    /**
     * Has the watch look at all descriptors once more, and nobody take the number before: nothing is opened between the close and
     * that look, hence a process that ends when its input does; {@code destroyForcibly} would read a file of it.
     */
    private void closeAndLook(final int descriptor) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder("cat").start();
        final Object told = new Object();
        final int[] times = new int[1];
        final Runnable onDeath = () -> {
            synchronized (told) {
                times[0]++;
                told.notifyAll();
            }
        };
        assertTrue(watch.watch(
                process.pid(), ProcessStatus.of(Long.toString(process.pid())).startTicks(), onDeath));
        close(descriptor);
        process.getOutputStream().close();
        synchronized (told) {
            while (times[0] < 2) { // the second time is after a look that began after the close
                told.wait();
            }
        }
        watch.forget(onDeath);
    }

    private static void close(final int descriptor) {
        final NativeAccess access = NativeAccess.get();
        assertEquals(0, access.syscall().call(access.abi().close, descriptor, 0, 0, 0));
    }

    private static Set<Integer> without(final Set<Integer> others) {
        final Set<Integer> now = descriptors();
        now.removeAll(others);
        return now;
    }

    /** {@return the numbers of all that stand for processes} */
    private static Set<Integer> descriptors() {
        try (Stream<Path> files = Files.list(DESCRIPTORS)) {
            return files.filter(LostDescriptorTest::isOfProcess)
                    .map(file -> Integer.valueOf(file.getFileName().toString()))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOfProcess(final Path file) {
        try {
            return Files.readString(Path.of("/proc/self/fdinfo").resolve(file.getFileName()))
                    .contains("NSpid:");
        } catch (final IOException e) {
            return false; // closed just now
        }
    }
}
