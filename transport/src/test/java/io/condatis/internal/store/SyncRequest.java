package io.condatis.internal.store;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** What a simulated client asks of something that threads meet at; correlation 0 wants no answer. */
final class SyncRequest {
    /** What it asks. */
    enum Op {
        ACQUIRE,
        RELEASE,
        CONSISTENT,
        WAIT,
        NOTIFY,
        SET,
        CLEAR,
        ACTED,
        ABORT,
        RESET,
        STATE,
        CUSTOM
    }

    final Op op;
    final long session;
    final long correlation;
    final SyncModel model;
    long timeoutNs;
    long thread;
    long fence;
    /** Of a notification, or the arrival of an action, or the method of a call. */
    long number;
    /** With an action, or whether that failed. */
    boolean flag;

    BiConsumer<SyncRequests, SyncRequest> encoder;
    /** Of a custom object: what the model does when the store handles it. */
    Consumer<SyncRequest> effect;
    /** Of a call. */
    byte[] arguments;

    /** When it began to wait, as the store counts. */
    long order;

    SyncRequest(final Op op, final long session, final long correlation, final SyncModel model) {
        this.op = op;
        this.session = session;
        this.correlation = correlation;
        this.model = model;
    }

    @Override
    public String toString() {
        return op + "(session=" + session + " correlation=" + correlation + " model=" + model + " timeoutNs="
                + timeoutNs + " thread=" + thread + " fence=" + fence + " number=" + number + " flag=" + flag + ")";
    }
}
