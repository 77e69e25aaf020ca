package io.condatis.inspect;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.Futex;
import io.condatis.internal.os.JvmFlags;
import java.util.ArrayList;
import java.util.List;

/** The Java that runs this, with the flags that the launcher gives. */
final class JavaChecks {
    private static final int OLDEST = 17;

    private JavaChecks() {}

    static boolean canLookAtMemory() {
        try {
            JvmFlags.check();
            return true;
        } catch (final CondatisException e) {
            return false;
        }
    }

    static List<Finding> run() {
        final List<Finding> findings = new ArrayList<>();
        final int feature = Runtime.version().feature();
        final String java =
                System.getProperty("java.vm.name") + " " + Runtime.version() + " in " + System.getProperty("java.home");
        findings.add(
                feature >= OLDEST
                        ? Finding.ok("java", java)
                        : Finding.problem("java", java, "set JAVA_HOME to a JDK from " + OLDEST + " on"));
        final String system = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
        findings.add(
                system.startsWith("Linux")
                        ? Finding.ok("system", system)
                        : Finding.problem("system", system, "run on 64-bit Linux; nothing else is tested"));
        try {
            JvmFlags.check();
            findings.add(Finding.ok("flags", String.join(" ", JvmFlags.required())));
            findings.add(futex());
        } catch (final CondatisException e) {
            findings.add(Finding.problem("flags", e.getMessage(), "add it to the command line of every JVM"));
        }
        return findings;
    }

    private static Finding futex() {
        final Futex futex = Futex.get();
        return futex.canWake()
                ? Finding.ok("sleeping", "waits sleep in the kernel, by " + futex)
                : Finding.note(
                        "sleeping",
                        "waits poll every millisecond at most: " + futex,
                        "allow system calls: JDK 22 or later with --enable-native-access, or net.java.dev.jna:jna on the"
                                + " class path and a temporary directory that is not mounted noexec");
    }
}
