package io.condatis.manager;

import io.condatis.internal.client.Connection;
import io.condatis.internal.client.ObjectReference;

/** What stands here for an object of the server, and is stored and sent as a reference to it. */
interface Proxied {
    ObjectReference reference();

    Connection connection();

    /** {@return the proxy that a value is, or null when it is none} */
    static Proxied of(final Object value) {
        return value instanceof Proxied proxy ? proxy : CustomProxy.of(value);
    }
}
