package io.condatis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A thread as Linux sees it. What the JVM knows of a thread in a native wait is that it runs. */
public final class KernelThread {
    /** What {@link #sleep()} returns for a thread that does not sleep. */
    public static final long AWAKE = -1;

    private static final String STATE = "State:\t";
    private static final String SWITCHES = "voluntary_ctxt_switches:\t";

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
     * {@return the number of the sleep that the thread is in, or {@link #AWAKE}} The same number twice means that nothing
     * has woken it in between.
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
        return sleeps ? number : AWAKE;
    }
}
