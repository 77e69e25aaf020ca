package io.condatis.manager;

import io.condatis.internal.client.Bytes;
import io.condatis.internal.client.Call;
import io.condatis.internal.client.Connection;
import io.condatis.internal.client.Inbox;
import io.condatis.internal.client.ObjectReference;
import io.condatis.internal.client.RemoteQueue;
import io.condatis.internal.protocol.ItemRun;
import io.condatis.payload.PayloadException;
import java.lang.ref.Reference;
import java.util.AbstractQueue;
import java.util.Collection;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/** A managed queue with objects for bytes. */
sealed class QueueProxy<E> extends AbstractQueue<E> implements SharedQueue<E>, Proxied
        permits JoinableQueueProxy, PriorityQueueProxy {
    static final long FOR_EVER = -1;

    final String name;
    final RemoteQueue queue;
    final Connection connection;
    private final int maxsize;
    private final Values values;
    private volatile boolean closed;

    QueueProxy(final String givenName, final RemoteQueue queue, final Values values) {
        name = givenName == null ? "#" + queue.reference().objectId() : givenName;
        this.queue = queue;
        maxsize = (int) queue.reference().argument();
        this.values = values;
        connection = queue.connection();
    }

    @Override
    public ObjectReference reference() {
        return queue.reference();
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public void put(final E item) throws InterruptedException {
        put(item, 0, FOR_EVER);
    }

    @Override
    public boolean offer(final E item, final long timeout, final TimeUnit unit) throws InterruptedException {
        return put(item, 0, Math.max(0, unit.toNanos(timeout)));
    }

    @Override
    public boolean offer(final E item) {
        return putNow(item, 0);
    }

    final boolean putNow(final E item, final long priority) {
        try {
            return put(item, priority, 0);
        } catch (final InterruptedException e) {
            throw new IllegalStateException("a put that does not wait was interrupted", e);
        }
    }

    final boolean put(final E item, final long priority, final long timeoutNs) throws InterruptedException {
        Objects.requireNonNull(item, "item");
        final Call call = begin();
        try {
            final Bytes value = call.value();
            value.length(values.encode(item, value.buffer(), 0));
            return queue.put(call, priority, timeoutNs);
        } finally {
            connection.end(call);
            Reference.reachabilityFence(item);
        }
    }

    /** A run of items at a time; one that is too long for that by itself. */
    @Override
    public boolean addAll(final Collection<? extends E> items) {
        if (items == this) {
            throw new IllegalArgumentException("queue " + name + " cannot be added to itself");
        }
        final Call call = begin();
        try {
            final Bytes run = call.value();
            int count = 0;
            run.length(0);
            for (final E item : items) {
                Objects.requireNonNull(item, "item");
                final int start = run.length();
                int end = append(item, run);
                if (end > ItemRun.MAX_LENGTH && count > 0) {
                    run.length(start);
                    flush(call, count);
                    count = 0;
                    end = append(item, run);
                }
                run.length(end);
                count++;
            }
            flush(call, count);
            return !items.isEmpty();
        } finally {
            connection.end(call);
        }
    }

    /** {@return where the run ends then} */
    private int append(final E item, final Bytes run) {
        final int body = run.length() + ItemRun.HEADER_LENGTH;
        final int length = values.encode(item, run.buffer(), body);
        ItemRun.putHeader(run.buffer(), run.length(), 0, length);
        return body + length;
    }

    private void flush(final Call call, final int count) {
        if (count > 0 && queue.putAll(call, 0) < count) {
            throw new IllegalStateException("Queue full");
        }
        call.value().length(0);
        connection.renew(call);
    }

    @Override
    public E take() throws InterruptedException {
        return take(FOR_EVER);
    }

    @Override
    public E poll(final long timeout, final TimeUnit unit) throws InterruptedException {
        return take(Math.max(0, unit.toNanos(timeout)));
    }

    @Override
    public E poll() {
        try {
            return take(0);
        } catch (final InterruptedException e) {
            throw new IllegalStateException("a poll that does not wait was interrupted", e);
        }
    }

    private E take(final long timeoutNs) throws InterruptedException {
        final Call call = begin();
        try {
            return queue.take(call, timeoutNs) ? answer(call) : null;
        } finally {
            connection.end(call);
        }
    }

    private E answer(final Call call) {
        return decode(
                call.sequence(),
                call.attempt(),
                call.answer().buffer(),
                0,
                call.answer().length());
    }

    /** An item that cannot be read here is reported done: nobody else could read it, and join must not wait for it. */
    @SuppressWarnings("unchecked")
    private E decode(
            final int sequence, final int attempt, final DirectBuffer buffer, final int offset, final int length) {
        took(attempt);
        try {
            return (E) values.decode(buffer, offset, length);
        } catch (final PayloadException e) {
            queue.acknowledge(sequence);
            throw e;
        }
    }

    /** The calling thread has taken an item that was delivered so often. */
    void took(final int attempt) {
        // of interest where an item can be delivered more than once
    }

    @Override
    public int size() {
        checkOpen();
        return (int) Math.min(Integer.MAX_VALUE, queue.size());
    }

    @Override
    public int remainingCapacity() {
        checkOpen();
        return maxsize == 0 ? Integer.MAX_VALUE : Math.max(0, maxsize - size());
    }

    @Override
    public int drainTo(final Collection<? super E> target) {
        return drainTo(target, Integer.MAX_VALUE);
    }

    @Override
    public int drainTo(final Collection<? super E> target, final int maxElements) {
        Objects.requireNonNull(target, "target");
        if (target == this) {
            throw new IllegalArgumentException("queue " + name + " cannot be drained to itself");
        }
        checkOpen();
        int drained = 0;
        boolean more = true;
        while (more && drained < maxElements) {
            final int arrived = drainArrived(target, maxElements - drained);
            drained += arrived;
            more = arrived > 0;
            if (!more) {
                final int fetched = fetchTo(target, maxElements - drained);
                drained += fetched;
                more = fetched > 0;
            }
        }
        return drained;
    }

    private int drainArrived(final Collection<? super E> target, final int most) {
        int count = 0;
        final Inbox inbox = queue.inbox();
        inbox.open();
        try {
            while (count < most && queue.takeNext()) {
                target.add(decode(inbox.sequence(), inbox.attempt(), inbox.buffer(), inbox.offset(), inbox.length()));
                count++;
            }
        } finally {
            inbox.close();
        }
        return count;
    }

    private int fetchTo(final Collection<? super E> target, final int most) {
        final Call call = begin();
        try {
            if (queue.fetch(call, most)) {
                target.add(answer(call));
                return 1;
            }
        } finally {
            connection.end(call);
        }
        return drainArrived(target, most);
    }

    @Override
    public E peek() {
        final Iterator<E> items = iterator();
        return items.hasNext() ? items.next() : null;
    }

    @Override
    public void clear() {
        checkOpen();
        queue.remove(0, 0);
    }

    @Override
    public Iterator<E> iterator() {
        checkOpen();
        return new QueueIterator<>(queue, values);
    }

    @Override
    public ByteQueue bytes() {
        return new ByteQueueProxy(this);
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    final Call begin() {
        checkOpen();
        return connection.begin();
    }

    final void checkOpen() {
        if (closed) {
            throw new IllegalStateException("queue " + name + " is closed here; open it again to use it");
        }
    }

    @Override
    public final String toString() {
        return ProxyText.items(this);
    }
}
