package io.condatis.pool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A call with a list of tasks; it has ended when all have, and has failed with the first of those that failed. */
final class MapWork<R> extends Work {
    private final AsyncResult<List<R>> result;
    private final Object[] values;
    private final Callbacks callbacks;
    private int missing;
    private int firstFailed = Integer.MAX_VALUE;
    private Outcome failure;

    MapWork(
            final long id,
            final Job job,
            final int count,
            final AsyncResult<List<R>> result,
            final Callbacks callbacks) {
        super(id, "map", job, true);
        this.result = result;
        this.callbacks = callbacks;
        values = new Object[count];
        missing = count;
    }

    @Override
    void done(final Chunk chunk, final Outcome[] outcomes) {
        final boolean last;
        synchronized (this) {
            for (int i = 0; i < outcomes.length; i++) {
                if (outcomes[i].isFailure() && chunk.first + i < firstFailed) {
                    firstFailed = chunk.first + i;
                    failure = outcomes[i];
                }
                values[chunk.first + i] = outcomes[i].value();
            }
            missing -= outcomes.length;
            last = missing == 0;
            callbacks.progress(job.progress(), values.length - missing, values.length);
        }
        if (last) {
            settle();
        }
    }

    /** The input had nothing. */
    void settleEmpty() {
        settle();
    }

    @SuppressWarnings("unchecked")
    private void settle() {
        if (failure != null) {
            result.settle(label(firstFailed, 1), failure);
        } else {
            result.settle(
                    name, Outcome.of((List<R>) Collections.unmodifiableList(new ArrayList<>(Arrays.asList(values)))));
        }
    }

    @Override
    void abort(final Throwable reason) {
        result.settle(name, Outcome.failed(reason));
    }
}
