package io.condatis.process;

import io.condatis.internal.os.SharedDirectory;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An archive of class data from which workers start in half the time. There is one for each JDK, class path, module options
 * and collector; it is built once in the background. Where it cannot be, workers start without it and nobody is told.
 */
final class ClassArchive {
    /** Set to {@code off}, workers neither use nor build an archive. */
    static final String PROPERTY = "condatis.archive";

    private static final long BUILD_DELAY_MS = 1_000;
    private static final long BUILD_TIMEOUT_S = 60;
    private static final long LOOK_MS = 20;
    private static final String COLLECTOR = "-XX:+Use";
    private static final AtomicBoolean ASKED = new AtomicBoolean();

    private final ArchiveDirectory directory;
    private final String key;
    private final List<String> flags;

    private ClassArchive(final ArchiveDirectory directory, final String key, final List<String> flags) {
        this.directory = directory;
        this.key = key;
        this.flags = flags;
    }

    /**
     * The flags that make a worker start from the archive.
     *
     * @param flags of the worker
     * @param environment of the worker
     * @return none when there is no archive; then one is being built, if it can be
     */
    static List<String> flags(final List<String> flags, final Map<String, String> environment) {
        final ClassArchive archive = of(flags, environment);
        if (archive == null) {
            return List.of();
        }
        final Path file = archive.find();
        if (file != null) {
            return ArchiveKind.ofThisJvm().using(file);
        }
        if (ASKED.compareAndSet(false, true)) {
            final Thread builder = new Thread(archive::buildLater, "condatis-archive");
            builder.setDaemon(true);
            builder.start();
        }
        return List.of();
    }

    /**
     * The flags of this JVM without those that it has from here, when it is a worker itself: its own workers are asked for
     * anew, and the property counts for them too.
     */
    static List<String> withoutOurs(final List<String> flags) {
        final ArchiveDirectory directory = ArchiveDirectory.ofUser();
        return directory == null ? flags : ArchiveKind.ofThisJvm().withoutUsing(directory.path(), flags);
    }

    /** {@return whether there is an archive now} */
    static boolean buildNow(final List<String> flags) throws InterruptedException {
        final ClassArchive archive = of(flags, System.getenv());
        if (archive == null) {
            return false;
        }
        try {
            final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(BUILD_TIMEOUT_S);
            while (archive.find() == null && !archive.build()) {
                // Another process is building, or it failed; the lock tells which.
                if (!archive.isBeingBuilt() || System.nanoTime() - deadline > 0) {
                    return archive.find() != null;
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            }
            return true;
        } catch (final IOException | RuntimeException e) {
            return archive.find() != null;
        }
    }

    /** {@return the archive of this JDK, class path and flags, whether it is there or not, or null where there can be none} */
    private static ClassArchive of(final List<String> flags, final Map<String, String> environment) {
        if ("off".equals(System.getProperty(PROPERTY))
                || ClassArchive.class.getModule().isNamed()
                || ArchiveConflicts.isAny(flags, environment)) {
            return null;
        }
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
        final ArchiveDirectory directory = ArchiveDirectory.ofUser();
        return directory == null ? null : new ClassArchive(directory, key.digest(), flags);
    }

    private Path find() {
        return directory.find(key);
    }

    private boolean isBeingBuilt() throws IOException {
        try (FileChannel channel = FileChannel.open(directory.lock(), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (final OverlappingFileLockException e) {
            return true;
        }
    }

    /** Not at once: the first workers need the processors more. */
    private void buildLater() {
        try {
            TimeUnit.MILLISECONDS.sleep(BUILD_DELAY_MS);
            build();
        } catch (final InterruptedException | IOException | RuntimeException e) {
            // Workers start without it.
            return;
        }
    }

    /** One builder at a time, by a lock; the kernel frees that of one that dies. */
    private boolean build() throws IOException, InterruptedException {
        synchronized (ClassArchive.class) {
            directory.create();
            try (FileChannel channel =
                            FileChannel.open(directory.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                if (lock == null) {
                    return false;
                }
                if (find() != null) {
                    return true;
                }
                directory.sweep();
                return buildLocked();
            }
        }
    }

    private boolean buildLocked() throws IOException, InterruptedException {
        final Path building = directory.building(key);
        // What the warm-ups share with nobody lies here and not in shared memory: they may end at any instruction.
        final Path shared = directory.createPrivate();
        try {
            if (record(building, shared)) {
                directory.publish(building, key);
                return true;
            }
            return false;
        } finally {
            directory.discard(building, shared);
        }
    }

    private boolean record(final Path building, final Path shared) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(ArchiveKind.ofThisJvm().recording(building));
        command.addAll(List.of(
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
}
