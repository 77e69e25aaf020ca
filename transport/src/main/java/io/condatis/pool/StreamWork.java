package io.condatis.pool;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A call whose results are taken one by one while others are still worked on. */
final class StreamWork extends Work {
    private final boolean ordered;
    private final Callbacks callbacks;
    private final Map<Integer, Result> byPlace = new HashMap<>();
    private final ArrayDeque<Result> arrived = new ArrayDeque<>();
    private int next;
    private int done;
    private long total = ProgressListener.UNKNOWN;
    private Throwable aborted;

    /** An outcome, what its task is called, and whether nothing comes after it. */
    record Result(String task, Outcome outcome, boolean isLast) {}

    StreamWork(final long id, final String kind, final Job job, final boolean ordered, final Callbacks callbacks) {
        super(id, kind, job, true);
        this.ordered = ordered;
        this.callbacks = callbacks;
    }

    @Override
    synchronized void done(final Chunk chunk, final Outcome[] outcomes) {
        for (int i = 0; i < outcomes.length; i++) {
            final Result result = new Result(label(chunk.first + i, 1), outcomes[i], false);
            if (ordered) {
                byPlace.put(chunk.first + i, result);
            } else {
                arrived.add(result);
            }
        }
        done += outcomes.length;
        callbacks.progress(job.progress(), done, total);
        notifyAll();
    }

    @Override
    synchronized void abort(final Throwable reason) {
        if (aborted == null) {
            aborted = reason;
        }
        notifyAll();
    }

    synchronized void ended(final int items) {
        total = items;
        callbacks.progress(job.progress(), done, total);
    }

    /**
     * The next result, waited for.
     *
     * @param timeoutNs longest wait, negative for ever
     * @return null when there was none in time
     */
    synchronized Result take(final long timeoutNs) throws InterruptedException {
        final long deadline = System.nanoTime() + timeoutNs;
        while (true) {
            final Result result = ordered ? byPlace.remove(next) : arrived.poll();
            if (result != null) {
                next++;
                return result;
            }
            if (aborted != null) {
                return new Result(name, Outcome.failed(aborted), true);
            }
            if (timeoutNs < 0) {
                wait();
                continue;
            }
            final long leftNs = deadline - System.nanoTime();
            if (leftNs <= 0) {
                return null;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(leftNs, 1_000));
        }
    }
}
