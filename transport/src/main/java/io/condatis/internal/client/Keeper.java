package io.condatis.internal.client;

import java.lang.ref.WeakReference;

/**
 * Where a connection knows what this process has of one object. That of a named object it knows for good; that of an anonymous
 * one only while somebody uses it here, or while the process has something: a thread that holds a lock holds it also when no
 * variable refers to the lock any more.
 */
final class Keeper {
    private final boolean forGood;
    private WeakReference<Possession> known;
    /** Only refers, so that it stays reachable. */
    private volatile Possession held;

    Keeper(final boolean forGood) {
        this.forGood = forGood;
    }

    /** It is made, before anybody else sees this. */
    <T extends Possession> T know(final T possession) {
        known = new WeakReference<>(possession);
        held = forGood ? possession : null;
        return possession;
    }

    /** {@return what is known, or null when nobody uses it and nothing is had} */
    Possession known() {
        return known.get();
    }

    /** The process has something of the object now. */
    void hold(final Possession possession) {
        if (!forGood) {
            held = possession;
        }
    }

    /** It has nothing any more. */
    void letGo() {
        if (!forGood) {
            held = null;
        }
    }
}
