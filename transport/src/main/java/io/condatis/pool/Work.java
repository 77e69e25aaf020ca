package io.condatis.pool;

import java.util.concurrent.atomic.AtomicInteger;

/** One call of a pool: its chunks, and what becomes of their outcomes. */
abstract class Work {
    final long id;
    final String name;
    final Job job;
    /** Whether its function is stored at the server, as several chunks share it. */
    final boolean stored;
    /** Chunks that nobody has answered for, and one more while the input is not at its end. */
    private final AtomicInteger open = new AtomicInteger(1);

    private volatile boolean cancelled;

    Work(final long id, final String kind, final Job job, final boolean stored) {
        this.id = id;
        this.name = job.nameOr(kind + "-" + id);
        this.job = job;
        this.stored = stored;
    }

    /** A chunk's outcomes, once; {@link Outcome#notRun()} for items behind a failure. */
    abstract void done(Chunk chunk, Outcome[] outcomes);

    /** Nothing will come any more. */
    abstract void abort(Throwable reason);

    /** {@return the function where it is one that {@code shutdownNow} gives back, else null} */
    Runnable runnable() {
        return null;
    }

    void opened() {
        open.incrementAndGet();
    }

    /** {@return whether that was the last} */
    boolean closed() {
        return open.decrementAndGet() == 0;
    }

    void cancel() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    String label(final int first, final int count) {
        if (!stored) {
            return name;
        }
        return count == 1 ? name + "[" + first + "]" : name + "[" + first + ".." + (first + count - 1) + "]";
    }
}
