package io.condatis.internal.protocol;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.ProcessIdentity;
import io.condatis.internal.os.SharedDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.agrona.IoUtil;

/**
 * A manager's directory in shared memory: {@code condatis-<user>-<name>}, mode 0700, holding the manager file, its liveness
 * file and the media driver's own directory. It appears whole, by a rename, with the server's kernel lock already held;
 * one whose lock is free belonged to a server that died, and whoever starts a manager next removes it.
 */
public final class ManagerDirectory {
    /** Bytes that a media driver, the manager file and one client take in shared memory. */
    public static final long ROOM = 24 * 1024 * 1024;

    static final String FILE_NAME = "manager";
    static final String LIVENESS_NAME = "manager.live";
    static final String AERON_NAME = "aeron";

    private static final String FAILURE_NAME = "failure";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final String USER = System.getProperty("user.name", "nobody").replaceAll("[^A-Za-z0-9._]", "_");
    private static final String PREFIX = "condatis-" + USER + "-";
    private static final String BUILDING_PREFIX = ".condatis-" + USER + "-building-";
    private static final String STALE_PREFIX = ".condatis-" + USER + "-stale-";

    private static final long DYING_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final String name;
    private final Path path;

    /**
     * The directory of a manager, whether there is one or not.
     *
     * @param name 1 to 100 letters, digits, dots, underscores or hyphens
     * @throws IllegalArgumentException when it is none
     */
    public ManagerDirectory(final String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("manager name=" + name
                    + " is not allowed; use 1 to 100 letters, digits, dots, underscores or hyphens");
        }
        this.name = name;
        path = SharedDirectory.path().resolve(PREFIX + name);
    }

    /** {@return name of the manager} */
    public String name() {
        return name;
    }

    /** {@return where it is} */
    public Path path() {
        return path;
    }

    /** {@return where the media driver keeps its files} */
    public Path aeron() {
        return path.resolve(AERON_NAME);
    }

    /** {@return whether a live server has this name} */
    public boolean isServed() {
        return Files.exists(path) && !isStale(path);
    }

    /**
     * Server: take the name, with this process as the server. What servers of this user left behind when they were killed
     * is removed on the way.
     *
     * @return the manager file, not yet ready
     * @throws CondatisException when a live server has the name, or there is no room
     */
    public ManagerFile create() {
        sweep();
        final Path building = sibling(BUILDING_PREFIX);
        ManagerFile file = null;
        try {
            Files.createDirectory(
                    building, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            file = ManagerFile.create(building);
            Files.move(building, path, StandardCopyOption.ATOMIC_MOVE);
            return file;
        } catch (final FileAlreadyExistsException | DirectoryNotEmptyException e) {
            discard(building, file);
            throw alreadyServed();
        } catch (final IOException e) {
            discard(building, file);
            if (isServed()) {
                throw alreadyServed();
            }
            throw new CondatisException(
                    "the manager " + name + " cannot be made in " + path.getParent() + ": " + e + "; "
                            + SharedDirectory.path() + " needs " + ROOM + " bytes of room and must be writable",
                    e);
        } catch (final RuntimeException e) {
            discard(building, file);
            throw e;
        }
    }

    /**
     * Client: take part in the manager of this name.
     *
     * @return the manager file, or null when there is no such manager or it is still starting
     * @throws CondatisException when it was started by another version
     */
    public ManagerFile join() {
        try {
            return Files.exists(path) && !isStale(path) ? ManagerFile.join(path) : null;
        } catch (final NoSuchFileException e) {
            return null;
        } catch (final IOException e) {
            throw new UncheckedIOException("the manager " + name + " in " + path + " cannot be opened", e);
        }
    }

    /**
     * Server: take part as a client of its own, before {@link ManagerFile#ready()} lets the others in.
     *
     * @return the manager file, to be closed
     */
    public ManagerFile joinAhead() {
        try {
            return ManagerFile.joinAhead(path);
        } catch (final IOException e) {
            throw new UncheckedIOException("the manager " + name + " in " + path + " cannot be opened", e);
        }
    }

    /**
     * Server: leave word of why it could not start, for {@link #failure()}.
     *
     * @param text first line for the message, then the trace
     */
    public void leaveFailure(final String text) {
        try {
            Files.writeString(path.resolve(FAILURE_NAME), text);
        } catch (final IOException e) {
            // No room even for that: whoever waits is told less.
        }
    }

    /** {@return why the server could not start, as it left word; null when it did not} */
    public String failure() {
        try {
            return Files.readString(path.resolve(FAILURE_NAME));
        } catch (final IOException e) {
            return null;
        }
    }

    /** Server: give the name back and remove everything; aside first, so that a kill half-way blocks nobody. */
    public void remove() {
        final Path aside = sibling(STALE_PREFIX);
        try {
            Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
            IoUtil.delete(aside.toFile(), true);
        } catch (final NoSuchFileException e) {
            // Removed by hand, or by another server that found us dying.
        } catch (final IOException e) {
            throw new UncheckedIOException("the directory of manager " + name + " cannot be removed: " + path, e);
        }
    }

    /** Remove the directory unless a live server has it. */
    private void removeIfStale() {
        if (isStale(path)) {
            removeStale(path);
        }
    }

    /**
     * Remove what a server left that is known to be dead. The kernel may still be taking its process apart, and only then will
     * everybody find it dead: until then this waits, for a second at most.
     *
     * @param serverPid of the dead server; one that has taken the name since is left alone
     */
    public void removeDead(final long serverPid) {
        final long startNs = System.nanoTime();
        while (isServedBy(serverPid) && !isStale(path) && System.nanoTime() - startNs < DYING_NS) {
            LockSupport.parkNanos(LOOK_NS);
        }
        removeIfStale();
    }

    private boolean isServedBy(final long pid) {
        try (ManagerFile file = ManagerFile.observe(path)) {
            return file != null && file.serverPid() == pid;
        } catch (final IOException | RuntimeException e) {
            return false; // not there any more, or not whole
        }
    }

    /** Remove what dead servers of this user left behind. */
    public static void sweep() {
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(SharedDirectory.path(), ManagerDirectory::isOurs)) {
            for (final Path entry : entries) {
                if (isStale(entry)) {
                    removeStale(entry);
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("the shared memory directory cannot be listed", e);
        }
    }

    static boolean isOurs(final Path entry) {
        final String fileName = entry.getFileName().toString();
        return fileName.startsWith(PREFIX) || fileName.startsWith(BUILDING_PREFIX) || fileName.startsWith(STALE_PREFIX);
    }

    /** Proven dead: the server's kernel lock is free; or a directory half built, whose builder is gone. */
    private static boolean isStale(final Path directory) {
        try (ManagerFile file = ManagerFile.observe(directory)) {
            if (file != null && file.serverPid() != 0) {
                return file.isServerDead();
            }
        } catch (final IOException | RuntimeException e) {
            // Not there, not whole, or not ours: only the name can tell.
        }
        return isBuilderGone(directory.getFileName().toString());
    }

    /** The name of the manager that a directory belongs to; the directory's own name when it has no place. */
    static String managerNameOf(final Path directory) {
        final String fileName = directory.getFileName().toString();
        return fileName.startsWith(PREFIX) ? fileName.substring(PREFIX.length()) : fileName;
    }

    static boolean isBuilderGone(final String fileName) {
        if (!fileName.startsWith(BUILDING_PREFIX)) {
            return fileName.startsWith(STALE_PREFIX);
        }
        final String pid = fileName.substring(BUILDING_PREFIX.length()).split("-")[0];
        return pid.matches("[0-9]{1,18}")
                && ProcessHandle.of(Long.parseLong(pid)).isEmpty();
    }

    /** Aside first, by a rename, so that nobody finds it half removed; back again if a new server took the name just then. */
    private static void removeStale(final Path directory) {
        final Path aside = sibling(STALE_PREFIX);
        try {
            Files.move(directory, aside, StandardCopyOption.ATOMIC_MOVE);
            if (isStale(aside)) {
                IoUtil.delete(aside.toFile(), true);
            } else {
                Files.move(aside, directory, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (final NoSuchFileException e) {
            // Somebody else removed it first.
        } catch (final IOException e) {
            throw new UncheckedIOException("what a dead manager left in " + directory + " cannot be removed", e);
        }
    }

    private static Path sibling(final String prefix) {
        return SharedDirectory.path()
                .resolve(prefix + ProcessIdentity.pid() + "-"
                        + Long.toHexString(ThreadLocalRandom.current().nextLong()));
    }

    private static void discard(final Path building, final ManagerFile file) {
        if (file != null) {
            file.close();
        }
        IoUtil.delete(building.toFile(), true);
    }

    /** {@return the exception that says that a live server has this name} */
    public CondatisException alreadyServed() {
        return new CondatisException("a manager named " + name + " is running already, in " + path
                + "; connect to it with Manager.connect(\"" + name + "\") or choose another name");
    }
}
