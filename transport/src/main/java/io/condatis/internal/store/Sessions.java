package io.condatis.internal.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/** The open sessions. */
final class Sessions {
    private static final Comparator<Session> BY_ID = Comparator.comparingLong(session -> session.id);

    private final int most;
    private final Long2ObjectHashMap<Session> byId = new Long2ObjectHashMap<>();

    Sessions(final int most) {
        this.most = most;
    }

    int size() {
        return byId.size();
    }

    boolean isFull() {
        return byId.size() >= most;
    }

    void open(final long id) {
        if (isFull()) {
            throw new ProtocolException("Too many sessions: the limit is " + most + " (maxSessions).");
        }
        if (byId.containsKey(id)) {
            throw new ProtocolException("session is open already: session=" + id);
        }
        byId.put(id, new Session(id));
    }

    boolean isOpen(final long id) {
        return byId.containsKey(id);
    }

    /** {@return the session that has ended, or null} */
    Session close(final long id) {
        return byId.remove(id);
    }

    Session get(final long id) {
        final Session session = byId.get(id);
        if (session == null) {
            throw new ProtocolException("session is not open: session=" + id);
        }
        return session;
    }

    /** {@return all of them, lowest id first} */
    List<Session> ordered() {
        final List<Session> ordered = new ArrayList<>(byId.values());
        ordered.sort(BY_ID);
        return ordered;
    }

    void save(final SnapshotWriter out) {
        final List<Session> ordered = ordered();
        out.putInt(ordered.size());
        for (final Session session : ordered) {
            out.putLong(session.id);
            final int[] given = session.givenIds();
            out.putInt(given.length);
            for (final int objectId : given) {
                out.putInt(objectId);
                out.putInt(session.given(objectId));
            }
        }
    }

    void load(final SnapshotReader in) {
        final int count = in.takeInt();
        for (int i = 0; i < count; i++) {
            final long id = in.takeLong();
            final Session session = new Session(id);
            byId.put(id, session);
            final int given = in.takeInt();
            for (int k = 0; k < given; k++) {
                session.give(in.takeInt(), in.takeInt());
            }
        }
    }
}
