package io.condatis.examples.desk;

import io.condatis.SharedObjects;
import io.condatis.value.LongValue;

/** Words in shared memory by which the processes of the desk tell each other how far they are. */
final class Counters {
    /** Trades that the feed may put; the coordinator holds it back until a kill has happened. */
    final LongValue released;

    /** {@link System#nanoTime()} of the first put. */
    final LongValue startedNs;

    /** Workers that have begun to take, replacements included. */
    final LongValue ready;

    /** Trades taken from the queue by one worker after another had taken them and died. */
    final LongValue redelivered;

    /** Of these, how many were in the book already. */
    final LongValue repeated;

    Counters(final SharedObjects shared) {
        released = shared.longValue("feed.released", 0);
        startedNs = shared.longValue("feed.started", 0);
        ready = shared.longValue("workers.ready", 0);
        redelivered = shared.longValue("trades.redelivered", 0);
        repeated = shared.longValue("trades.repeated", 0);
    }
}
