package io.condatis.pool;

import io.condatis.error.CondatisException;
import io.condatis.manager.JoinableQueue;
import io.condatis.payload.Payloads;

/** The thread that hears the workers. */
final class ReplyReader {
    private final Engine engine;
    private final JoinableQueue<byte[]> replies;
    private final Payloads payloads;
    private final FrameReader in = new FrameReader();

    ReplyReader(final Engine engine, final JoinableQueue<byte[]> replies, final Payloads payloads) {
        this.engine = engine;
        this.replies = replies;
        this.payloads = payloads;
    }

    void run() {
        try {
            while (true) {
                final byte[] frame = replies.take();
                replies.taskDone();
                handle(in.wrap(frame));
            }
        } catch (final InterruptedException | IllegalStateException | CondatisException e) {
            if (!engine.isEnding()) {
                engine.breakDown(new CondatisException(engine + " is broken: " + e.getMessage(), e));
            }
        } catch (final Throwable e) {
            engine.breakDown(new CondatisException(engine + " is broken: " + e, e));
        }
    }

    private void handle(final FrameReader reply) throws InterruptedException {
        final byte kind = reply.int8();
        final int slot = reply.int32();
        final long task = reply.int64();
        switch (kind) {
            case Frames.READY -> engine.crew().ready(slot);
            case Frames.INITIALISER_FAILED -> engine.initialiserFailed(Failures.read(reply, payloads));
            default -> handle(kind, slot, engine.chunk(task));
        }
    }

    private void handle(final byte kind, final int slot, final Chunk chunk) throws InterruptedException {
        if (chunk == null) {
            return;
        }
        switch (kind) {
            case Frames.STARTED -> engine.started(chunk, slot);
            case Frames.DIED -> engine.died(chunk, in.bytes());
            case Frames.SKIPPED -> engine.answered(chunk, outcomes(chunk, slot, false));
            default -> engine.answered(chunk, outcomes(chunk, slot, true));
        }
    }

    private Outcome[] outcomes(final Chunk chunk, final int slot, final boolean run) {
        final Outcome[] outcomes = new Outcome[chunk.count];
        if (run) {
            in.int32();
        }
        for (int i = 0; i < outcomes.length; i++) {
            outcomes[i] = run
                    ? outcome(slot)
                    : Outcome.failed(new CondatisException("'" + chunk.label() + "' was not run, it was cancelled"));
        }
        return outcomes;
    }

    private Outcome outcome(final int slot) {
        final byte kind = in.int8();
        if (kind == Frames.OK) {
            try {
                return Outcome.of(in.payload(payloads));
            } catch (final RuntimeException | LinkageError | StackOverflowError e) {
                return Outcome.failed(new CondatisException("a result cannot be read here: " + e.getMessage(), e));
            }
        }
        return kind == Frames.FAILED
                ? Outcome.thrown(Failures.read(in, payloads), engine.crew().describe(slot))
                : Outcome.notRun();
    }
}
