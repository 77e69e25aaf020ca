package io.condatis.examples;

import io.condatis.memory.SharedMemory;
import io.condatis.value.LongArray;
import java.io.IOException;
import java.util.stream.Collectors;

/** A Python process changes an array of this JVM, in place. Needs {@code python3} from 3.8 on; numpy is not needed. */
public final class DirectMemory {
    private static final String WORKER =
            """
            import sys
            from multiprocessing import resource_tracker, shared_memory
            resource_tracker.register = lambda name, kind: None  # else Python removes our block when it ends
            shm = shared_memory.SharedMemory(name=sys.argv[1])
            array = shm.buf.cast('q')  # with numpy: np.ndarray((5,), np.int64, buffer=shm.buf)
            for i in range(len(array)):
                array[i] += 10
            print('Worker modified array: [' + ' '.join(map(str, array)) + ']')
            array.release()
            shm.close()
            """;

    private DirectMemory() {}

    /**
     * Prints [1 2 3 4 5], then [11 12 13 14 15] from both processes.
     *
     * @param args none
     * @throws IOException when there is no {@code python3} on the path
     * @throws InterruptedException never
     */
    public static void main(final String[] args) throws IOException, InterruptedException {
        final long[] data = {1, 2, 3, 4, 5};
        try (SharedMemory memory = SharedMemory.create((long) data.length * Long.BYTES)) {
            final LongArray array = LongArray.at(memory.buffer(), 0, data.length);
            array.setAll(0, data, 0, data.length);
            System.out.println("Original array: " + text(array));

            final Process python = new ProcessBuilder("python3", "-c", WORKER, memory.name())
                    .inheritIO()
                    .start();
            if (python.waitFor() != 0) {
                throw new IOException("python3 ended with " + python.exitValue());
            }
            System.out.println("Array after worker: " + text(array));
        }
    }

    /** As numpy writes it. */
    private static String text(final LongArray array) {
        return array.stream().mapToObj(Long::toString).collect(Collectors.joining(" ", "[", "]"));
    }
}
