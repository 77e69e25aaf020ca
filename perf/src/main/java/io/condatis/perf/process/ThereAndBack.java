package io.condatis.perf.process;

import io.condatis.process.WorkerProcess;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A message or a signal to another process and back. To close it ends that process. */
interface ThereAndBack extends Runnable, AutoCloseable {
    /** How long the other process has, to end by itself. */
    long END_SECONDS = 10;

    @Override
    void close() throws IOException;

    /** Waits until a process has ended that was told to, and has unmapped its memory. */
    static void end(final WorkerProcess other) {
        try (other) {
            other.join(END_SECONDS, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
