package io.condatis.process;

import io.condatis.internal.os.SharedDirectory;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
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
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * An archive of class data from which workers start in half the time: from JDK 25 on an ahead-of-time cache, of linked
 * classes (JEP 483, 514), before that class-data sharing. It lies in the user's cache directory, one for each JDK, class
 * path, module options and collector, is built once in the background, and appears whole, by a rename. Where it cannot be,
 * workers start without it and nobody is told.
 */
final class ClassArchive {
    /** Set to {@code off}, workers neither use nor build an archive. */
    static final String PROPERTY = "condatis.archive";

    private static final int KEPT = 8;
    private static final long BUILD_DELAY_MS = 1_000;
    private static final long BUILD_TIMEOUT_S = 60;
    /** Of the JVM that speaks of it in its log. */
    private static final int AOT_LOG_FEATURE = 24;
    /** Of the JVM that makes one at the end of a run. */
    private static final int AOT_CACHE_FEATURE = 25;

    private static final long LOOK_MS = 20;
    private static final String SHARED_FILE = "-XX:SharedArchiveFile=";
    private static final String CACHE_FILE = "-XX:AOTCache=";
    private static final String AUTO = "-Xshare:auto";
    private static final String COLLECTOR = "-XX:+Use";
    private static final String LOCK = "lock";
    private static final String SUFFIX = ".archive";
    private static final String BUILDING_SUFFIX = ".tmp";
    /** What the JVM appends for a file of its own on the way to a cache. */
    private static final String STEP_SUFFIX = ".config";

    private static final String WARM_UP = "warm-up-";
    private static final AtomicBoolean ASKED = new AtomicBoolean();

    /** Without profiles: by those a worker compiles at its start what it needs for a moment, and is slower to be there. */
    private static final List<String> CACHE_RECORDER =
            List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining");

    private ClassArchive() {}

    /**
     * The flags that make a worker start from the archive.
     *
     * @param flags of the worker
     * @param environment of the worker
     * @return none when there is no archive; then one is being built, if it can be
     */
    static List<String> flags(final List<String> flags, final Map<String, String> environment) {
        if (!isPossible(flags, environment)) {
            return List.of();
        }
        final Path archive = path(flags);
        if (archive == null) {
            return List.of();
        }
        if (Files.isReadable(archive)) {
            return using(archive);
        }
        if (ASKED.compareAndSet(false, true)) {
            final Thread builder = new Thread(() -> buildLater(archive, flags), "condatis-archive");
            builder.setDaemon(true);
            builder.start();
        }
        return List.of();
    }

    private static boolean isPossible(final List<String> flags, final Map<String, String> environment) {
        return !"off".equals(System.getProperty(PROPERTY))
                && !ClassArchive.class.getModule().isNamed()
                && !ArchiveConflicts.isAny(flags, environment);
    }

    /** Quiet: an archive that does not fit, because a jar has changed or other flags are given, is passed over. */
    private static List<String> using(final Path archive) {
        final List<String> flags = new ArrayList<>(silence());
        if (isCache()) {
            flags.add(CACHE_FILE + archive);
        } else {
            flags.add(SHARED_FILE + archive);
            flags.add(AUTO);
        }
        return flags;
    }

    /**
     * The flags of this JVM without those that it has from here, when it is a worker itself: its own workers are asked for
     * anew, and the property counts for them too.
     */
    static List<String> withoutOurs(final List<String> flags) {
        final Path cache = directory();
        final String ours = (isCache() ? CACHE_FILE : SHARED_FILE) + cache + File.separator;
        if (cache == null || flags.stream().noneMatch(flag -> flag.startsWith(ours))) {
            return flags;
        }
        final List<String> silence = silence();
        return flags.stream()
                .filter(flag -> !flag.startsWith(ours) && !flag.equals(AUTO) && !silence.contains(flag))
                .toList();
    }

    private static List<String> silence() {
        return Runtime.version().feature() >= AOT_LOG_FEATURE
                ? List.of("-Xlog:cds*=off", "-Xlog:aot*=off")
                : List.of("-Xlog:cds*=off");
    }

    private static boolean isCache() {
        return Runtime.version().feature() >= AOT_CACHE_FEATURE;
    }

    /** {@return where the archive of this JDK, class path and flags is or will be, or null where there can be none} */
    private static Path path(final List<String> flags) {
        final ArchiveKey key = new ArchiveKey();
        key.add(System.getProperty("java.home"));
        key.add(System.getProperty("java.vm.name"));
        key.add(System.getProperty("java.vm.version"));
        // The JVM passes over an archive of other module options or another collector.
        flags.stream()
                .filter(flag -> flag.startsWith("--") || flag.startsWith(COLLECTOR))
                .sorted()
                .forEach(key::add);
        for (final String entry : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
            if (!key.addJar(Path.of(entry))) {
                return null;
            }
        }
        final Path cache = directory();
        return cache == null ? null : cache.resolve(key.digest() + SUFFIX);
    }

