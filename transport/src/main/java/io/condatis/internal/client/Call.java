package io.condatis.internal.client;

import io.condatis.internal.protocol.sbe.MessageHeaderEncoder;
import io.condatis.internal.protocol.sbe.Status;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * One request on its way and the room for its answer. Used by one thread at a time, taken from the connection and given
 * back, so that calls allocate nothing. The thread that polls for everybody writes the answer and then marks it done.
 */
public final class Call {
    ExpandableArrayBuffer request = new ExpandableArrayBuffer(REQUEST_CAPACITY);
    final MessageHeaderEncoder header = new MessageHeaderEncoder();
    final Encoders encoders = new Encoders();
    final int index;
    private static final int REQUEST_CAPACITY = 512;

    private final Bytes key = new Bytes();
    private final Bytes value = new Bytes();
    private final Bytes expected = new Bytes();
    private final Bytes answer = new Bytes();

    private long correlation;
    private Status status;
    private long number;
    private int sequence;
    private int attempt;
    private int window;
    private long thread;
    private long argument;
    private boolean anonymous;
    private References.Anchor anchor;
    private volatile boolean done;
    private volatile Thread follower;

    Call(final int index) {
        this.index = index;
    }

    /** {@return room for the key of a request} */
    public Bytes key() {
        return key;
    }

    /** {@return room for the value of a request} */
    public Bytes value() {
        return value;
    }

    /** {@return room for the value that a request expects to find} */
    public Bytes expected() {
        return expected;
    }

    /** {@return the value of the answer} */
    public Bytes answer() {
        return answer;
    }

    /** {@return the number of the answer} */
    public long number() {
        return number;
    }

    /** {@return how often the item in the answer was delivered, this time included} */
    public int attempt() {
        return attempt;
    }

    /** {@return which delivery of its queue the item in the answer is} */
    public int sequence() {
        return sequence;
    }

    Status status() {
        return status;
    }

    int window() {
        return window;
    }

    /** Id of the thread that asks for an item. */
    long thread() {
        return thread;
    }

    void thread(final long id) {
        thread = id;
    }

    long argument() {
        return argument;
    }

    boolean isAnonymous() {
        return anonymous;
    }

    /** Keep what the answer refers to until this call is used again. */
    void anchor(final References.Anchor referred) {
        anchor = referred;
    }

    long correlation() {
        return correlation;
    }

    void begin(final long nextCorrelation) {
        correlation = nextCorrelation;
        anchor = null;
        done = false;
    }

    /** It goes back to the pool: give up what only large values needed. */
    void rest() {
        anchor = null;
        key.trim();
        value.trim();
        expected.trim();
        answer.trim();
        if (request.capacity() > Bytes.MAX_CAPACITY_AT_REST) {
            request = new ExpandableArrayBuffer(REQUEST_CAPACITY);
        }
    }

    boolean isDone() {
        return done;
    }

    /** The thread that follows while another polls, to be woken when done or when it must poll itself. */
    void follower(final Thread thread) {
        follower = thread;
    }

    boolean wake() {
        final Thread waiting = follower;
        if (waiting != null && !done) {
            LockSupport.unpark(waiting);
            return true;
        }
        return false;
    }

    void answer(
            final Status how, final long answerNumber, final DirectBuffer buffer, final int offset, final int length) {
        status = how;
        number = answerNumber;
        fill(buffer, offset, length);
        finish();
    }

    void opened(final int objectId, final int windowCell, final long madeWith, final boolean isAnonymous) {
        status = Status.OK;
        number = objectId;
        window = windowCell;
        argument = madeWith;
        anonymous = isAnonymous;
        answer.length(0);
        finish();
    }

    /** An item that was taken, from the bytes that came ahead or with the answer. */
    void deliver(
            final int deliverySequence,
            final int deliveryAttempt,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        status = Status.OK;
        number = 1;
        sequence = deliverySequence;
        attempt = deliveryAttempt;
        fill(buffer, offset, length);
    }

    /** The items of the answer lie with those that came ahead. */
    void deliveredAhead() {
        status = Status.OK;
        number = 0;
        answer.length(0);
        finish();
    }

    private void fill(final DirectBuffer buffer, final int offset, final int length) {
        answer.buffer().putBytes(0, buffer, offset, length);
        answer.length(length);
    }

    void finish() {
        done = true;
        final Thread waiting = follower;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }
}
