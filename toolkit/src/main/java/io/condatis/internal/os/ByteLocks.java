package io.condatis.internal.os;

/**
 * Exclusive kernel locks on single bytes of one file, which the kernel gives back when their process is gone. Calls on one
 * instance are serialised by {@link LivenessFile}.
 */
interface ByteLocks {
    /**
     * Takes the lock on a byte that this instance does not hold; never waits.
     *
     * @param position of the byte; it need not exist
     * @return false when anybody else holds it
     */
    boolean tryLock(long position);

    /**
     * Gives a lock back.
     *
     * @param position of a byte whose lock this instance holds
     */
    void unlock(long position);

    /**
     * Asks, without taking it, whether anybody other than this instance holds a lock. Whatever goes wrong is answered with
     * true, because false means that a process is dead.
     *
     * @param position of the byte
     * @return false only when the kernel says that the byte is free
     */
    boolean isLockedElsewhere(long position);

    /** {@return whether the locks stay when some other descriptor of the same file is closed in this process} */
    boolean surviveOtherDescriptors();

    /** Gives back all locks of this instance. */
    void close();
}
