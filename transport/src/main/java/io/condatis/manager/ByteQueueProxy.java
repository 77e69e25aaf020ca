package io.condatis.manager;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.condatis.internal.client.Bytes;
import io.condatis.internal.client.Call;
import io.condatis.internal.client.Connection;
import io.condatis.internal.client.Inbox;
import io.condatis.internal.client.RemoteQueue;
import io.condatis.payload.PayloadException;
import io.condatis.payload.Payloads;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** A managed queue in bytes; each item is what the payload of a {@code byte[]} is. */
final class ByteQueueProxy implements ByteQueue {
    private static final int PREFIX_LENGTH = 1 + Integer.BYTES;

    private final QueueProxy<?> proxy;
    private final RemoteQueue queue;
    private final Connection connection;

    ByteQueueProxy(final QueueProxy<?> proxy) {
        this.proxy = proxy;
        queue = proxy.queue;
        connection = proxy.connection;
    }

    @Override
    public boolean offer(final DirectBuffer buffer, final int offset, final int length) {
        try {
            return put(buffer, offset, length, 0);
        } catch (final InterruptedException e) {
            throw new IllegalStateException("a put that does not wait was interrupted", e);
        }
    }

    @Override
    public void put(final DirectBuffer buffer, final int offset, final int length) throws InterruptedException {
        put(buffer, offset, length, QueueProxy.FOR_EVER);
    }

    private boolean put(final DirectBuffer buffer, final int offset, final int length, final long timeoutNs)
            throws InterruptedException {
        proxy.checkOpen();
        buffer.boundsCheck(offset, length);
        if (queue.stream(0, Payloads.BYTE_ARRAY, buffer, offset, length)) {
            return true;
        }
        final Call call = connection.begin();
        try {
            final Bytes value = call.value();
            final MutableDirectBuffer bytes = value.buffer();
            bytes.putByte(0, Payloads.BYTE_ARRAY);
            bytes.putInt(1, length, LITTLE_ENDIAN);
            bytes.putBytes(PREFIX_LENGTH, buffer, offset, length);
            value.length(PREFIX_LENGTH + length);
            return queue.put(call, 0, timeoutNs);
        } finally {
            connection.end(call);
        }
    }

    @Override
    public int drain(final Handler handler, final int limit) {
        Objects.requireNonNull(handler, "handler");
        proxy.checkOpen();
        if (limit < 1) {
            throw new IllegalArgumentException("limit=" + limit + " is less than 1");
        }
        int count = drainArrived(handler, limit);
        if (count == 0) {
            connection.pollNow();
            count = drainArrived(handler, limit);
        }
        return count > 0 ? count : fetch(handler, limit);
    }

    /** Some may be recalled between their arrival and their taking: then ask again. */
    private int fetch(final Handler handler, final int limit) {
        final Call call = connection.begin();
        try {
            if (queue.fetch(call, limit)) {
                show(handler, call);
                return 1;
            }
        } finally {
            connection.end(call);
        }
        return drainArrived(handler, limit);
    }

    @Override
    public int drain(final Handler handler, final int limit, final long timeout, final TimeUnit unit)
            throws InterruptedException {
        final int count = drain(handler, limit);
        if (count > 0 || timeout <= 0) {
            return count;
        }
        final Call call = connection.begin();
        try {
            if (!queue.take(call, unit.toNanos(timeout))) {
                return 0;
            }
            show(handler, call);
        } finally {
            connection.end(call);
        }
        return 1;
    }

    private int drainArrived(final Handler handler, final int limit) {
        int count = 0;
        final Inbox inbox = queue.inbox();
        inbox.open();
        try {
            while (count < limit && queue.takeNext()) {
                show(handler, inbox.sequence(), inbox.buffer(), inbox.offset(), inbox.length());
                count++;
            }
        } finally {
            inbox.close();
        }
        return count;
    }

    private void show(final Handler handler, final Call call) {
        show(handler, call.sequence(), call.answer().buffer(), 0, call.answer().length());
    }

    private void show(
            final Handler handler, final int sequence, final DirectBuffer buffer, final int offset, final int length) {
        boolean shown = false;
        try {
            final int start = Payloads.byteArrayOffset(buffer, offset, length);
            handler.onItem(buffer, start, offset + length - start);
            shown = true;
        } catch (final PayloadException e) {
            shown = true; // nobody else could read it either
            throw e;
        } finally {
            if (shown) {
                queue.acknowledge(sequence);
            } else {
                queue.giveBack(sequence);
            }
        }
    }
}
