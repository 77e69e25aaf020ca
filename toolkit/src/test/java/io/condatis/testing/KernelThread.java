package io.condatis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A thread as Linux sees it. What the JVM knows of a thread in a native wait is that it runs. */
public final class KernelThread {
    /** What {@link #sleep()} returns for a thread that does not sleep. */
    public static final long AWAKE = -1;

    /** A thread that was woken has left its sleep by then, though it may not have run yet. */
    private static final long SUSPICIOUS_NS = TimeUnit.MICROSECONDS.toNanos(300);

    private static final long SAMPLE_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int SPINS = 1_000;

    private static final String PROCESSORS = "Cpus_allowed_list:\t";
    private static final String STATE = "State:\t";
    private static final String SWITCHES = "voluntary_ctxt_switches:\t";

    /** The second argument in {@code /proc/TID/syscall}, after the number of the call. */
    private static final int OPERATION = 2;

    private static final int PRIVATE = 0x80; // FUTEX_PRIVATE_FLAG of the kernel's linux/futex.h

    private final Path status;

    private KernelThread(final Path status) {
        this.status = status;
    }

    /** {@return the calling thread, to be looked at by others} */
    public static KernelThread current() {
        final Path proc = Path.of("/proc");
        try {
            return new KernelThread(proc.resolve(Files.readSymbolicLink(proc.resolve("thread-self")))
                    .resolve("status"));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Keeps the thread on the first processor that it may run on: threads that share one take turns, and each is stopped
     * at whatever instruction it has come to.
     *
     * @return whether that could be done
     */
    public boolean pin() {
        try {
            final String allowed = Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith(PROCESSORS))
                    .findFirst()
                    .orElseThrow()
                    .substring(PROCESSORS.length())
                    .split("[-,]")[0];
            final String number = status.getParent().getFileName().toString();
            final Process taskset = new ProcessBuilder("taskset", "-p", "-c", allowed, number)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return taskset.waitFor() == 0;
        } catch (final IOException e) {
            return false;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * {@return the number of the sleep that the thread is in, or {@link #AWAKE}} The same number twice means that nothing
     * has woken it in between. Where it waits for its own JVM, for a lock of its compiler for example, it counts as awake.
     */
    public long sleep() {
        long number = AWAKE;
        boolean sleeps = false;
        try {
            for (final String line : Files.readAllLines(status)) {
                if (line.startsWith(STATE)) {
                    sleeps = line.charAt(STATE.length()) == 'S';
                } else if (line.startsWith(SWITCHES)) {
                    number = Long.parseLong(line.substring(SWITCHES.length()));
                }
            }
        } catch (final IOException e) {
            return AWAKE; // it has ended
        }
        return sleeps && !waitsForItsJvm() ? number : AWAKE;
    }

    /** The JVM's own futexes are private to the process, those in shared memory are not. Unknown is no. */
    private boolean waitsForItsJvm() {
        try {
            final String[] call =
                    Files.readString(status.resolveSibling("syscall")).split(" ");
            return call.length > OPERATION && (Long.decode(call[OPERATION]) & PRIVATE) != 0;
        } catch (final IOException e) {
            return false;
        }
    }

    /**
     * Waits while the thread has something to do for which it was woken, or ought to have been. It does not matter how busy
     * the machine is: a thread that was woken and does not run is not asleep.
     *
     * @param waits whether it has not done it yet
     * @return true as soon as it is seen asleep twice, a millisecond apart, in one and the same sleep
     */
    public boolean oversleeps(final BooleanSupplier waits) {
        for (int i = 0; i < SPINS && waits.getAsBoolean(); i++) {
            Thread.onSpinWait();
        }
        long sampledNs = System.nanoTime() + SUSPICIOUS_NS - SAMPLE_NS;
        long sleep = AWAKE;
        while (waits.getAsBoolean()) {
            Thread.yield();
            if (System.nanoTime() - sampledNs > SAMPLE_NS) {
                final long now = sleep();
                if (now != AWAKE && now == sleep && waits.getAsBoolean()) {
                    return true;
                }
                sleep = now;
                sampledNs = System.nanoTime();
            }
        }
        return false;
    }
}
