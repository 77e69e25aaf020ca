package io.condatis.pool;

import io.condatis.error.CondatisException;
import java.util.Map;

/** Cuts the items of one work into chunks and hands them over, in order. Used by one thread. */
final class Feeder {
    private static final byte[] STORED = {};

    private final Engine engine;
    private final Work work;
    private final boolean pairs;
    private final boolean stopAtFailure;
    private final FrameWriter out = new FrameWriter();
    private long chunkId;
    private int countAt;
    private int first;
    private int count;

    /**
     * @param pairs whether each item is an entry of two arguments
     * @param stopAtFailure whether the rest of a chunk is not run when an item fails
     */
    Feeder(final Engine engine, final Work work, final boolean pairs, final boolean stopAtFailure) {
        this.engine = engine;
        this.work = work;
        this.pairs = pairs;
        this.stopAtFailure = stopAtFailure;
    }

    /** {@return items in the chunk that is not handed over yet} */
    int count() {
        return count;
    }

    /** {@return items so far} */
    int total() {
        return first + count;
    }

    /**
     * One more item.
     *
     * @throws CondatisException when it cannot be handed over; then it is none
     */
    void add(final Object item) {
        if (count == 0) {
            chunkId = engine.nextId();
            countAt = TaskFrame.writeHead(out, flags(), chunkId, work, STORED);
        }
        final int start = out.position();
        try {
            if (pairs) {
                final Map.Entry<?, ?> pair = (Map.Entry<?, ?>) item;
                out.payload(pair.getKey(), engine.payloads()).payload(pair.getValue(), engine.payloads());
            } else {
                out.payload(item, engine.payloads());
            }
        } catch (final RuntimeException | StackOverflowError e) {
            out.truncate(start);
            throw refused(work.label(total(), 1), e);
        }
        count++;
    }

    static CondatisException refused(final String task, final Throwable why) {
        return new CondatisException(
                "an argument of '" + task + "' cannot be handed to a worker: "
                        + (why instanceof CondatisException ? why.getMessage() : why),
                why);
    }

    private int flags() {
        return (stopAtFailure ? Frames.STOP_AT_FAILURE : 0) | (work.job.timeoutNs() > 0 ? Frames.TIMED : 0);
    }

    /** An item that is settled without a worker; only between chunks. */
    Chunk skip() {
        return new Chunk(engine.nextId(), work, first++, 1);
    }

    /** Hands over the chunk so far. */
    void flush() throws InterruptedException {
        if (count == 0) {
            return;
        }
        out.int32At(countAt, count);
        final Chunk chunk = new Chunk(chunkId, work, first, count);
        first += count;
        count = 0;
        engine.submit(chunk, out);
    }
}
