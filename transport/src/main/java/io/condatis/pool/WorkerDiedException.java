package io.condatis.pool;

import io.condatis.error.CondatisException;

/**
 * A worker died while it ran a task, as often as the task's retries allow. The task may have been done, in part or whole.
 * The pool has replaced the worker and goes on.
 *
 * @serial exclude
 */
public final class WorkerDiedException extends CondatisException {
    private static final long serialVersionUID = 1L;

    private final String task;
    private final int attempts;

    WorkerDiedException(final String task, final int attempts, final String message) {
        super(message);
        this.task = task;
        this.attempts = attempts;
    }

    /** {@return the task: its name and, for one of several, its place in the input} */
    public String task() {
        return task;
    }

    /** {@return how many workers died with it} */
    public int attempts() {
        return attempts;
    }
}
