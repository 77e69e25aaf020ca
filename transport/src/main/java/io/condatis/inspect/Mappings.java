package io.condatis.inspect;

import io.condatis.internal.os.SharedDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which processes have which files mapped, as {@code /proc} tells: of this user, and in sight of this pid namespace. Python's
 * processes, which hold no kernel lock, are seen by this only.
 */
final class Mappings {
    private static final int DEVICE_FIELD = 3;
    private static final int INODE_FIELD = 4;
    private static final int FIELDS = 6;

    private final Map<FileId, TreeSet<Long>> processes = new HashMap<>();

    private Mappings() {}

    /**
     * A file as the kernel names it.
     *
     * @param device {@code major:minor} in hexadecimal
     * @param inode on the device
     */
    record FileId(String device, long inode) {}

    static Mappings read() {
        final Mappings mappings = new Mappings();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (final Path process : stream) {
                mappings.add(process);
            }
        } catch (final IOException | DirectoryIteratorException e) {
            return mappings; // no /proc: nobody is seen
        }
        return mappings;
    }

    /** {@return the pids of those who have a file mapped} */
    List<Long> of(final FileId file) {
        final TreeSet<Long> pids = processes.get(file);
        return pids == null ? List.of() : List.copyOf(pids);
    }

    private void add(final Path process) {
        try {
            final long pid = Long.parseLong(process.getFileName().toString());
            if ((Integer) Files.getAttribute(process, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                    == SharedDirectory.userId()) {
                Files.readString(process.resolve("maps"), StandardCharsets.ISO_8859_1)
                        .lines()
                        .forEach(line -> add(line, pid));
            }
        } catch (final IOException | RuntimeException e) {
            return; // ended meanwhile, or its maps may not be read
        }
    }

    /** {@code 7f0c-7f0d rw-s 00000000 00:1b 1234 /dev/shm/name}. */
    private void add(final String line, final long pid) {
        final String[] fields = line.split(" +", FIELDS);
        if (fields.length == FIELDS && !fields[INODE_FIELD].equals("0")) {
            final FileId file = new FileId(fields[DEVICE_FIELD], Long.parseLong(fields[INODE_FIELD]));
            processes.computeIfAbsent(file, key -> new TreeSet<>()).add(pid);
        }
    }

    static FileId idOf(final long device, final long inode) {
        final long major = device >>> 8 & 0xFFF | device >>> 32 & ~0xFFFL;
        final long minor = device & 0xFF | device >>> 12 & ~0xFFL & 0xFFFFFFFFL;
        return new FileId(String.format("%02x:%02x", major, minor), inode);
    }
}
