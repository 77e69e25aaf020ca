package io.condatis.inspect;

import java.util.Locale;

/** What is known of something in the shared directory. */
enum State {
    /** Living processes use it. */
    LIVE,
    /** No living process has it open; it stays until somebody unlinks it, as blocks and lists do. */
    IDLE,
    /** Proven dead: the kernel locks of everybody who had it are free. Removed by {@code gc}. */
    STALE,
    /** Its bytes are not what they should be, or nobody can tell whether it is in use. */
    DAMAGED,
    /** Not ours. */
    FOREIGN;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
