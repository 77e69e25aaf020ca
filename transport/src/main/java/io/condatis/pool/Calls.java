package io.condatis.pool;

import io.condatis.error.CondatisException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Turns the calls of a pool into works: one task, a list of tasks, or a stream of them. */
final class Calls {
    private static final int CHUNKS_PER_WORKER = 4;

    private final Engine engine;

    Calls(final Engine engine) {
        this.engine = engine;
    }

    /** What a call does with its answer; each may be null. */
    record Listeners<R>(Consumer<? super R> onResult, Consumer<? super Throwable> onFailure) {
        static <R> Listeners<R> none() {
            return new Listeners<>(null, null);
        }
    }

    /** Arguments, null too. */
    static List<Object> list(final Object... arguments) {
        return Arrays.asList(arguments);
    }

    /** One task. What cannot be handed over fails the result. */
    <R> AsyncResult<R> single(
            final Object function, final List<?> arguments, final Job job, final Listeners<R> listeners) {
        Objects.requireNonNull(function, "task");
        final AsyncResult<R> result = new AsyncResult<>(engine, listeners.onResult, listeners.onFailure);
        final SingleWork<R> work =
                new SingleWork<>(engine.nextId(), "apply", job.withDefaults(engine.options()), result, function);
        result.of(work);
        engine.begin(work, function);
        try {
            final FrameWriter out = new FrameWriter();
            final Chunk chunk = new Chunk(engine.nextId(), work, 0, 1);
            TaskFrame.writeHead(
                    out, work.job.timeoutNs() > 0 ? Frames.TIMED : 0, chunk.id, work, engine.encode(work, function));
            for (final Object argument : arguments) {
                encode(out, argument, work);
            }
            engine.submit(chunk, out);
            result.submitted();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            work.abort(new CondatisException("interrupted while '" + work.name + "' was handed to " + engine, e));
        } catch (final RuntimeException e) {
            work.abort(e);
        } finally {
            engine.closed(work);
        }
        return result;
    }

    private void encode(final FrameWriter out, final Object argument, final Work work) {
        try {
            out.payload(argument, engine.payloads());
        } catch (final RuntimeException | StackOverflowError e) {
            throw Feeder.refused(work.name, e);
        }
    }

    /** A list of tasks. The input is read whole, here; what it throws is thrown here. */
    <R> AsyncResult<List<R>> map(
            final Object function,
            final Iterable<?> input,
            final boolean pairs,
            final Job job,
            final Listeners<List<R>> listeners) {
        Objects.requireNonNull(function, "function");
        final List<?> items = read(input);
        final AsyncResult<List<R>> result = new AsyncResult<>(engine, listeners.onResult, listeners.onFailure);
        final MapWork<R> work = new MapWork<>(
                engine.nextId(), job.withDefaults(engine.options()), items.size(), result, engine.callbacks());
        result.of(work);
        engine.begin(work, function);
        try {
            if (items.isEmpty()) {
                work.settleEmpty();
            } else {
                feed(work, items, new Feeder(engine, work, pairs, true));
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            giveUp(work, new CondatisException("interrupted while '" + work.name + "' was handed to " + engine, e));
        } catch (final RuntimeException e) {
            giveUp(work, e);
        } finally {
            engine.closed(work);
        }
        return result;
    }

    private void giveUp(final Work work, final RuntimeException why) {
        work.abort(why);
        engine.cancel(work, false);
    }

    private static List<?> read(final Iterable<?> input) {
        final List<Object> items = new ArrayList<>();
        input.forEach(items::add);
        return items;
    }

    private void feed(final Work work, final List<?> items, final Feeder feeder) throws InterruptedException {
        final int most = CHUNKS_PER_WORKER * engine.workers();
        final int chunkSize = work.job.chunkSizeOr((items.size() + most - 1) / most);
        for (final Object item : items) {
            feeder.add(item);
            if (feeder.count() == chunkSize) {
                feeder.flush();
            }
        }
        feeder.flush();
    }

    /** A stream of tasks. */
    <R> ResultIterator<R> stream(final Object function, final Iterable<?> input, final boolean ordered, final Job job) {
        Objects.requireNonNull(function, "function");
        final Iterator<?> items = input.iterator();
        final StreamWork work = new StreamWork(
                engine.nextId(),
                ordered ? "imap" : "imapUnordered",
                job.withDefaults(engine.options()),
                ordered,
                engine.callbacks());
        engine.begin(work, function);
        return new ResultIterator<>(
                engine, work, items, new Feeder(engine, work, false, false), work.job.chunkSizeOr(1));
    }
}
