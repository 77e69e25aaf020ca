package io.condatis.internal.client;

import io.condatis.internal.protocol.Protocol;
import io.condatis.internal.protocol.WindowCells;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.MessageHeaderEncoder;
import io.condatis.internal.protocol.sbe.QueueAckEncoder;
import io.condatis.internal.protocol.sbe.QueueDeadLettersEncoder;
import io.condatis.internal.protocol.sbe.QueueDrainEncoder;
import io.condatis.internal.protocol.sbe.QueueGiveBackEncoder;
import io.condatis.internal.protocol.sbe.QueueJoinEncoder;
import io.condatis.internal.protocol.sbe.QueuePutAllEncoder;
import io.condatis.internal.protocol.sbe.QueuePutEncoder;
import io.condatis.internal.protocol.sbe.QueueRemoveEncoder;
import io.condatis.internal.protocol.sbe.QueueScanEncoder;
import io.condatis.internal.protocol.sbe.QueueSizeEncoder;
import io.condatis.internal.protocol.sbe.QueueTakeEncoder;
import io.condatis.internal.protocol.sbe.QueueTakenEncoder;
import io.condatis.internal.protocol.sbe.VarDataEncodingEncoder;
import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A managed queue, in bytes. An item is put without waiting for the server while the put window has credits, and taken
 * without asking while deliveries that came ahead are still ours; otherwise each is one request. Thread-safe.
 */
public final class RemoteQueue {
    private static final int PAGE_BYTES = 32 * 1024;
    private static final int PUT_PREFIX = MessageHeaderEncoder.ENCODED_LENGTH
            + QueuePutEncoder.BLOCK_LENGTH
            + VarDataEncodingEncoder.varDataEncodingOffset();
    private static final int NO_TAG = -1;
    private static final int TAG_LENGTH = 1 + BitUtil.SIZE_OF_INT;

    private final Connection connection;
    private final ObjectReference reference;
    private final int objectId;
    private final int window;
    private final WindowCells windows;
    private final TakenItems taken;
    private final Inbox inbox = new Inbox();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final QueuePutEncoder streamedPut = new QueuePutEncoder();

    RemoteQueue(final Connection connection, final ObjectReference reference) {
        this.connection = connection;
        this.reference = reference;
        objectId = reference.objectId();
        window = reference.window();
        windows = connection.windows();
        taken = new TakenItems(windows, window, reference.kind() == Kind.JOINABLE_QUEUE);
    }

    /** {@return the connection it is reached by} */
    public Connection connection() {
        return connection;
    }

    /** {@return what refers to it} */
    public ObjectReference reference() {
        return reference;
    }

    /** {@return what has come ahead of demand, for one thread at a time} */
    public Inbox inbox() {
        return inbox;
    }

    /**
     * Put the call's value.
     *
     * @param call with the value
     * @param priority lowest first; 0 in a queue without priorities
     * @param timeoutNs longest wait for room; 0 none, negative for ever
     * @return false when there was no room in that time
     * @throws InterruptedException when interrupted while waiting; then nothing was put
     */
    public boolean put(final Call call, final long priority, final long timeoutNs) throws InterruptedException {
        connection.checkLength(call.value().length());
        if (stream(priority, NO_TAG, call.value().buffer(), 0, call.value().length())) {
            return true;
        }
        final QueuePutEncoder put = call.encoders
                .queuePut
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .timeoutNs(timeoutNs)
                .priority(priority)
                .putBody(call.value().buffer(), 0, call.value().length());
        if (timeoutNs == 0) {
            connection.invoke(call, put.encodedLength());
        } else {
            connection.invokeInterruptibly(call, put.encodedLength());
        }
        return Answers.isOk(call);
    }

