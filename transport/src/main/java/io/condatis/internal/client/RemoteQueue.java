package io.condatis.internal.client;

import io.condatis.internal.protocol.Protocol;
import io.condatis.internal.protocol.WindowCells;
import io.condatis.internal.protocol.sbe.QueueAckEncoder;
import io.condatis.internal.protocol.sbe.QueueJoinEncoder;
import io.condatis.internal.protocol.sbe.QueuePutEncoder;
import io.condatis.internal.protocol.sbe.QueueScanEncoder;
import io.condatis.internal.protocol.sbe.QueueSizeEncoder;
import io.condatis.internal.protocol.sbe.QueueTakeEncoder;
import io.condatis.internal.protocol.sbe.QueueTakenEncoder;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.DirectBuffer;

/**
 * A managed joinable queue, in bytes. An item is put without waiting for the server while the put window has credits, and
 * taken without asking while deliveries that came ahead are still ours; otherwise each is one request. Thread-safe.
 */
public final class RemoteQueue {
    private static final int NO_WINDOW = -1;
    private static final int PAGE_BYTES = 32 * 1024;

    private final Connection connection;
    private final ObjectReference reference;
    private final int objectId;
    private final int window;
    private final WindowCells windows;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Item> ahead = new ArrayDeque<>();
    private final ArrayDeque<Item> spare = new ArrayDeque<>();
    private final Unacknowledged unacknowledged = new Unacknowledged();

    RemoteQueue(final Connection connection, final ObjectReference reference) {
        this.connection = connection;
        this.reference = reference;
        objectId = reference.objectId();
        window = reference.window();
        windows = connection.windows();
    }

    /** {@return the connection it is reached by} */
    public Connection connection() {
        return connection;
    }

    /** {@return what refers to it} */
    public ObjectReference reference() {
        return reference;
    }

    /**
     * Put the call's value.
     *
     * @param call with the value
     * @param timeoutNs longest wait for room; 0 none, negative for ever
     * @return false when there was no room in that time
     * @throws InterruptedException when interrupted while waiting; then nothing was put
     */
    public boolean put(final Call call, final long timeoutNs) throws InterruptedException {
        connection.checkLength(call.value().length());
        if (window != NO_WINDOW
                && call.value().length() <= Protocol.MAX_SMALL_VALUE_LENGTH
                && windows.spendPut(window)) {
            connection.send(call, encodePut(call, 0, 0));
            return true;
        }
        final int length = encodePut(call, call.correlation(), timeoutNs);
        if (timeoutNs == 0) {
            connection.invoke(call, length);
        } else {
            connection.invokeInterruptibly(call, length);
        }
        return Answers.isOk(call);
    }

    private int encodePut(final Call call, final long correlation, final long timeoutNs) {
        final QueuePutEncoder put = call.encoders
                .queuePut
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(correlation)
                .objectId(objectId)
                .timeoutNs(timeoutNs)
                .putBody(call.value().buffer(), 0, call.value().length());
        return put.encodedLength();
    }

    /**
     * Take an item; it is the call's answer.
     *
     * @param call any
     * @param timeoutNs longest wait for an item; 0 none, negative for ever
     * @return false when there was none in that time
     * @throws InterruptedException when interrupted while waiting; then nothing was taken
     */
    public boolean take(final Call call, final long timeoutNs) throws InterruptedException {
        if (takeAhead(call)) {
            return true;
        }
        connection.pollNow();
        if (takeAhead(call)) {
            return true;
        }
        final QueueTakeEncoder take = call.encoders
                .queueTake
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .timeoutNs(timeoutNs);
        if (timeoutNs == 0) {
            connection.invoke(call, take.encodedLength());
        } else {
            connection.invokeInterruptibly(call, take.encodedLength());
        }
        if (!Answers.isOk(call)) {
            return false;
        }
        lock.lock();
        try {
            unacknowledged.add(call.sequence(), threadId());
        } finally {
            lock.unlock();
        }
        return true;
    }

