package io.condatis.sync;

/** How a wait ends. */
enum Outcome {
    /** With what was waited for. */
    ACQUIRED,
    /** The time is up. */
    TIMED_OUT,
    /** The thread was interrupted; its interrupt status is clear. */
    INTERRUPTED
}
