package io.condatis.internal.protocol;

import java.util.concurrent.TimeUnit;

/**
 * How long either end of the wire looks again before it sleeps. Measured on two cores: a round trip takes about 0.6 us while
 * each end has a core, so a short spin catches it; where a third thread wants a core, the two ends share one, and every
 * microsecond that one spins the other waits.
 */
public final class Waiting {
    /** Look again without a pause for so long; not at all where there is one core, since nothing can change meanwhile. */
    public static final long SPIN_NS =
            Runtime.getRuntime().availableProcessors() == 1 ? 0 : TimeUnit.MICROSECONDS.toNanos(2);

    /** Then look again and offer the core to others, until so much time has passed without work; then sleep. */
    public static final long YIELD_NS = TimeUnit.MICROSECONDS.toNanos(50);

    /** As {@link #YIELD_NS}, for an answer that comes as soon as the server is awake: a sleep would only add a second wake. */
    public static final long YIELD_FOR_ANSWER_NS = TimeUnit.MICROSECONDS.toNanos(250);

    private Waiting() {}
}
