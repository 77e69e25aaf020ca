package io.condatis.pool;

import io.condatis.error.CondatisException;
import io.condatis.manager.ByteQueue;
import io.condatis.payload.Payloads;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** What a worker tells its pool. */
final class Replies {
    private static final int COUNT_AT = Byte.BYTES + Integer.BYTES + Long.BYTES;

    private final IntFunction<ByteQueue> queues;
    private final int slot;
    private final String where;
    private final Payloads payloads;
    private final ByteQueue owner;
    private final Map<Integer, ByteQueue> guests = new HashMap<>();
    private final FrameWriter out = new FrameWriter();

    /**
     * @param queues of each client; null for one that has left
     * @param slot of the worker
     * @param where the worker in words
     */
    Replies(final IntFunction<ByteQueue> queues, final int slot, final String where, final Payloads payloads) {
        this.queues = queues;
        this.slot = slot;
        this.where = where;
        this.payloads = payloads;
        owner = queues.apply(TaskIds.OWNER);
    }

    void ready() throws InterruptedException {
        begin(Frames.READY, 0);
        send(TaskIds.OWNER);
    }

    void started(final long task) throws InterruptedException {
        begin(Frames.STARTED, task);
        out.text(where);
        send(TaskIds.clientOf(task));
    }

    void skipped(final long task) throws InterruptedException {
        begin(Frames.SKIPPED, task);
        send(TaskIds.clientOf(task));
    }

    void died(final long task, final byte[] frame) throws InterruptedException {
        begin(Frames.DIED, task);
        out.bytes(frame);
        send(TaskIds.OWNER);
    }

    void initialiserFailed(final Throwable failure) throws InterruptedException {
        begin(Frames.INITIALISER_FAILED, 0);
        Failures.write(failure, where, out, payloads);
        send(TaskIds.OWNER);
    }

    /** The whole task failed before its first item could run. */
    void failed(final TaskFrame task, final Throwable failure) throws InterruptedException {
        beginResult(task);
        addFailure(failure);
        for (int i = 1; i < task.count(); i++) {
            if (task.stopsAtFailure()) {
                addNotRun();
            } else {
                addFailure(failure);
            }
        }
        sendResult(task);
    }

    void beginResult(final TaskFrame task) {
        begin(Frames.RESULT, task.task());
        out.int32(task.count());
    }

    void addResult(final Object value) {
        final int start = out.position();
        try {
            out.int8(Frames.OK).payload(value, payloads);
        } catch (final RuntimeException | Error e) { // of the user's code; what it leaves here would spoil the frame
            out.truncate(start);
            throw e instanceof CondatisException
                    ? new CondatisException("the result cannot come back: " + e.getMessage(), e)
                    : new CondatisException("the result cannot come back: " + e, e);
        }
    }

    void addFailure(final Throwable failure) {
        out.int8(Frames.FAILED);
        Failures.write(failure, where, out, payloads);
    }

    void addNotRun() {
        out.int8(Frames.NOT_RUN);
    }

    void sendResult(final TaskFrame task) throws InterruptedException {
        if (out.position() > Frames.MAX_BYTES) {
            final CondatisException tooLong = new CondatisException("the results of one task take " + out.position()
                    + " bytes, the limit is " + Frames.MAX_BYTES + "; use smaller chunks, or return the name of a"
                    + " SharedMemory block");
            out.truncate(COUNT_AT);
            out.int32(task.count());
            addFailure(tooLong);
            for (int i = 1; i < task.count(); i++) {
                addNotRun();
            }
        }
        send(TaskIds.clientOf(task.task()));
    }

    private void begin(final byte kind, final long task) {
        out.begin().int8(kind).int32(slot).int64(task);
    }

    private void send(final int client) throws InterruptedException {
        if (client == TaskIds.OWNER) {
            put(owner);
            return;
        }
        try {
            final ByteQueue guest = guests.computeIfAbsent(client, queues::apply);
            if (guest != null) {
                put(guest);
            }
        } catch (final IllegalStateException e) {
            // Who has asked for it has left, and the queue is gone.
            guests.remove(client);
        }
    }

    private void put(final ByteQueue queue) throws InterruptedException {
        PatientPut.put(queue, out.buffer(), out.position(), () -> false);
    }
}
