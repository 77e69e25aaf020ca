package io.condatis.manager;

import java.io.Serializable;

/** Runs once in a manager's server before it serves anybody, see {@link ManagerOptions#initializer}. */
@FunctionalInterface
public interface Initializer extends Serializable {
    /**
     * Prepare the server's process.
     *
     * @throws Exception fails the start of the manager
     */
    void run() throws Exception;
}
