package io.condatis.inspect;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Limits of processes, of the container, and programs that some commands need. */
final class SystemChecks {
    private static final long FEW_FILES = 1024;
    private static final long LITTLE_MEMORY = 256L << 20;
    private static final String UNLIMITED = "unlimited";
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Path CGROUP_LIMIT = Path.of("/sys/fs/cgroup/memory.max");

    private SystemChecks() {}

    static List<Finding> run() {
        final List<Finding> findings = new ArrayList<>();
        limits(findings);
        containerLimit(findings);
        findings.add(
                Files.isReadable(Path.of("/proc/self/maps"))
                        ? Finding.ok("proc", "/proc can be read")
                        : Finding.note(
                                "proc",
                                "/proc cannot be read: who has a block mapped cannot be shown",
                                "mount -t proc proc /proc"));
        tool(findings, "python3", "programs in Python share blocks and lists; only they, and their tests, need it");
        tool(findings, "stty", "'condatis top' reads keys at once by it; without it, q needs a line end");
        tool(findings, "mvn", "./condatis builds by it when sources are newer than the jars");
        return findings;
    }

    private static void limits(final List<Finding> findings) {
        final long files = limit("Max open files");
        findings.add(
                files >= FEW_FILES
                        ? Finding.ok("limits", "open files: " + shown(files))
                        : Finding.problem(
                                "limits",
                                "only " + files + " open files",
                                "ulimit -n 65536; for a service LimitNOFILE=65536"));
        final long fileSize = limit("Max file size");
        if (fileSize != Long.MAX_VALUE) {
            findings.add(Finding.problem(
                    "limits",
                    "files may have " + Text.bytes(fileSize) + " at most: a larger block kills its creator by SIGXFSZ",
                    "ulimit -f unlimited"));
        }
        final long addresses = limit("Max address space");
        if (addresses != Long.MAX_VALUE) {
            findings.add(Finding.note(
                    "limits",
                    "address space of " + Text.bytes(addresses) + ": mappings count against it",
                    "ulimit -v unlimited"));
        }
    }

    private static String shown(final long limit) {
        return limit == Long.MAX_VALUE ? UNLIMITED : Long.toString(limit);
    }

    /** {@return a soft limit, {@link Long#MAX_VALUE} for none or an unknown one} */
    private static long limit(final String name) {
        try {
            for (final String line : Files.readAllLines(LIMITS)) {
                if (line.startsWith(name)) {
                    final String value = line.substring(name.length()).trim().split(" +")[0];
                    return value.equals(UNLIMITED) ? Long.MAX_VALUE : Long.parseLong(value);
                }
            }
        } catch (final IOException | NumberFormatException e) {
            return Long.MAX_VALUE;
        }
        return Long.MAX_VALUE;
    }

    private static void containerLimit(final List<Finding> findings) {
        try {
            final String limit = Files.readString(CGROUP_LIMIT).trim();
            if (!limit.equals("max")) {
                final long bytes = Long.parseLong(limit);
                final String text = "this container has " + Text.bytes(bytes) + "; shared memory counts against it";
                findings.add(
                        bytes >= LITTLE_MEMORY
                                ? Finding.ok("memory", text)
                                : Finding.note("memory", text, "raise the container's limit (docker run -m)"));
            }
        } catch (final IOException | NumberFormatException e) {
            return; // no container that tells
        }
    }

    private static void tool(final List<Finding> findings, final String name, final String use) {
        for (final String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, name))) {
                findings.add(Finding.ok("tools", name));
                return;
            }
        }
        findings.add(
                Finding.note("tools", name + " is not on the PATH: " + use, "install " + name + " if you need it"));
    }
}
