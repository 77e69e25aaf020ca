package io.condatis.pool;

import java.time.Duration;
import java.util.Objects;

/**
 * How one call of a pool is made where the pool's own settings do not fit. Fluent; not thread-safe; copied by the call.
 *
 * <pre>{@code
 * pool.map(Desk::price, orders, new Job().name("prices").chunkSize(20).timeout(Duration.ofSeconds(5)));
 * }</pre>
 */
public final class Job {
    private String name;
    private int chunkSize;
    private int retries = -1;
    private int lookAhead;
    private Duration timeout;
    private ProgressListener progress;

    /** The pool's settings. */
    public Job() {}

    private Job(final Job other) {
        name = other.name;
        chunkSize = other.chunkSize;
        retries = other.retries;
        lookAhead = other.lookAhead;
        timeout = other.timeout;
        progress = other.progress;
    }

    /**
     * Names the call, for messages. Default: the kind of call and a number.
     *
     * @param newName any text
     * @return this
     */
    public Job name(final String newName) {
        name = Objects.requireNonNull(newName, "name");
        return this;
    }

    /**
     * Sets how many items a worker takes at a time. Default: for {@code map} a quarter of the input divided by the workers,
     * rounded up; for {@code imap} 1.
     *
     * @param items at least 1
     * @return this
     */
    public Job chunkSize(final int items) {
        chunkSize = Checks.atLeast(1, items, "chunkSize");
        return this;
    }

    /**
     * Sets how often a task is begun again when its worker dies with it. Only for tasks that may be done twice. Default: the
     * pool's.
     *
     * @param count 0 for never
     * @return this
     */
    public Job retries(final int count) {
        retries = Checks.atLeast(0, count, "retries");
        return this;
    }

    /**
     * Sets how many items of an {@code imap} are read from the input before their results are taken. Default: four chunks for
     * each worker.
     *
     * @param items at least 1; a chunk is read whole
     * @return this
     */
    public Job lookAhead(final int items) {
        lookAhead = Checks.atLeast(1, items, "lookAhead");
        return this;
    }

    /**
     * Sets how long a task may run; a chunk may run so long for each of its items. The time in the queue does not count. A
     * task that runs longer fails with {@link TaskTimeoutException}. Default: the pool's.
     *
     * @param longest more than zero
     * @return this
     */
    public Job timeout(final Duration longest) {
        timeout = Checks.positive(longest, "timeout");
        return this;
    }

    /**
     * Has a listener told how far the call has come.
     *
     * @param listener such as a {@link ConsoleProgress}
     * @return this
     */
    public Job progress(final ProgressListener listener) {
        progress = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /** A copy in which what is not set is as the pool has it. */
    Job withDefaults(final PoolOptions pool) {
        final Job job = new Job(this);
        job.retries = retries < 0 ? pool.retries() : retries;
        job.timeout = timeout == null ? pool.taskTimeout() : timeout;
        return job;
    }

    String nameOr(final String other) {
        return name == null ? other : name;
    }

    int chunkSizeOr(final int other) {
        return chunkSize == 0 ? other : chunkSize;
    }

    int lookAheadOr(final int other) {
        return lookAhead == 0 ? other : lookAhead;
    }

    int maxAttempts() {
        return retries + 1;
    }

    /** {@return longest time of a task in nanoseconds, 0 when there is no limit} */
    long timeoutNs() {
        return timeout == null ? 0 : timeout.toNanos();
    }

    ProgressListener progress() {
        return progress;
    }
}
