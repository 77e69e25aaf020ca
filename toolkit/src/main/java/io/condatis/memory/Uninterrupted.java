package io.condatis.memory;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;

/**
 * Runs file operations on a thread that may be interrupted. A {@code FileChannel} closes itself when its thread is
 * interrupted; here the operation starts anew instead, and the thread is interrupted again at the end.
 */
final class Uninterrupted {
    private Uninterrupted() {}

    /**
     * Something that can be started again after it failed half-way.
     *
     * @param <T> its result
     */
    interface Operation<T> {
        T run() throws IOException;
    }

    static <T> T call(final Operation<T> operation) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return operation.run();
                } catch (final ClosedByInterruptException | FileLockInterruptionException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