    /**
     * Put without waiting for the server, if a credit is left: the bytes go straight into the stream.
     *
     * @param priority lowest first; 0 in a queue without priorities
     * @param tag a byte to be put before the body together with its length, or -1 for neither
     * @param body the bytes
     * @param offset of the body
     * @param length of the body
     * @return false when the put must be asked for
     */
    public boolean stream(
            final long priority, final int tag, final DirectBuffer body, final int offset, final int length) {
        final int total = tag == NO_TAG ? length : TAG_LENGTH + length;
        if (window == TakenItems.NO_WINDOW || total > Protocol.MAX_CREDITED_LENGTH || !windows.spendPut(window)) {
            return false;
        }
        boolean isWhole = false;
        final MutableDirectBuffer message = claim(PUT_PREFIX + total);
        try {
            final int start = connection.claimOffset();
            streamedPut
                    .wrapAndApplyHeader(message, start, header)
                    .correlation(0)
                    .objectId(objectId)
                    .timeoutNs(0)
                    .priority(priority);
            int at = start + PUT_PREFIX;
            message.putInt(at - BitUtil.SIZE_OF_INT, total, ByteOrder.LITTLE_ENDIAN);
            if (tag != NO_TAG) {
                message.putByte(at, (byte) tag);
                message.putInt(at + 1, length, ByteOrder.LITTLE_ENDIAN);
                at += TAG_LENGTH;
            }
            message.putBytes(at, body, offset, length);
            isWhole = true;
        } finally {
            if (isWhole) {
                connection.commit();
            } else {
                try {
                    windows.unspendPut(window);
                } finally {
                    connection.abort();
                }
            }
        }
        return true;
    }

    /** An error, such as of a stack that is full, leaves no credit spent: a join would wait for what it stood for. */
    private MutableDirectBuffer claim(final int length) {
        try {
            return connection.claim(length);
        } catch (final Error e) {
            windows.unspendPut(window);
            throw e;
        }
    }

    /**
     * Put the first items of a run, as many as there is room for now.
     *
     * @param call whose value is the run
     * @param priority of all of them
     * @return how many were put
     */
    public int putAll(final Call call, final long priority) {
        final QueuePutAllEncoder put = new QueuePutAllEncoder()
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .priority(priority)
                .putItems(call.value().buffer(), 0, call.value().length());
        connection.invoke(call, put.encodedLength());
        return (int) call.number();
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
        call.thread(threadId());
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
        return Answers.isOk(call);
    }

    /**
     * Ask for what is there now.
     *
     * @param call any
     * @param most items wanted, at least 1
     * @return true when one item was taken and is the call's answer; what else has come is in the inbox
     */
    public boolean fetch(final Call call, final int most) {
        call.thread(threadId());
        final QueueDrainEncoder drain = call.encoders
                .queueDrain
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .maxItems(most);
        connection.invoke(call, drain.encodedLength());
        return call.number() == 1;
    }

    private boolean takeAhead(final Call call) {
        if (!inbox.openBriefly()) {
            return false;
        }
        try {
            final boolean found = takeNext();
            if (found) {
                final AheadItems item = inbox.current();
                call.deliver(item.sequence(), item.attempt(), item.buffer(), item.bodyOffset(), item.bodyLength());
                call.anchor(inbox.anchor());
            }
            return found;
        } finally {
            inbox.close();
        }
    }

    /**
     * Take the next item that lies in the inbox, which the calling thread has opened.
     *
     * @return false when there is none
     */
    public boolean takeNext() {
        while (inbox.next()) {
            final AheadItems item = inbox.current();
            inbox.anchor((References.Anchor)
                    connection.objects().noteReference(item.buffer(), item.bodyOffset(), item.bodyLength()));
            final int answer = taken.take(item.sequence(), threadId());
            if (answer != WindowCells.VOID) {
                if (answer == WindowCells.TAKEN_NOTIFY || inbox.isHalfEmpty()) {
                    tellTaken();
                }
                return true;
            }
        }
        return false;
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
        inbox.add(sequence, attempt, buffer, offset, length);
    }

    /** Several have arrived. */
    void onAheadRun(final int first, final int count, final DirectBuffer buffer, final int offset, final int length) {
        inbox.addRun(first, count, buffer, offset, length);
    }

    /** An item that a thread has asked for has arrived; false when the session is over and it is somebody else's. */
    boolean onGranted(final long thread, final int sequence) {
        return taken.receive(sequence, thread) != WindowCells.VOID;
    }

    /**
     * Acknowledge the oldest item that the calling thread took and has not acknowledged; when it took none, the oldest that
     * any thread of this process took.
     *
     * @return false when this process holds no item
     */
    public boolean acknowledge() {
        final long picked = taken.pick(threadId(), false);
        if (picked == TakenItems.NOTHING) {
            return false;
        }
        connection.checkAlive();
        tellDone((int) picked, taken.done((int) picked));
        return true;
    }

