package io.condatis.internal.client;

import io.condatis.internal.protocol.sbe.Kind;

/**
 * A managed object as this process knows it. While it is reachable, an anonymous object lives; when the last of them in this
 * process is not reachable any more, the server is told.
 */
public final class ObjectReference {
    private final References.Anchor anchor;
    private final Kind kind;
    private final long argument;
    private final int window;
    private final boolean anonymous;

    ObjectReference(
            final References.Anchor anchor,
            final Kind kind,
            final long argument,
            final int window,
            final boolean anonymous) {
        this.anchor = anchor;
        this.kind = kind;
        this.argument = argument;
        this.window = window;
        this.anonymous = anonymous;
    }

    /** {@return the id of the object, never used for another by this manager} */
    public int objectId() {
        return anchor.objectId;
    }

    /** {@return its kind} */
    public Kind kind() {
        return kind;
    }

    /** {@return what it was made with; the kind says what that means} */
    public long argument() {
        return argument;
    }

    /** {@return whether it lives only while it is referred to} */
    public boolean isAnonymous() {
        return anonymous;
    }

    int window() {
        return window;
    }
}
