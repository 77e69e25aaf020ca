package io.condatis.process;

import java.io.Serializable;

/**
 * What a worker process runs: a lambda, a method reference or an object, without arguments.
 *
 * <p>The target travels to the worker by Java serialisation, with everything that it captures; a lambda that touches
 * {@code this} captures the whole object. Static state does not travel.
 */
@FunctionalInterface
public interface Worker extends Serializable {
    /**
     * Runs in the worker, on its main thread.
     *
     * @throws Exception ends the main thread: stack trace on the standard error, exit code 1
     */
    void run() throws Exception;
}
