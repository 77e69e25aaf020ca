package io.condatis.internal.client;

import io.condatis.internal.protocol.sbe.EventClearEncoder;
import io.condatis.internal.protocol.sbe.EventSetEncoder;
import io.condatis.internal.protocol.sbe.EventStateEncoder;
import io.condatis.internal.protocol.sbe.EventWaitEncoder;

/** A managed event. Thread-safe. */
public final class RemoteEvent {
    private final Connection connection;
    private final ObjectReference reference;
    private final int objectId;

    /**
     * An event.
     *
     * @param connection to the server
     * @param reference to it
     */
    public RemoteEvent(final Connection connection, final ObjectReference reference) {
        this.connection = connection;
        this.reference = reference;
        objectId = reference.objectId();
    }

    /** {@return the connection it is reached by} */
    public Connection connection() {
        return connection;
    }

    /** {@return what refers to it} */
    public ObjectReference reference() {
        return reference;
    }

    /** Set it and end every wait. */
    public void set() {
        final Call call = connection.begin();
        try {
            final EventSetEncoder set = new EventSetEncoder()
                    .wrapAndApplyHeader(call.request, 0, call.header)
                    .correlation(call.correlation())
                    .objectId(objectId);
            connection.invoke(call, set.encodedLength());
        } finally {
            connection.end(call);
        }
    }

    /** Make later waits wait. */
    public void clear() {
        final Call call = connection.begin();
        try {
            final EventClearEncoder clear = new EventClearEncoder()
                    .wrapAndApplyHeader(call.request, 0, call.header)
                    .correlation(call.correlation())
                    .objectId(objectId);
            connection.invoke(call, clear.encodedLength());
        } finally {
            connection.end(call);
        }
    }

    /**
     * Wait until it is set.
     *
     * @param timeoutNs longest wait; 0 none, negative for ever
     * @return whether it is or was set
     * @throws InterruptedException when interrupted while waiting
     */
    public boolean await(final long timeoutNs) throws InterruptedException {
        final Call call = connection.begin();
        try {
            final EventWaitEncoder wait = call.encoders
                    .eventWait
                    .wrapAndApplyHeader(call.request, 0, call.header)
                    .correlation(call.correlation())
                    .objectId(objectId)
                    .timeoutNs(timeoutNs);
            connection.invokeInterruptibly(call, wait.encodedLength());
            return Answers.isOk(call);
        } finally {
            connection.end(call);
        }
    }

    /** {@return how the event stands} */
    public SyncState state() {
        final Call call = connection.begin();
        try {
            final EventStateEncoder state = new EventStateEncoder()
                    .wrapAndApplyHeader(call.request, 0, call.header)
                    .correlation(call.correlation())
                    .objectId(objectId);
            return SyncState.ask(connection, call, state.encodedLength());
        } finally {
            connection.end(call);
        }
    }
}
