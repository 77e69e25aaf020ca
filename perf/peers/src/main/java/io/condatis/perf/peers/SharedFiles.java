package io.condatis.perf.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory in shared memory, where there is room, for a library that keeps files; removed at the end. */
final class SharedFiles implements AutoCloseable {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final long ROOM = 3L << 30;

    private final Path directory;

    SharedFiles(final String name) throws IOException {
        final boolean shared = Files.isWritable(SHARED_MEMORY)
                && Files.getFileStore(SHARED_MEMORY).getUsableSpace() > ROOM;
        directory = shared
                ? Files.createTempDirectory(SHARED_MEMORY, "condatis-perf-" + name)
                : Files.createTempDirectory("condatis-perf-" + name);
        // A harness that gives up ends this JVM by a signal.
        Runtime.getRuntime().addShutdownHook(new Thread(this::delete));
    }

    Path path() {
        return directory;
    }

    @Override
    public void close() {
        delete();
    }

    private void delete() {
        try (Stream<Path> files = Files.walk(directory)) {
            final List<Path> deepestFirst =
                    files.sorted(Comparator.reverseOrder()).toList();
            for (final Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (final IOException e) {
            // Deleted already, or it stays in a directory of temporary files.
        }
    }
}
