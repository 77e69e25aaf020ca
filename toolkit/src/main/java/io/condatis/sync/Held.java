package io.condatis.sync;

/** A lock as its {@link Hold} sees it. */
public interface Held {
    /** {@return whether an owner died inside and nobody has declared the protected state consistent since} */
    boolean isAbandoned();

    /**
     * Unlocks.
     *
     * @throws IllegalMonitorStateException when the calling thread does not hold the lock (any more)
     */
    void unlock();
}
