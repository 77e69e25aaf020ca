package io.condatis.pool;

import io.condatis.error.CondatisException;

/**
 * A task ran longer than it may. Its worker has been interrupted, and is killed if that does not help.
 *
 * @serial exclude
 */
public final class TaskTimeoutException extends CondatisException {
    private static final long serialVersionUID = 1L;

    private final String task;

    TaskTimeoutException(final String task, final String message) {
        super(message);
        this.task = task;
    }

    /** {@return the task: its name and, for one of several, its place in the input} */
    public String task() {
        return task;
    }
}
