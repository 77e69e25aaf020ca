package io.condatis.internal.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.condatis.testing.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What a program does to itself that closes descriptors that it did not open. */
@Timeout(30)
@EnabledOnOs(OS.LINUX)
class LostDescriptorTest {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path DESCRIPTOR_FACTS = Path.of("/proc/self/fdinfo");

    private static final Path NULL = Path.of("/dev/null");
    /** So many numbers below the watch's are free when one of the watch's is closed. */
    private static final int FREE = 8;

    private static final int MOST_OPENED = 1_000;
    /** In some of them the watch looks when nobody has the number: then it is only lost. */
    private static final int ROUNDS = 5;

    private static final String FLAGS = "flags:";
    private static final int PIDFD_THREAD = 0200;

    private final DeathWatch watch = DeathWatch.get();
    private final Deque<InputStream> lower = new ArrayDeque<>();
    private final List<InputStream> opened = new ArrayList<>();

    @AfterEach
    void closeFiles() throws IOException {
        for (final InputStream file : lower) {
            file.close();
        }
        for (final InputStream file : opened) {
            file.close();
        }
    }

    @Test
    void shouldWatchWithoutAThreadsDescriptorAndLeakNoneWithoutItsProcess() throws Exception {
        assumeTrue(watch != null && watch.tellsOfThreads(), "this kernel tells of whole processes only");
        for (int i = 0; i < 2 * FREE; i++) {
            lower.push(Files.newInputStream(NULL));
        }
        final Set<Integer> others = descriptors();
        final Runnable nothing = () -> {};
        assertTrue(watch.watch(ProcessIdentity.pid(), ProcessIdentity.startTicks(), nothing));
        try {
            final TreeSet<Integer> own = without(others);
            assertTrue(own.size() > 2, own::toString);
            final int whole = wholeOf(own);
            final int thread = own.last() == whole ? own.first() : own.last();
            closeAndLook(thread);
            own.remove(thread);
            assertEquals(own, without(others));
            closeAndLook(whole);
            Await.until("none is left", () -> without(others).isEmpty());
        } finally {
            watch.forget(nothing);
        }
    }

    @Test
    void shouldNotTakeALivingProcessForDeadWhoseDescriptorIsAFileOfTheProgramsByNow() throws Exception {
        assumeTrue(watch != null, "deaths are not watched here");
        for (int i = 0; i < ROUNDS; i++) {
            final Set<Integer> others = descriptors();
            final AtomicInteger told = new AtomicInteger();
            final Runnable onDeath = told::incrementAndGet;
            assertTrue(watch.watch(ProcessIdentity.pid(), ProcessIdentity.startTicks(), onDeath));
            try {
                final int whole = wholeOf(without(others));
                look(() -> {
                    close(whole);
                    takeNumber(whole);
                });
                assertEquals(0, told.get());
                assertTrue(isNull(whole), "it is still open");
            } finally {
                watch.forget(onDeath);
            }
        }
    }

    /** {@return the number that stands for the process as a whole; the others, opened with {@code PIDFD_THREAD}, say so} */
    private static int wholeOf(final Set<Integer> own) throws IOException {
        for (final int number : own) {
            final String flags = Files.readAllLines(DESCRIPTOR_FACTS.resolve(String.valueOf(number))).stream()
                    .filter(line -> line.startsWith(FLAGS))
                    .findFirst()
                    .orElseThrow()
                    .substring(FLAGS.length())
                    .trim();
            if ((Long.parseLong(flags, 8) & PIDFD_THREAD) == 0) {
                return number;
            }
        }
        throw new AssertionError(own);
    }

    /** A file that can be read at any time, as nothing can be of a process that lives. */
    private void takeNumber(final int number) throws IOException {
        do {
            assertTrue(opened.size() < MOST_OPENED, "nothing got the number " + number);
            opened.add(Files.newInputStream(NULL));
        } while (!isNull(number));
    }

    private static boolean isNull(final int number) {
        try {
            return NULL.equals(Files.readSymbolicLink(DESCRIPTORS.resolve(String.valueOf(number))));
        } catch (final IOException e) {
            return false; // nobody has it
        }
    }

    /**
     * Nobody takes the number before the watch has looked: compilers and others that open a file for a moment find lower ones
     * free.
     */
    private void closeAndLook(final int descriptor) throws IOException, InterruptedException {
        look(() -> {
            for (int i = 0; i < FREE; i++) {
                lower.pop().close();
            }
            close(descriptor);
        });
    }

    /**
     * Has the watch look at all descriptors once more after something was done. This opens none itself meanwhile, hence a
     * process that ends when its input does; {@code destroyForcibly} would read a file of it.
     */
    private void look(final Action before) throws IOException, InterruptedException {
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
        before.run();
        process.getOutputStream().close();
        synchronized (told) {
            while (times[0] < 2) { // the second time is after a look that began after all that
                told.wait();
            }
        }
        watch.forget(onDeath);
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }

    private static void close(final int descriptor) {
        final NativeAccess access = NativeAccess.get();
        assertEquals(0, access.syscall().call(access.abi().close, descriptor, 0, 0, 0));
    }

    private static TreeSet<Integer> without(final Set<Integer> others) {
        final TreeSet<Integer> now = descriptors();
        now.removeAll(others);
        return now;
    }

    /** {@return the numbers of all that stand for processes} */
    private static TreeSet<Integer> descriptors() {
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
            return Files.readString(DESCRIPTOR_FACTS.resolve(file.getFileName()))
                    .contains("NSpid:");
        } catch (final IOException e) {
            return false; // closed just now
        }
    }
}
