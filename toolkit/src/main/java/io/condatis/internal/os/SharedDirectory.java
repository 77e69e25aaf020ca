package io.condatis.internal.os;

import io.condatis.error.CondatisException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where shared memory is: {@code /dev/shm}, or the directory that {@code -Dcondatis.dir} names. A file there is a
 * block, and the file's name is the block's name. Names that begin with {@value #HIDDEN_PREFIX} are Condatis' own.
 *
 * <p>The property is read at each call, so that all classes agree with one that was set late.
 */
public final class SharedDirectory {
    /** Names another directory; every process that shares must name the same one. */
    public static final String DIRECTORY_PROPERTY = "condatis.dir";

    /** Where Linux keeps POSIX shared memory. */
    public static final String DEFAULT_DIRECTORY = "/dev/shm";

    /** How the names of files begin that no user sees: half-built blocks and liveness files. */
    public static final String HIDDEN_PREFIX = ".condatis-";

    /** Longest name of a block, in bytes of UTF-8. */
    public static final int MAX_NAME_BYTES = 255;

    private SharedDirectory() {}

    /**
     * The directory.
     *
     * @return an existing directory
     * @throws CondatisException when there is none
     */
    public static Path path() {
        final Path path = Path.of(System.getProperty(DIRECTORY_PROPERTY, DEFAULT_DIRECTORY));
        if (!Files.isDirectory(path)) {
            throw new CondatisException("There is no directory for shared memory at " + path + ": mount a tmpfs there,"
                    + " or name another directory with -D" + DIRECTORY_PROPERTY + "=DIRECTORY in every process.");
        }
        return path;
    }

    /**
     * The file of a block.
     *
     * @param name as the user gave it
     * @return its path, whether or not it exists
     * @throws IllegalArgumentException when no file can have that name, or it is one of Condatis' own
     */
    public static Path resolve(final String name) {
        final String fault = faultOf(Objects.requireNonNull(name, "name"));
        if (fault != null) {
            throw new IllegalArgumentException("'" + printable(name) + "' cannot name shared memory: " + fault + ".");
        }
        try {
            return path().resolve(name);
        } catch (final InvalidPathException e) {
            throw new IllegalArgumentException(
                    "'" + name + "' cannot name shared memory: this JVM writes file names in "
                            + System.getProperty("sun.jnu.encoding") + "; use ASCII or set LC_ALL=C.UTF-8.",
                    e);
        }
    }

    private static String faultOf(final String name) {
        if (name.isEmpty()) {
            return "it is empty";
        }
        if (name.equals(".") || name.equals("..")) {
            return "it is a directory";
        }
        if (name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
            return "a file name holds neither '/' nor NUL";
        }
        if (name.startsWith(HIDDEN_PREFIX)) {
            return "names that begin with " + HIDDEN_PREFIX + " are reserved";
        }
        final int lengthBytes = name.getBytes(StandardCharsets.UTF_8).length;
        return lengthBytes > MAX_NAME_BYTES
                ? "it has " + lengthBytes + " bytes, the longest has " + MAX_NAME_BYTES
                : null;
    }

    private static String printable(final String name) {
        final String shown = name.length() <= MAX_NAME_BYTES ? name : name.substring(0, 32) + "...";
        return shown.replace("\0", "\\0");
    }

    /**
     * Space that is left.
     *
     * @return in bytes; {@link Long#MAX_VALUE} when the file system does not tell
     */
    public static long freeBytes() {
        final var directory = path().toFile();
        return directory.getTotalSpace() == 0 ? Long.MAX_VALUE : directory.getUsableSpace();
    }

    /**
     * The user of this process, as a file's attribute {@code unix:uid} shows it.
     *
     * @return the numeric id, or -1 when the system does not tell
     */
    public static int userId() {
        return User.ID;
    }

    private static final class User {
        static final int ID = read();

        private static int read() {
            try {
                return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            } catch (final IOException | UnsupportedOperationException | IllegalArgumentException e) {
                return -1;
            }
        }
    }
}
