package io.condatis.internal.client;

import io.condatis.internal.protocol.sbe.ConditionNotifyEncoder;
import io.condatis.internal.protocol.sbe.ConditionStateEncoder;
import io.condatis.internal.protocol.sbe.ConditionWaitEncoder;
import io.condatis.internal.protocol.sbe.Status;

/** A managed condition. Thread-safe. */
public final class RemoteCondition {
    private final Connection connection;
    private final ObjectReference reference;
    private final int objectId;
    private final RemoteLock lock;

    /**
     * A condition.
     *
     * @param reference to it
     * @param lock that it is a condition of
     */
    public RemoteCondition(final ObjectReference reference, final RemoteLock lock) {
        this.reference = reference;
        this.lock = lock;
        connection = lock.connection();
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
     * Give the lock up, all levels, wait for a signal, and take the lock again, whatever interrupts.
     *
     * @throws IllegalMonitorStateException when the calling thread does not hold the lock
     */
    public void await() {
        final long held = lock.fence();
        final int levels = lock.holdCount();
        final Call call = connection.begin();
        try {
            final int length = encodeWait(call, -1, held);
            suspend(held);
            try {
                connection.invoke(call, length);
            } finally {
                resume(call, held, levels);
            }
        } finally {
            connection.end(call);
        }
    }

    /**
     * Give the lock up, all levels, wait for a signal, and take the lock again, also when it throws.
     *
     * @param timeoutNs longest wait; 0 none, negative for ever
     * @return whether a signal came first; then an interrupt is kept for later
     * @throws InterruptedException when interrupted before a signal came
     * @throws IllegalMonitorStateException when the calling thread does not hold the lock
     */
    public boolean awaitInterruptibly(final long timeoutNs) throws InterruptedException {
        final long held = lock.fence();
        final int levels = lock.holdCount();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        final Call call = connection.begin();
        try {
            final int length = encodeWait(call, timeoutNs, held);
            suspend(held);
            boolean interrupted = false;
            try {
                interrupted = connection.invokeCancellably(call, length);
            } finally {
                resume(call, held, levels);
            }
            if (Answers.isCancelled(call)) {
                throw new InterruptedException();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            Answers.check(call);
            return Answers.isOk(call);
        } finally {
            connection.end(call);
        }
    }

    /**
     * End waits, longest first. Does not wait for the server: the lock is ours, so nobody can look before.
     *
     * @param count most waits to end
     * @throws IllegalMonitorStateException when the calling thread does not hold the lock
     */
    public void signal(final int count) {
        final long held = lock.fence();
        final Call call = connection.begin();
        try {
            final ConditionNotifyEncoder signal = call.encoders
                    .conditionNotify
                    .wrapAndApplyHeader(call.request, 0, call.header)
                    .correlation(0)
                    .objectId(objectId)
                    .fence(held)
                    .count(count);
            connection.send(call, signal.encodedLength());
        } finally {
            connection.end(call);
        }
    }

    /** {@return how the condition stands} */
    public SyncState state() {
        final Call call = connection.begin();
        try {
            final ConditionStateEncoder state = new ConditionStateEncoder()
                    .wrapAndApplyHeader(call.request, 0, call.header)
                    .correlation(call.correlation())
                    .objectId(objectId);
            return SyncState.ask(connection, call, state.encodedLength());
        } finally {
            connection.end(call);
        }
    }

    private void suspend(final long held) {
        if (!lock.giveUp(held)) {
            lock.fence(); // Throws: somebody else has just ended the grant.
        }
    }

    /** What the answer says about the lock; without an answer the session is over, and so is all that it had. */
    private void resume(final Call call, final long held, final int levels) {
        if (!call.isDone()) {
            return;
        }
        final Status status = call.status();
        if (status == Status.OK || status == Status.TIMEOUT || status == Status.CANCELLED) {
            lock.granted(Math.abs(call.number()), call.number() < 0, levels);
        } else if (status == Status.LIMIT) {
            lock.granted(held, lock.isGrantAbandoned(), levels);
        }
    }

    private int encodeWait(final Call call, final long timeoutNs, final long held) {
        final ConditionWaitEncoder wait = call.encoders
                .conditionWait
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .timeoutNs(timeoutNs)
                .fence(held);
        return wait.encodedLength();
    }
}
