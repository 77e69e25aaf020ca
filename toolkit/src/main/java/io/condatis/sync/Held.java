package io.condatis.sync;

/** What a {@link Hold} needs to know of the lock that it stands for. */
interface Held {
    boolean isAbandoned();

    void unlock();
}
