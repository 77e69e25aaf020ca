package io.condatis.pool;

/** A call with one task. */
final class SingleWork<R> extends Work {
    private final AsyncResult<R> result;
    private final Object function;

    SingleWork(final long id, final String kind, final Job job, final AsyncResult<R> result, final Object function) {
        super(id, kind, job, false);
        this.result = result;
        this.function = function;
    }

    @Override
    void done(final Chunk chunk, final Outcome[] outcomes) {
        result.settle(label(0, 1), outcomes[0]);
    }

    @Override
    void abort(final Throwable reason) {
        result.settle(name, Outcome.failed(reason));
    }

    @Override
    Runnable runnable() {
        return function instanceof Runnable runnable ? runnable : null;
    }
}
