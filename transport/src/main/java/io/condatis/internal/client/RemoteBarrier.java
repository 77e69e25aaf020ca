package io.condatis.internal.client;

import io.condatis.internal.protocol.sbe.BarrierAbortEncoder;
import io.condatis.internal.protocol.sbe.BarrierActedEncoder;
import io.condatis.internal.protocol.sbe.BarrierResetEncoder;
import io.condatis.internal.protocol.sbe.BarrierStateEncoder;
import io.condatis.internal.protocol.sbe.BarrierWaitEncoder;
import io.condatis.internal.protocol.sbe.BreakCause;
import io.condatis.internal.protocol.sbe.Flag;
import io.condatis.internal.protocol.sbe.Status;
import java.util.concurrent.BrokenBarrierException;

/** A managed barrier. Thread-safe. */
public final class RemoteBarrier {
    private static final long ACT = -1;

    private final Connection connection;
    private final ObjectReference reference;
    private final int objectId;
    private final String name;

    /**
     * A barrier.
     *
     * @param connection to the server
     * @param reference to it
     * @param name for messages
     */
    public RemoteBarrier(final Connection connection, final ObjectReference reference, final String name) {
        this.connection = connection;
        this.reference = reference;
        this.name = name;
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

    /**
     * Wait for the others; the last to come runs its action first.
     *
     * @param timeoutNs longest wait; 0 none, negative for ever
     * @param action to run, or null
     * @return the order of arrival
     * @throws InterruptedException when interrupted; the barrier is broken then
     * @throws BrokenBarrierException when it is broken or breaks
     */
    public int await(final long timeoutNs, final Runnable action) throws InterruptedException, BrokenBarrierException {
        if (Thread.interrupted()) {
            abort(BreakCause.INTERRUPT);
            throw new InterruptedException();
        }
        final Call call = connection.begin();
        try {
            final BarrierWaitEncoder wait = call.encoders
                    .barrierWait
                    .wrapAndApplyHeader(call.request, 0, call.header)
                    .correlation(call.correlation())
                    .objectId(objectId)
                    .timeoutNs(timeoutNs)
                    .withAction(action == null ? Flag.NO : Flag.YES);
            connection.invokeInterruptibly(call, wait.encodedLength());
            if (Answers.isOk(call) && call.number() == ACT) {
                act(call, action);
            }
            checkWhole(call);
            return (int) call.number();
        } finally {
            connection.end(call);
        }
    }

    /** Break it: who waits or comes is turned away until {@link #reset()}. */
    public void abort() {
        abort(BreakCause.ABORT);
    }

    /** Make it whole and empty; who waits is turned away. */
    public void reset() {
        final Call call = connection.begin();
        try {
            final BarrierResetEncoder reset = new BarrierResetEncoder()
                    .wrapAndApplyHeader(call.request, 0, call.header)
                    .correlation(call.correlation())
                    .objectId(objectId);
            connection.invoke(call, reset.encodedLength());
        } finally {
            connection.end(call);
        }
    }

    /** {@return how the barrier stands} */
    public SyncState state() {
        final Call call = connection.begin();
        try {
            final BarrierStateEncoder state = new BarrierStateEncoder()
                    .wrapAndApplyHeader(call.request, 0, call.header)
                    .correlation(call.correlation())
                    .objectId(objectId);
            return SyncState.ask(connection, call, state.encodedLength());
        } finally {
            connection.end(call);
        }
    }

    static String describe(final BreakCause cause) {
        return switch (cause) {
            case DEATH -> "a party was killed or has disconnected";
            case TIMEOUT -> "a party waited too long";
            case INTERRUPT -> "a party was interrupted";
            case ACTION -> "the action threw an exception";
            default -> "abort() was called";
        };
    }

    /** Runs the action, and says so; what it throws breaks the barrier. */
    private void act(final Call call, final Runnable action) {
        final long arrival = call.correlation();
        boolean done = false;
        try {
            action.run();
            done = true;
        } finally {
            connection.renew(call);
            final BarrierActedEncoder acted = new BarrierActedEncoder()
                    .wrapAndApplyHeader(call.request, 0, call.header)
                    .correlation(call.correlation())
                    .objectId(objectId)
                    .arrival(arrival)
                    .failed(done ? Flag.NO : Flag.YES);
            connection.invoke(call, acted.encodedLength());
        }
    }

    private void checkWhole(final Call call) throws BrokenBarrierException {
        if (call.status() == Status.BROKEN) {
            final BreakCause cause = BreakCause.get((short) call.number());
            throw new BrokenBarrierException("barrier '" + name + "' "
                    + (cause == BreakCause.NONE ? "was reset" : "is broken: " + describe(cause))
                    + "; reset() makes it usable again");
        }
    }

    private void abort(final BreakCause cause) {
        final Call call = connection.begin();
        try {
            final BarrierAbortEncoder abort = new BarrierAbortEncoder()
                    .wrapAndApplyHeader(call.request, 0, call.header)
                    .correlation(call.correlation())
                    .objectId(objectId)
                    .cause(cause);
            connection.invoke(call, abort.encodedLength());
        } finally {
            connection.end(call);
        }
    }
}
