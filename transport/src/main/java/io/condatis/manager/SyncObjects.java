package io.condatis.manager;

import io.condatis.error.CondatisException;
import io.condatis.internal.client.Connection;
import io.condatis.internal.client.ObjectReference;
import io.condatis.internal.client.RemoteBarrier;
import io.condatis.internal.client.RemoteCondition;
import io.condatis.internal.client.RemoteEvent;
import io.condatis.internal.client.RemoteLock;
import io.condatis.internal.client.RemoteSemaphore;
import io.condatis.internal.client.SyncState;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.sync.Abandonment;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes the proxies of what threads meet at. */
final class SyncObjects {
    private SyncObjects() {}

    static LockProxy lock(
            final Connection connection, final String name, final ObjectReference reference, final Runnable repair) {
        final Abandonment abandonment = Abandonment.values()[(int) reference.argument()];
        return new LockProxy(name, RemoteLock.of(connection, reference), abandonment, repair);
    }

    static ManagedSemaphore semaphore(final Connection connection, final String name, final ObjectReference reference) {
        final String kind = reference.kind() == Kind.SEMAPHORE ? "ManagedSemaphore" : "ManagedBoundedSemaphore";
        return new SemaphoreProxy(kind, name, RemoteSemaphore.of(connection, reference));
    }

    /** {@return what a condition of that lock is made with} */
    static long argument(final Connection connection, final ManagedLock lock) {
        final RemoteLock remote = lock instanceof LockProxy proxy ? proxy.remote() : null;
        if (remote == null || remote.connection() != connection) {
            throw new IllegalArgumentException(
                    "the lock of a managed condition comes from the same Manager object: " + lock + " does not");
        }
        return remote.reference().objectId();
    }

    static ManagedCondition condition(final String name, final ManagedLock lock, final ObjectReference reference) {
        return new ConditionProxy(name, new RemoteCondition(reference, ((LockProxy) lock).remote()));
    }

    static ManagedCondition newCondition(final LockProxy lock) {
        final RemoteLock remote = lock.remote();
        final ObjectReference reference = remote.connection()
                .objects()
                .open(Kind.CONDITION, "", remote.reference().objectId());
        return condition("of " + lock.name(), lock, reference);
    }

    static ManagedEvent event(final Connection connection, final String name, final ObjectReference reference) {
        return new EventProxy(name, new RemoteEvent(connection, reference));
    }

    static ManagedBarrier barrier(
            final Connection connection, final String name, final ObjectReference reference, final Runnable action) {
        final int parties = (int) reference.argument();
        return new BarrierProxy(name, new RemoteBarrier(connection, reference, name), parties, action);
    }

    /** What a text says of an object, or that it cannot be reached. */
    static String describe(
            final String start, final Supplier<SyncState> state, final Function<SyncState, String> text) {
        try {
            return start + text.apply(state.get()) + "]";
        } catch (final CondatisException | IllegalStateException e) {
            return start + ", out of reach]";
        }
    }
}
