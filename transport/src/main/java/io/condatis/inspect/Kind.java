package io.condatis.inspect;

import java.util.Locale;

/** What something in the shared directory is. */
enum Kind {
    /** A set of shared objects. */
    OBJECTS,
    /** A shareable list, made by a JVM or by CPython. */
    LIST,
    /** Plain shared memory. */
    BLOCK,
    /** A manager's directory. */
    MANAGER,
    /** A liveness file without its block. */
    LIVENESS,
    /** A block that is being built. */
    BUILDING,
    /** The directory of an Aeron media driver that is no manager's. */
    DRIVER,
    /** Somebody else's file. */
    FOREIGN;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
