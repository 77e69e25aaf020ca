package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.SyncStatusEncoder;
import org.agrona.collections.LongHashSet;

/** What the objects that threads meet at have in common: they hold no bytes, and sessions hold something of them. */
abstract class SyncObject implements StoredObject {
    final Core core;
    private final int id;
    private final Kind kind;
    private final long argument;
    /** Sessions that will tell when they end. */
    private final LongHashSet members = new LongHashSet();

    SyncObject(final Core core, final int id, final Kind kind, final long argument) {
        this.core = core;
        this.id = id;
        this.kind = kind;
        this.argument = argument;
    }

    /** A session that held something has ended, or one that did not. */
    abstract void left(Session session);

    /** It is being deleted: answer who waits, and tell who held something. */
    abstract void end();

    /** Write what is not zero of a SyncStatus. */
    abstract void describe(SyncStatusEncoder status);

    /** {@return the number that stands beside the status} */
    abstract long summary();

    /** Have the session tell when it ends. */
    final void join(final Session session) {
        if (members.add(session.id)) {
            session.attach(this);
        }
    }

    @Override
    public final int id() {
        return id;
    }

    @Override
    public final Kind kind() {
        return kind;
    }

    @Override
    public final long argument() {
        return argument;
    }

    @Override
    public final int attach(final Session session) {
        return Windows.NONE;
    }

    @Override
    public final void detach(final Session session) {
        members.remove(session.id);
        left(session);
    }

    @Override
    public final void delete() {
        for (final Session session : core.sessions.ordered()) {
            session.forget(this);
        }
        end();
    }

    @Override
    public final void endOfBatch() {
        throw new IllegalStateException("never dirty");
    }

    @Override
    public final void reclaim() {
        // Nothing is promised.
    }
}
