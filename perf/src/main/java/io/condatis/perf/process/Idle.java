package io.condatis.perf.process;

import io.condatis.internal.protocol.Patience;
import io.condatis.internal.protocol.Waiting;
import java.util.function.Supplier;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/** How both ends of the raw ping-pong wait. */
enum Idle {
    /** What a Condatis client and server do before they sleep: look again for a moment, then yield. */
    AS_CONDATIS(SpinThenYield::new),
    /** The most that Aeron can do, a core on each side. */
    BUSY_SPIN(() -> BusySpinIdleStrategy.INSTANCE);

    private final Supplier<IdleStrategy> factory;

    Idle(final Supplier<IdleStrategy> factory) {
        this.factory = factory;
    }

    IdleStrategy strategy() {
        return factory.get();
    }

    /** Of one thread. */
    private static final class SpinThenYield implements IdleStrategy {
        private final Patience patience = new Patience(Waiting.SPIN_NS, Long.MAX_VALUE);

        @Override
        public void idle(final int workCount) {
            if (workCount > 0) {
                reset();
            } else {
                idle();
            }
        }

        @Override
        public void idle() {
            patience.pause();
        }

        @Override
        public void reset() {
            patience.reset();
        }
    }
}
