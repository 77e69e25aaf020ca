package io.condatis.manager;

import java.io.Serializable;

/**
 * Makes an object of a class of yours in a manager's server, see {@link ManagerOptions#register}. It travels to the server by
 * Java serialisation, with everything that it captures; a lambda that touches {@code this} captures the whole object.
 *
 * @param <T> interface of the object
 */
@FunctionalInterface
public interface ObjectFactory<T> extends Serializable {
    /**
     * Make an object; runs in the server's process, for each object once, on any thread.
     *
     * @param arguments as they were passed to {@link Manager#create} or {@link Manager#getOrCreate}; copies
     * @return the object, not null
     * @throws Exception is thrown to whoever asked for the object
     */
    T make(Object... arguments) throws Exception;
}
