package io.condatis.pool;

import io.condatis.error.CondatisException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The results of an {@code imap}, as they are ready. The input is read in the thread that takes the results, so far ahead as
 * {@link Job#lookAhead} says and no farther: it may be endless.
 *
 * <p>A task that fails throws from {@code next()} in its place; the iteration goes on behind it. When the input's own
 * iterator throws, everything before is delivered, then {@code next()} throws that exception, and the iteration is at its end.
 *
 * <p>Not thread-safe. Close it when it is not read to its end; what is queued is then not run any more.
 *
 * @param <R> the results
 */
public final class ResultIterator<R> implements Iterator<R>, AutoCloseable {
    private static final long FOR_EVER = -1;

    private final Engine engine;
    private final StreamWork work;
    private final Iterator<?> input;
    private final Feeder feeder;
    private final int chunkSize;
    private final int lookAhead;
    private int taken;
    private boolean inputEnded;
    private RuntimeException inputFailure;
    private boolean closed;

    ResultIterator(
            final Engine engine,
            final StreamWork work,
            final Iterator<?> input,
            final Feeder feeder,
            final int chunkSize) {
        this.engine = engine;
        this.work = work;
        this.input = input;
        this.feeder = feeder;
        this.chunkSize = chunkSize;
        lookAhead = Math.max(chunkSize, work.job.lookAheadOr(4 * chunkSize * engine.workers()));
        feed();
    }

    /** Reads so much of the input as may be ahead. */
    private void feed() {
        boolean interrupted = false;
        while (!inputEnded && feeder.total() - taken <= lookAhead - chunkSize) {
            try {
                feedChunk();
            } catch (final InterruptedException e) {
                interrupted = true;
                inputEnds();
                work.abort(new CancellationException("'" + work.name + "' was interrupted"));
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void feedChunk() throws InterruptedException {
        for (int i = 0; i < chunkSize && !inputEnded; i++) {
            final Object item;
            try {
                if (!input.hasNext()) {
                    feedRest();
                    return;
                }
                item = input.next();
            } catch (final RuntimeException e) {
                inputFailure = e;
                feedRest();
                return;
            }
            feed(item);
        }
        flush();
    }

    private void feed(final Object item) throws InterruptedException {
        try {
            feeder.add(item);
        } catch (final CondatisException e) {
            flush();
            final Chunk refused = feeder.skip();
            work.done(refused, new Outcome[] {Outcome.failed(e)});
        }
    }

    private void feedRest() throws InterruptedException {
        flush();
        inputEnds();
    }

    private void flush() throws InterruptedException {
        try {
            feeder.flush();
        } catch (final RuntimeException e) {
            // What cannot be handed over has no result: nothing behind it can be delivered either.
            work.abort(e);
            inputEnds();
        }
    }

    private void inputEnds() {
        if (!inputEnded) {
            inputEnded = true;
            work.ended(feeder.total());
            engine.closed(work);
        }
    }

    @Override
    public boolean hasNext() {
        if (closed) {
            return false;
        }
        feed();
        return taken < feeder.total() || inputFailure != null;
    }

    /**
     * Waits for the next result.
     *
     * @return the result
     * @throws TaskFailedException when its task threw; the next call gives the next result
     * @throws WorkerDiedException when the worker died with its task
     * @throws TaskTimeoutException when its task ran too long
     * @throws NoSuchElementException at the end
     * @throws CondatisException when interrupted while waiting; the interrupt status is kept and the result may be asked for
     *     again
     */
    @Override
    public R next() {
        try {
            return next(FOR_EVER);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CondatisException("interrupted while waiting for a result of '" + work.name + "'", e);
        }
    }

    /**
     * Waits for the next result, but not for ever.
     *
     * @param timeout longest wait
     * @param unit of the time-out
     * @return the result
     * @throws TimeoutException when it is not there in time; it may be asked for again
     * @throws InterruptedException when interrupted while waiting; it may be asked for again
     */
    public R next(final long timeout, final TimeUnit unit) throws TimeoutException, InterruptedException {
        final R[] holder = nextOrNothing(Math.max(0, unit.toNanos(timeout)));
        if (holder == null) {
            throw new TimeoutException("no result of '" + work.name + "' within " + timeout + " "
                    + unit.name().toLowerCase(java.util.Locale.ROOT));
        }
        return holder[0];
    }

    private R next(final long timeoutNs) throws InterruptedException {
        return nextOrNothing(timeoutNs)[0];
    }

    @SuppressWarnings("unchecked")
    private R[] nextOrNothing(final long timeoutNs) throws InterruptedException {
        if (!hasNext()) {
            throw new NoSuchElementException("'" + work.name + "' has no more results");
        }
        if (taken == feeder.total()) {
            final RuntimeException failure = inputFailure;
            inputFailure = null;
            throw failure;
        }
        final StreamWork.Result result = work.take(timeoutNs);
        if (result == null) {
            return null;
        }
        taken++;
        if (result.isLast()) {
            taken = feeder.total();
        }
        feed();
        if (result.outcome().isFailure()) {
            throw AsyncResult.unchecked(result.task(), result.outcome());
        }
        return (R[]) new Object[] {result.outcome().value()};
    }

    /** Gives up what is not delivered yet. Idempotent; without effect at the end. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        inputFailure = null;
        if (!inputEnded || taken < feeder.total()) {
            engine.cancel(work, true);
        }
        inputEnds();
    }
}
