package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.Kind;

/**
 * One kind of object: makes them and handles their messages. A new kind is one of these and one {@link StoredObject},
 * added to the list in {@link Store}.
 */
interface ObjectType {
    Kind kind();

    /** {@return the templates that {@link #onMessage} handles} */
    int[] templateIds();

    /** {@return why there is no object of this kind with such an argument, or null when there is} */
    String refusal(long argument);

    /** {@return what a new object with such an argument counts against the limits on bytes} */
    default long cost(final long argument) {
        return 0;
    }

    StoredObject create(int id, long argument);

    /** Handle a message whose template is one of {@link #templateIds()}; validate all of it, then change. */
    void onMessage(Frame frame);

    /** Read an object that {@link StoredObject#save} has written. */
    StoredObject load(int id, long argument, SnapshotReader in);
}
