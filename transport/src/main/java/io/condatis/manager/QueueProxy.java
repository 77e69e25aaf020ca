package io.condatis.manager;

import io.condatis.internal.client.Bytes;
import io.condatis.internal.client.Call;
import io.condatis.internal.client.Connection;
import io.condatis.internal.client.ObjectReference;
import io.condatis.internal.client.RemoteQueue;
import io.condatis.internal.protocol.EntryPage;
import io.condatis.payload.PayloadException;
import java.lang.ref.Reference;
import java.util.AbstractQueue;
import java.util.Collection;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A managed queue with objects for bytes. */
final class QueueProxy<E> extends AbstractQueue<E> implements JoinableQueue<E>, Proxied {
    private static final long FOR_EVER = -1;

    private final String name;
    private final RemoteQueue queue;
    private final Connection connection;
    private final int maxsize;
    private final Values values;
    private final ThreadLocal<int[]> lastAttempt = ThreadLocal.withInitial(() -> new int[1]);

    QueueProxy(final String name, final RemoteQueue queue, final int maxsize, final Values values) {
        this.name = name;
        this.queue = queue;
        this.maxsize = maxsize;
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
        put(item, FOR_EVER);
    }

    @Override
    public boolean offer(final E item, final long timeout, final TimeUnit unit) throws InterruptedException {
        return put(item, Math.max(0, unit.toNanos(timeout)));
    }

    @Override
    public boolean offer(final E item) {
        try {
            return put(item, 0);
        } catch (final InterruptedException e) {
            throw new IllegalStateException("a put that does not wait was interrupted", e);
        }
    }

    private boolean put(final E item, final long timeoutNs) throws InterruptedException {
        Objects.requireNonNull(item, "item");
        final Call call = connection.begin();
        try {
            final Bytes value = call.value();
            value.length(values.encode(item, value.buffer(), 0));
            return queue.put(call, timeoutNs);
        } finally {
            connection.end(call);
            Reference.reachabilityFence(item);
        }
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
        final Call call = connection.begin();
        try {
            if (!queue.take(call, timeoutNs)) {
                return null;
            }
            lastAttempt.get()[0] = call.attempt();
            return decodeTaken(call);
        } finally {
            connection.end(call);
        }
    }

    /** An item that cannot be read here is reported done: nobody else could read it, and join must not wait for it. */
    @SuppressWarnings("unchecked")
    private E decodeTaken(final Call call) {
        try {
            return (E) values.decode(call.answer().buffer(), 0, call.answer().length());
        } catch (final PayloadException e) {
            queue.acknowledge(call);
            throw e;
        }
    }

    @Override
    public void taskDone() {
        final Call call = connection.begin();
        try {
            if (!queue.acknowledge(call)) {
                throw new IllegalStateException(
                        "taskDone() of queue " + name + " was called more often than this process took items");
            }
        } finally {
            connection.end(call);
        }
    }

    @Override
    public void join() throws InterruptedException {
        join(FOR_EVER);
    }

    @Override
    public boolean join(final long timeout, final TimeUnit unit) throws InterruptedException {
        return join(Math.max(0, unit.toNanos(timeout)));
    }

    private boolean join(final long timeoutNs) throws InterruptedException {
        final Call call = connection.begin();
        try {
            return queue.join(call, timeoutNs);
        } finally {
            connection.end(call);
        }
    }

    @Override
    public int attempt() {
        return lastAttempt.get()[0];
    }

    @Override
    public int size() {
        return (int) Math.min(Integer.MAX_VALUE, queue.size());
    }

    @Override
    public int remainingCapacity() {
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
        int drained = 0;
        while (drained < maxElements) {
            final E item = poll();
            if (item == null) {
                break;
            }
            target.add(item);
            drained++;
        }
        return drained;
    }

    @Override
    public E peek() {
        final Iterator<E> items = iterator();
        return items.hasNext() ? items.next() : null;
    }

    @Override
    public Iterator<E> iterator() {
        return new PagedIterator<>(connection, queue::scan, this::read, null);
    }

    @SuppressWarnings("unchecked")
    private E read(final Bytes page, final EntryPage.Reader entry) {
        return (E) values.decodeOfPage(page.buffer(), entry.valueOffset(), entry.valueLength());
    }

    @Override
    public String toString() {
        return "JoinableQueue(" + name + (maxsize == 0 ? ")" : ", maxsize " + maxsize + ")");
    }
}
