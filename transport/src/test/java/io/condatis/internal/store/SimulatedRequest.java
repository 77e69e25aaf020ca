package io.condatis.internal.store;

import java.util.function.Consumer;

/** What a simulated client sends: a request, or a message that is not answered (correlation 0). */
final class SimulatedRequest {
    /** What it is, as far as the model cares. */
    enum Kind {
        OPEN,
        DICT,
        PUT,
        TAKE,
        DRAIN,
        GIVE_BACK,
        JOIN,
        SIZE,
        SCAN,
        ACK,
        TAKEN,
        CANCEL
    }

    final Kind kind;
    final long session;
    final long correlation;
    /** Index of the queue it is for. */
    final int queue;

    long timeoutNs;
    long deadlineNs;
    QueueModel.ModelItem item;
    /** Of a scan. */
    long cursor;

    int maxBytes;
    /** Of a scan: priority of the last item seen. */
    long priority;
    /** Of a drain. */
    int most;
    /** Of an acknowledgement or a giving back. */
    int sequence;
    /** Of a Cancel: the request to withdraw. */
    SimulatedRequest target;
    /** Applies a dict's request to the model and checks the answer against it. */
    Consumer<Received> expectation;
    /** Encodes it. */
    Consumer<Requests> encoder;

    boolean answered;

    SimulatedRequest(final Kind kind, final long session, final long correlation, final int queue) {
        this.kind = kind;
        this.session = session;
        this.correlation = correlation;
        this.queue = queue;
    }

    @Override
    public String toString() {
        return kind + "(session=" + session + " correlation=" + correlation + " queue=" + queue + " timeoutNs="
                + timeoutNs + ")";
    }
}
