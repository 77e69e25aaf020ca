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
import io.condatis.internal.protocol.ConditionArgument;
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
        return new LockProxy(shown(name, reference), RemoteLock.of(connection, reference), abandonment, repair);
    }

    static SemaphoreProxy semaphore(final Connection connection, final String name, final ObjectReference reference) {
        final String kind = reference.kind() == Kind.SEMAPHORE ? "ManagedSemaphore" : "ManagedBoundedSemaphore";
        return new SemaphoreProxy(kind, shown(name, reference), RemoteSemaphore.of(connection, reference));
    }

    /** {@return what a condition of that lock is made with} */
    static long argument(final Connection connection, final ManagedLock lock) {
        final RemoteLock remote = lock instanceof LockProxy proxy ? proxy.remote() : null;
        if (remote == null || remote.connection() != connection) {
            throw new IllegalArgumentException(
                    "the lock of a managed condition comes from the same Manager object: " + lock + " does not");
        }
        return argument(remote);
    }

    private static long argument(final RemoteLock lock) {
        return ConditionArgument.of(lock.reference().objectId(), lock.isReentrant());
    }

    static ConditionProxy condition(final String name, final ManagedLock lock, final ObjectReference reference) {
        return new ConditionProxy(shown(name, reference), new RemoteCondition(reference, ((LockProxy) lock).remote()));
    }

    static ManagedCondition newCondition(final LockProxy lock) {
        final RemoteLock remote = lock.remote();
        final ObjectReference reference = remote.connection().objects().open(Kind.CONDITION, "", argument(remote));
        return condition("of " + lock.name(), lock, reference);
    }

    static EventProxy event(final Connection connection, final String name, final ObjectReference reference) {
        return new EventProxy(shown(name, reference), new RemoteEvent(connection, reference));
    }

    static BarrierProxy barrier(
            final Connection connection, final String name, final ObjectReference reference, final Runnable action) {
        final int parties = (int) reference.argument();
        final String shown = shown(name, reference);
        return new BarrierProxy(shown, new RemoteBarrier(connection, reference, shown), parties, action);
    }

    /** {@return a proxy for what a stored value refers to} */
    static Proxied of(final ObjectReference reference, final Connection connection) {
        return switch (reference.kind()) {
            case LOCK, REENTRANT_LOCK -> lock(connection, null, reference, null);
            case SEMAPHORE, BOUNDED_SEMAPHORE -> semaphore(connection, null, reference);
            case CONDITION -> condition(null, lockOf(reference, connection), reference);
            case EVENT -> event(connection, null, reference);
            default -> barrier(connection, null, reference, null);
        };
    }

    private static LockProxy lockOf(final ObjectReference condition, final Connection connection) {
        final Kind kind = ConditionArgument.isReentrant(condition.argument()) ? Kind.REENTRANT_LOCK : Kind.LOCK;
        final int lockId = ConditionArgument.lockId(condition.argument());
        return lock(connection, null, connection.objects().attach(kind, lockId), null);
    }

    /** {@return what an object is called in texts: its name, or its number where it has none or its name is not known} */
    private static String shown(final String name, final ObjectReference reference) {
        return name == null ? "#" + reference.objectId() : name;
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
