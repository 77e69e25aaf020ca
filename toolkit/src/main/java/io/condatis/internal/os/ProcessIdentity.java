package io.condatis.internal.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What identifies this process beyond its pid, for people and for cross-checks. Never decides alone who is dead: pids
 * are reused, and start times differ between time namespaces; {@link LivenessFile} decides.
 */
public final class ProcessIdentity {
    /** What the numeric accessors return where the system does not tell. */
    public static final long UNKNOWN = 0;

    private static final long PID = ProcessHandle.current().pid();
    private static final long START_TICKS = ProcessStatus.of("self").startTicks();
    private static final long PID_NAMESPACE = readPidNamespace();
    private static final String BOOT_ID = readBootId();

    private ProcessIdentity() {}

    /** {@return the pid of this process in its own pid namespace} */
    public static long pid() {
        return PID;
    }

    /** {@return clock ticks between boot and the start of this process, or {@link #UNKNOWN}} */
    public static long startTicks() {
        return START_TICKS;
    }

    /** {@return the inode of this process's pid namespace, or {@link #UNKNOWN}; pids compare only within one} */
    public static long pidNamespace() {
        return PID_NAMESPACE;
    }

    /** {@return the random identity of this boot of the machine, empty where the system does not tell} */
    public static String bootId() {
        return BOOT_ID;
    }

    /**
     * A second opinion about a process of the same pid and time namespace, for where kernel locks may have been lost.
     *
     * @param pid its pid
     * @param startTicks its {@link #startTicks()}
     * @return false when no process with both has a thread that can run; true otherwise, also when it cannot be told
     */
    public static boolean canRun(final long pid, final long startTicks) {
        final ProcessStatus status = ProcessStatus.of(Long.toString(pid));
        return !status.isKnown() || status.canRun() && status.startTicks() == startTicks;
    }

    private static long readPidNamespace() {
        try {
            final String link =
                    Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString(); // pid:[4026531836]
            return Long.parseLong(link.substring(link.indexOf('[') + 1, link.indexOf(']')));
        } catch (final IOException | RuntimeException e) {
            return UNKNOWN;
        }
    }

    private static String readBootId() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id"), StandardCharsets.US_ASCII)
                    .trim();
        } catch (final IOException | RuntimeException e) {
            return "";
        }
    }
}
