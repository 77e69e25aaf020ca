package io.condatis.manager;

/** The server that a manager has started and ends. */
interface Server extends AutoCloseable {
    @Override
    void close();
}
