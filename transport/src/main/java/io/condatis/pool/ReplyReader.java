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
            engine.side().deaf(e);
        } catch (final Throwable e) {
            engine.breakDown(new CondatisException(engine + " is broken: " + e, e));
        }
    }

    private void handle(final FrameReader reply) throws InterruptedException {
        final byte kind = reply.int8();
        final int slot = reply.int32();
        final long task = reply.int64();
        if (kind != Frames.STARTED && kind != Frames.RESULT && kind != Frames.SKIPPED) {
            engine.side().hear(kind, slot, task, reply);
            return;
        }
        final Chunk chunk = engine.chunk(task);
        if (chunk == null) {
            return;
        }
        if (kind == Frames.STARTED) {
            engine.started(chunk, slot, reply.text());
        } else {
            engine.answered(chunk, outcomes(chunk, kind == Frames.RESULT));
        }
    }

    private Outcome[] outcomes(final Chunk chunk, final boolean run) {
        final Outcome[] outcomes = new Outcome[chunk.count];
        if (run) {
            in.int32();
        }
        for (int i = 0; i < outcomes.length; i++) {
            outcomes[i] = run
                    ? outcome()
                    : Outcome.failed(new CondatisException("'" + chunk.label() + "' was not run, it was cancelled"));
        }
        return outcomes;
    }

    private Outcome outcome() {
        final byte kind = in.int8();
        if (kind == Frames.OK) {
            try {
                return Outcome.of(in.payload(payloads));
            } catch (final RuntimeException | Error e) {
                return Outcome.failed(new CondatisException("a result cannot be read here: " + e.getMessage(), e));
            }
        }
        if (kind == Frames.NOT_RUN) {
            return Outcome.notRun();
        }
        final String where = Failures.where(in);
        return Outcome.thrown(Failures.read(in, payloads), where);
    }
}
