package io.condatis.inspect;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.SharedDirectory;
import io.condatis.internal.protocol.ManagerDirectory;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The directory for shared memory: what kind it is, its room, who may write there. */
final class DirectoryChecks {
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs", "hugetlbfs");
    private static final int OTHERS_WRITE = 02;
    private static final int STICKY = 01000;

    private DirectoryChecks() {}

    static boolean isThere() {
        return absence() == null;
    }

    /** {@return why there is no directory, or null} */
    private static String absence() {
        try {
            SharedDirectory.path();
            return null;
        } catch (final CondatisException e) {
            return e.getMessage();
        }
    }

    static List<Finding> run() throws IOException {
        final List<Finding> findings = new ArrayList<>();
        if (!isThere()) {
            findings.add(Finding.problem("directory", absence(), "mount -t tmpfs tmpfs /dev/shm"));
            return findings;
        }
        final Path directory = SharedDirectory.path();
        final FileStore store = Files.getFileStore(directory);
        findings.add(
                IN_MEMORY.contains(store.type())
                        ? Finding.ok("directory", directory + " is of type " + store.type())
                        : Finding.note(
                                "directory",
                                directory + " is of type " + store.type() + ": pages are written to a disk",
                                "use a tmpfs: /dev/shm, or mount -t tmpfs tmpfs " + directory));
        findings.add(room(directory, store));
        findings.add(permissions(directory));
        return findings;
    }

    private static Finding room(final Path directory, final FileStore store) throws IOException {
        final long total = store.getTotalSpace();
        final long free = SharedDirectory.freeBytes();
        final String text = Text.bytes(free) + " free of " + (total == 0 ? "no fixed size" : Text.bytes(total));
        final String remedy = "mount -o remount,size=1g " + directory + "; in a container --shm-size=1g; 'condatis ls'"
                + " shows what takes the room";
        if (free < ManagerDirectory.ROOM) {
            return Finding.problem("room", text + ": a manager takes " + Text.bytes(ManagerDirectory.ROOM), remedy);
        }
        return total != 0 && free < total / 10 ? Finding.note("room", text, remedy) : Finding.ok("room", text);
    }

    private static Finding permissions(final Path directory) throws IOException {
        final int mode = (Integer) Files.getAttribute(directory, "unix:mode");
        final String text = String.format("%s has mode %04o", directory, mode & 07777);
        if (!Files.isWritable(directory) || !Files.isExecutable(directory)) {
            return Finding.problem(
                    "permissions",
                    text + ", and user " + System.getProperty("user.name") + " cannot make files there",
                    "chmod 1777 " + directory + ", or name another directory with -D"
                            + SharedDirectory.DIRECTORY_PROPERTY + "=DIRECTORY in every process");
        }
        return (mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0
                ? Finding.problem(
                        "permissions",
                        text + ": every user can remove the files of every other",
                        "chmod +t " + directory)
                : Finding.ok("permissions", text);
    }
}
