package io.condatis.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The user's cache directory, where archives of class data lie. Each appears whole, by a rename, under its key and its length:
 * a JVM that maps one which was cut short may crash, so one of another length is none.
 */
final class ArchiveDirectory {
    private static final int KEPT = 8;
    private static final String LOCK = "lock";
    private static final String SUFFIX = ".archive";
    private static final String BUILDING_SUFFIX = ".tmp";
    /** What the JVM appends for a file of its own on the way to a cache. */
    private static final String STEP_SUFFIX = ".config";

    private static final String WARM_UP = "warm-up-";
    private static final String LENGTH = "-";
    private static final int NO_LENGTH = -1;

    private final Path path;

    private ArchiveDirectory(final Path path) {
        this.path = path;
    }

    /** {@return the directory of this user, or null where there is no home} */
    static ArchiveDirectory ofUser() {
        final String cache = System.getenv("XDG_CACHE_HOME");
        if (cache != null && cache.startsWith("/")) {
            return new ArchiveDirectory(Path.of(cache, "condatis"));
        }
        final String home = System.getProperty("user.home", "");
        return home.startsWith("/") ? new ArchiveDirectory(Path.of(home, ".cache", "condatis")) : null;
    }

    Path path() {
        return path;
    }

    /** Locked by who builds; it is there after {@link #create()} and the first lock. */
    Path lock() {
        return path.resolve(LOCK);
    }

    void create() throws IOException {
        Files.createDirectories(
                path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** {@return the whole archive of this key, or null} */
    Path find(final String key) {
        if (!Files.isDirectory(path)) {
            return null;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (final Path file : files) {
                if (name(file).startsWith(key + LENGTH) && isWhole(file) && Files.isReadable(file)) {
                    return file;
                }
            }
            return null;
        } catch (final IOException | DirectoryIteratorException e) {
            return null; // an archive that cannot be read is of no use
        }
    }

    /** {@return the file that this process may build an archive in} */
    Path building(final String key) {
        return path.resolve(key + "." + ProcessHandle.current().pid() + BUILDING_SUFFIX);
    }

    /** {@return a directory, made anew, for what this process shares with nobody while it builds} */
    Path createPrivate() throws IOException {
        return Files.createDirectories(
                path.resolve(WARM_UP + ProcessHandle.current().pid()));
    }

    /** Gives what was built its name, once it is on the disk: a system that fails must not leave the name with half of it. */
    void publish(final Path building, final String key) throws IOException {
        final long length;
        try (FileChannel channel = FileChannel.open(building, StandardOpenOption.READ)) {
            channel.force(true);
            length = channel.size();
        }
        Files.move(building, path.resolve(key + LENGTH + length + SUFFIX), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Away with what this process built in and did not publish. */
    void discard(final Path building, final Path ofThisProcess) throws IOException {
        Files.deleteIfExists(building);
        Files.deleteIfExists(path.resolve(name(building) + STEP_SUFFIX));
        deleteTree(ofThisProcess);
    }

    /** Away with what a builder that was killed has left, with archives cut short, and with all but the newest. */
    void sweep() throws IOException {
        final List<Path> archives = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (final Path file : files) {
                final String name = name(file);
                if (isWhole(file)) {
                    archives.add(file);
                } else if (name.endsWith(SUFFIX)
                        || name.endsWith(BUILDING_SUFFIX)
                        || name.endsWith(STEP_SUFFIX)
                        || name.startsWith(WARM_UP)) {
                    deleteTree(file);
                }
            }
        }
        archives.sort(Comparator.comparingLong((Path file) -> file.toFile().lastModified())
                .reversed());
        for (int i = KEPT - 1; i < archives.size(); i++) {
            Files.deleteIfExists(archives.get(i));
        }
    }

    private static boolean isWhole(final Path file) {
        return file.toFile().length() == length(name(file));
    }

    /** {@return the length that a name tells of} */
    private static long length(final String name) {
        final int from = name.lastIndexOf(LENGTH) + 1;
        final int to = name.length() - SUFFIX.length();
        if (!name.endsWith(SUFFIX) || from == 0 || from > to) {
            return NO_LENGTH;
        }
        try {
            return Long.parseLong(name, from, to, 10);
        } catch (final NumberFormatException e) {
            return NO_LENGTH;
        }
    }

    private static String name(final Path file) {
        return file.getFileName().toString();
    }

    private static void deleteTree(final Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        final List<Path> all;
        try (Stream<Path> paths = Files.walk(root)) {
            all = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (final Path each : all) {
            Files.deleteIfExists(each);
        }
    }
}
