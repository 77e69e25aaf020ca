package io.condatis.manager;

import io.condatis.internal.client.Connection;
import io.condatis.internal.client.ObjectReference;

/** What stands here for an object of the server, and is stored and sent as a reference to it. */
interface Proxied {
    ObjectReference reference();

    Connection connection();
}
