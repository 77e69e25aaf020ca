package io.condatis.internal.host;

import io.condatis.internal.protocol.Waiting;

/** What a server does when there is nothing to do. */
public enum IdleMode {
    /** Look again for a moment, then sleep until somebody rings. */
    SLEEP(Waiting.SPIN_NS, Waiting.YIELD_NS),
    /** Look again and offer the core to others, for ever. */
    YIELD(Waiting.SPIN_NS, Long.MAX_VALUE),
    /** Look again, for ever. */
    SPIN(Long.MAX_VALUE, Long.MAX_VALUE);

    final long spinNs;
    final long yieldNs;

    IdleMode(final long spinNs, final long yieldNs) {
        this.spinNs = spinNs;
        this.yieldNs = yieldNs;
    }
}
