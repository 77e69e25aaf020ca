package io.condatis.sync;

/** What a condition needs from its lock, whichever kind of lock it is. */
abstract class Monitor {
    /** Whether the calling thread holds the lock. */
    abstract boolean isHeld();

    /** Unlocks however often the calling thread has locked. {@return how often that was} */
    abstract int releaseAll();

    /** Locks that often, without heed to interrupts. */
    abstract void reacquire(int levels);

    /** Whether somebody died with the lock and nobody has taken it over yet. */
    abstract boolean isHeldByTheDead();

    /** How often the lock was taken over from the dead; grows while the taker holds it. */
    abstract long recoveries();

    /** The monitor of a lock that is held once at most. */
    static Monitor of(final SharedLock lock) {
        return new Monitor() {
            @Override
            boolean isHeld() {
                return lock.isHeldByCurrentThread();
            }

            @Override
            int releaseAll() {
                lock.unlock();
                return 1;
            }

            @Override
            void reacquire(final int levels) {
                lock.lock();
            }

            @Override
            boolean isHeldByTheDead() {
                return lock.isHeldByTheDead();
            }

            @Override
            long recoveries() {
                return lock.recoveries();
            }

            @Override
            public String toString() {
                return lock.toString();
            }
        };
    }
}