    /**
     * Acknowledge an item that was taken and not acknowledged; nothing to do in a queue that does not lease.
     *
     * @param sequence of the delivery
     */
    public void acknowledge(final int sequence) {
        if (taken.isLeased()) {
            connection.checkAlive();
            tellDone(sequence, taken.pickDone(sequence));
        }
    }

    private void tellDone(final int sequence, final int answer) {
        if (answer == WindowCells.TAKEN_NOTIFY) {
            tellTaken();
        } else if (answer == WindowCells.VOID) {
            sendAck(sequence);
        }
    }

    private void sendAck(final int sequence) {
        final Call messenger = connection.begin();
        try {
            final QueueAckEncoder ack = messenger
                    .encoders
                    .queueAck
                    .wrapAndApplyHeader(messenger.request, 0, messenger.header)
                    .objectId(objectId)
                    .sequence(sequence);
            connection.send(messenger, ack.encodedLength());
        } finally {
            connection.end(messenger);
        }
    }

    /**
     * Give back the item that {@link #acknowledge} would acknowledge; it goes to its place, and counts as attempted.
     *
     * @return false when this process holds no item
     */
    public boolean giveBack() {
        final long picked = taken.pick(threadId(), true);
        if (picked == TakenItems.NOTHING) {
            return false;
        }
        sendBack((int) picked);
        return true;
    }

    /**
     * Give back an item that was taken and not acknowledged; nothing to do in a queue that does not lease.
     *
     * @param sequence of the delivery
     */
    public void giveBack(final int sequence) {
        if (taken.isLeased()) {
            taken.pickThis(sequence, true);
            sendBack(sequence);
        }
    }

    private void sendBack(final int sequence) {
        final Call call = connection.begin();
        try {
            final QueueGiveBackEncoder giveBack = new QueueGiveBackEncoder()
                    .wrapAndApplyHeader(call.request, 0, call.header)
                    .correlation(call.correlation())
                    .objectId(objectId)
                    .sequence(sequence);
            connection.invoke(call, giveBack.encodedLength());
        } finally {
            taken.gaveBack(sequence);
            connection.end(call);
        }
    }

    /**
     * Say where items go that were delivered too often.
     *
     * @param maxAttempts most deliveries of an item, at least 1
     * @param target a joinable queue without bound
     * @throws IllegalArgumentException when it was said otherwise before
     */
    public void deadLetters(final int maxAttempts, final RemoteQueue target) {
        final Call call = connection.begin();
        try {
            final QueueDeadLettersEncoder deadLetters = new QueueDeadLettersEncoder()
                    .wrapAndApplyHeader(call.request, 0, call.header)
                    .correlation(call.correlation())
                    .objectId(objectId)
                    .maxAttempts(maxAttempts)
                    .targetId(target.objectId);
            connection.invoke(call, deadLetters.encodedLength());
        } finally {
            connection.end(call);
        }
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
     * Remove an item that nobody has taken, or all of them.
     *
     * @param priority of the item
     * @param arrival of the item; 0 for all
     * @return how many were removed
     */
    public long remove(final long priority, final long arrival) {
        final Call call = connection.begin();
        try {
            final QueueRemoveEncoder remove = new QueueRemoveEncoder()
                    .wrapAndApplyHeader(call.request, 0, call.header)
                    .correlation(call.correlation())
                    .objectId(objectId)
                    .priority(priority)
                    .arrival(arrival);
            connection.invoke(call, remove.encodedLength());
            return call.number();
        } finally {
            connection.end(call);
        }
    }

    /**
     * Fetch a page of the items that nobody has taken, in the order in which they will be; the page is the call's answer,
     * its keys are places: priority and arrival, 8 bytes each, little endian.
     *
     * @param call any
     * @param cursor 0 to begin, then what the last page returned
     * @param priority the smallest number to begin, then the last key of the last page
     * @return cursor of the next page, 0 after the last
     */
    public long scan(final Call call, final long cursor, final long priority) {
        final QueueScanEncoder scan = new QueueScanEncoder()
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .cursor(cursor)
                .maxBytes(PAGE_BYTES)
                .priority(priority);
        connection.invoke(call, scan.encodedLength());
        return call.number();
    }

    @SuppressWarnings("deprecation") // threadId() is not there on JDK 17
    private static long threadId() {
        return Thread.currentThread().getId();
    }
}
