package io.condatis.pool;

import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Some consecutive items of a work: what one worker takes at a time. */
final class Chunk {
    final long id;
    final Work work;
    final int first;
    final int count;
    private final AtomicBoolean settled = new AtomicBoolean();
    private Future<?> deadline;

    Chunk(final long id, final Work work, final int first, final int count) {
        this.id = id;
        this.work = work;
        this.first = first;
        this.count = count;
    }

    /** {@return true once: how it ended is known from now on} */
    boolean settle() {
        return settled.compareAndSet(false, true);
    }

    synchronized void deadline(final Future<?> newDeadline) {
        if (deadline != null) {
            deadline.cancel(false);
        }
        deadline = newDeadline;
    }

    /** {@return what messages call it} */
    String label() {
        return work.label(first, count);
    }
}
