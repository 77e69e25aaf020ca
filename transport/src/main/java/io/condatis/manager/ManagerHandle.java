package io.condatis.manager;

import io.condatis.payload.PayloadTypes;
import java.io.Serializable;
import java.util.Objects;

/**
 * What another process needs in order to connect: the manager's name and the classes that payloads may contain. Hand it to a
 * worker, or keep it in a file; it holds no connection.
 *
 * @serial exclude
 */
public final class ManagerHandle implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final PayloadTypes types;

    ManagerHandle(final String name, final PayloadTypes types) {
        this.name = Objects.requireNonNull(name, "name");
        this.types = types;
    }

    /** {@return name of the manager} */
    public String name() {
        return name;
    }

    PayloadTypes types() {
        return types;
    }

    @Override
    public String toString() {
        return "ManagerHandle(" + name + ")";
    }
}
