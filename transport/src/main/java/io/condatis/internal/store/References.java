package io.condatis.internal.store;

import io.condatis.internal.protocol.ReferenceDescriptor;
import java.util.ArrayDeque;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Who refers to whom. An anonymous object lives while a session has been given a reference to it and has not given it
 * back, or a stored value is one; a named object lives until it is deleted. An object that stored values refer to in a
 * circle lives until the manager ends or a session's last way to it is deleted by name.
 */
final class References {
    private final Objects objects;
    private final Sessions sessions;
    private final ArrayDeque<Holding> unreferenced = new ArrayDeque<>();
    private final UnsafeBuffer content = new UnsafeBuffer(0, 0);

    References(final Objects objects, final Sessions sessions) {
        this.objects = objects;
        this.sessions = sessions;
    }

    /** {@return why this content cannot be stored, or null when it can} */
    String refusal(final DirectBuffer buffer, final int offset, final int length) {
        if (!ReferenceDescriptor.isReference(buffer, offset, length)) {
            return null;
        }
        final int id = ReferenceDescriptor.objectId(buffer, offset);
        final StoredObject object = objects.get(id);
        if (object == null) {
            return "The value refers to the object with the id " + id + ", which does not exist (any more).";
        }
        return object.kind().value() == ReferenceDescriptor.kind(buffer, offset)
                ? null
                : "The value refers to the object with the id " + id + " as another kind than it is: " + object.kind()
                        + ".";
    }

    /** The content of a body is stored now. */
    void keep(final Body body) {
        if (isReference(body)) {
            keep(ReferenceDescriptor.objectId(content, Body.OFFSET));
        }
    }

    /** The content of a body is not stored any more. */
    void drop(final Body body) {
        if (isReference(body)) {
            drop(ReferenceDescriptor.objectId(content, Body.OFFSET));
        }
    }

    /** One more stored value or object refers to an object. */
    void keep(final int objectId) {
        final Holding holding = objects.holding(objectId);
        if (holding != null) {
            holding.references++;
        }
    }

    /** One fewer. */
    void drop(final int objectId) {
        final Holding holding = objects.holding(objectId);
        if (holding != null && --holding.references == 0 && holding.isAnonymous()) {
            unreferenced.add(holding);
        }
    }

    /** The content of a body is sent to a session, which is given what it refers to. */
    void sent(final long session, final Body body) {
        if (isReference(body)) {
            give(sessions.get(session), ReferenceDescriptor.objectId(content, Body.OFFSET));
        }
    }

    /** A session is given a reference to an object. */
    void give(final Session session, final int objectId) {
        final Holding holding = objects.holding(objectId);
        if (holding != null && holding.isAnonymous()) {
            session.give(objectId, 1);
            holding.references++;
        }
    }

    /**
     * A session gives references back.
     *
     * @return whether it has none left, and the object still lives
     */
    boolean giveBack(final Session session, final int objectId, final int count) {
        final Holding holding = objects.holding(objectId);
        if (holding == null ? objects.hasEnded(objectId) : !holding.isAnonymous()) {
            return false;
        }
        if (count < 1 || count > session.given(objectId)) {
            throw new ProtocolException("release of references that were not given: session=" + session.id
                    + " objectId=" + objectId + " count=" + count + " given=" + session.given(objectId));
        }
        session.give(objectId, -count);
        dropMany(objectId, count);
        return session.given(objectId) == 0;
    }

    /** A session has ended. */
    void closed(final Session session) {
        for (final int objectId : session.givenIds()) {
            dropMany(objectId, session.given(objectId));
        }
    }

    /** {@return an object that nobody refers to any more, or null} */
    Holding nextUnreferenced() {
        Holding holding = unreferenced.poll();
        while (holding != null && (holding.references > 0 || objects.holding(holding.object.id()) != holding)) {
            holding = unreferenced.poll();
        }
        return holding;
    }

    private void dropMany(final int objectId, final int count) {
        final Holding holding = objects.holding(objectId);
        if (holding != null) {
            holding.references -= count - 1;
            drop(objectId);
        }
    }

    private boolean isReference(final Body body) {
        if (body.length() != ReferenceDescriptor.LENGTH || body.bytes()[Body.OFFSET] != ReferenceDescriptor.TAG) {
            return false;
        }
        content.wrap(body.bytes());
        return ReferenceDescriptor.isReference(content, Body.OFFSET, body.length());
    }
}