    private boolean takeAhead(final Call call) {
        boolean taken = false;
        boolean notify = false;
        lock.lock();
        try {
            while (!taken && !ahead.isEmpty()) {
                final Item item = ahead.poll();
                final int answer = windows.take(window, item.sequence());
                if (answer != WindowCells.VOID) {
                    taken = true;
                    notify = answer == WindowCells.TAKEN_NOTIFY;
                    call.deliver(item);
                    connection.objects().noteReference(call);
                    unacknowledged.add(item.sequence(), threadId());
                } else {
                    connection
                            .objects()
                            .noteReference(item.body().buffer(), 0, item.body().length());
                }
                spare.add(item);
            }
        } finally {
            lock.unlock();
        }
        if (notify) {
            tellTaken();
        }
        return taken;
    }

    private void tellTaken() {
        final Call messenger = connection.begin();
        try {
            final QueueTakenEncoder told = messenger
                    .encoders
                    .queueTaken
                    .wrapAndApplyHeader(messenger.request, 0, messenger.header)
                    .objectId(objectId);
            connection.send(messenger, told.encodedLength());
        } finally {
            connection.end(messenger);
        }
    }

    /** A delivery ahead of demand has arrived; called by the thread that polls. */
    void onAhead(final int sequence, final int attempt, final DirectBuffer buffer, final int offset, final int length) {
        lock.lock();
        try {
            final Item item = spare.isEmpty() ? new Item() : spare.poll();
            item.set(sequence, attempt, buffer, offset, length);
            ahead.add(item);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Acknowledge the oldest item that the calling thread took and has not acknowledged; when it took none, the oldest that
     * any thread of this process took.
     *
     * @param call any
     * @return false when this process holds no item
     */
    public boolean acknowledge(final Call call) {
        final int sequence;
        lock.lock();
        try {
            if (unacknowledged.count() == 0) {
                return false;
            }
            sequence = unacknowledged.removeOldest(threadId());
        } finally {
            lock.unlock();
        }
        final QueueAckEncoder ack = call.encoders
                .queueAck
                .wrapAndApplyHeader(call.request, 0, call.header)
                .objectId(objectId)
                .sequence(sequence);
        connection.send(call, ack.encodedLength());
        return true;
    }

    /**
     * Wait until every item put so far is acknowledged.
     *
     * @param call any
     * @param timeoutNs longest wait; 0 none, negative for ever
     * @return false when the time passed first
     * @throws InterruptedException when interrupted while waiting
     */
    public boolean join(final Call call, final long timeoutNs) throws InterruptedException {
        final QueueJoinEncoder join = new QueueJoinEncoder()
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .timeoutNs(timeoutNs);
        connection.invokeInterruptibly(call, join.encodedLength());
        return Answers.isOk(call);
    }

    /** {@return number of items put and not yet taken} */
    public long size() {
        final Call call = connection.begin();
        try {
            final QueueSizeEncoder size = new QueueSizeEncoder()
                    .wrapAndApplyHeader(call.request, 0, call.header)
                    .correlation(call.correlation())
                    .objectId(objectId);
            connection.invoke(call, size.encodedLength());
            return call.number();
        } finally {
            connection.end(call);
        }
    }

    /**
     * Fetch a page of the items that nobody has taken, oldest first; the page is the call's answer.
     *
     * @param call any
     * @param cursor 0 to begin, then what the last page returned
     * @return cursor of the next page, 0 after the last
     */
    public long scan(final Call call, final long cursor) {
        final QueueScanEncoder scan = new QueueScanEncoder()
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .cursor(cursor)
                .maxBytes(PAGE_BYTES);
        connection.invoke(call, scan.encodedLength());
        return call.number();
    }

    @SuppressWarnings("deprecation") // threadId() is not there on JDK 17
    private static long threadId() {
        return Thread.currentThread().getId();
    }
}