    private static Path directory() {
        final String cache = System.getenv("XDG_CACHE_HOME");
        if (cache != null && cache.startsWith("/")) {
            return Path.of(cache, "condatis");
        }
        final String home = System.getProperty("user.home", "");
        return home.startsWith("/") ? Path.of(home, ".cache", "condatis") : null;
    }

    /** {@return whether there is an archive now} */
    static boolean buildNow(final List<String> flags) throws InterruptedException {
        final Path archive = isPossible(flags, System.getenv()) ? path(flags) : null;
        if (archive == null) {
            return false;
        }
        try {
            final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(BUILD_TIMEOUT_S);
            while (!Files.isReadable(archive) && !build(archive, flags)) {
                // Another process is building, or it failed; the lock tells which.
                if (!isBeingBuilt(archive) || System.nanoTime() - deadline > 0) {
                    return Files.isReadable(archive);
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            }
            return true;
        } catch (final IOException | RuntimeException e) {
            return Files.isReadable(archive);
        }
    }

    private static boolean isBeingBuilt(final Path archive) throws IOException {
        try (FileChannel channel = FileChannel.open(archive.resolveSibling(LOCK), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (final OverlappingFileLockException e) {
            return true;
        }
    }

    /** Not at once: the first workers need the processors more. */
    private static void buildLater(final Path archive, final List<String> flags) {
        try {
            TimeUnit.MILLISECONDS.sleep(BUILD_DELAY_MS);
            build(archive, flags);
        } catch (final InterruptedException | IOException | RuntimeException e) {
            // Workers start without it.
            return;
        }
    }

    /** One builder at a time, by a lock; the kernel frees that of one that dies. */
    private static synchronized boolean build(final Path archive, final List<String> flags)
            throws IOException, InterruptedException {
        final Path directory = archive.getParent();
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        final Path lockFile = directory.resolve(LOCK);
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                return false;
            }
            if (Files.exists(archive)) {
                return true;
            }
            sweep(directory);
            final long pid = ProcessHandle.current().pid();
            final String name = archive.getFileName() + "." + pid + BUILDING_SUFFIX;
            final Path building = directory.resolve(name);
            // What the warm-ups share with nobody lies here and not in shared memory: they may end at any instruction.
            final Path shared = Files.createDirectories(directory.resolve(WARM_UP + pid));
            try {
                if (record(building, shared, flags)) {
                    force(building);
                    Files.move(building, archive, StandardCopyOption.ATOMIC_MOVE);
                    return true;
                }
                return false;
            } finally {
                Files.deleteIfExists(building);
                Files.deleteIfExists(directory.resolve(name + STEP_SUFFIX));
                deleteTree(shared);
            }
        }
    }

    /** A system that fails must not leave the name of an archive with half of it: the JVM looks at little but its length. */
    private static void force(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static boolean record(final Path building, final Path shared, final List<String> flags)
            throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(silence());
        command.addAll(isCache() ? CACHE_RECORDER : List.of());
        command.addAll(List.of(
                (isCache() ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + building,
                "-D" + PROPERTY + "=off",
                "-D" + SharedDirectory.DIRECTORY_PROPERTY + "=" + shared,
                "-cp",
                System.getProperty("java.class.path"),
                ArchiveMain.class.getName()));
        final Process process = new ProcessBuilder(command)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        try {
            // Its standard input stays open: at its end, which is ours, the JVM gives up.
            return process.waitFor(BUILD_TIMEOUT_S, TimeUnit.SECONDS)
                    && process.exitValue() == 0
                    && Files.isRegularFile(building);
        } finally {
            // From JDK 25 on another process writes the file, which its parent does not take along.
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Away with what a builder that was killed has left, and with all but the newest archives. */
    private static void sweep(final Path directory) throws IOException {
        final List<Path> archives = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (final Path file : files) {
                final String name = file.getFileName().toString();
                if (name.endsWith(BUILDING_SUFFIX) || name.endsWith(STEP_SUFFIX) || name.startsWith(WARM_UP)) {
                    deleteTree(file);
                } else if (name.endsWith(SUFFIX)) {
                    archives.add(file);
                }
            }
        }
        archives.sort(Comparator.comparingLong((Path file) -> file.toFile().lastModified())
                .reversed());
        for (int i = KEPT - 1; i < archives.size(); i++) {
            Files.deleteIfExists(archives.get(i));
        }
    }

    private static void deleteTree(final Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        final List<Path> all;
        try (Stream<Path> paths = Files.walk(root)) {
            all = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (final Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
