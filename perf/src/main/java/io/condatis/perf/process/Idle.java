package io.condatis.perf.process;

import io.condatis.internal.protocol.Patience;
import io.condatis.internal.protocol.Waiting;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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

    /** {@return the same for a server that is asked in turns of milliseconds, and sleeps while others are} */
    IdleStrategy serverStrategy() {
        return new Dozing(factory.get());
    }

    /** Begins anew after each work. Of one thread. */
    private abstract static class AfterWork implements IdleStrategy {
        @Override
        public void idle(final int workCount) {
            if (workCount > 0) {
                reset();
            } else {
                idle();
            }
        }
    }

    /** Of one thread. */
    private static final class SpinThenYield extends AfterWork {
        private final Patience patience = new Patience(Waiting.SPIN_NS, Long.MAX_VALUE);

        @Override
        public void idle() {
            patience.pause();
        }

        @Override
        public void reset() {
            patience.reset();
        }
    }

    /** Of one thread: leaves its core to others when nothing has come for longer than a stall within a turn. */
    private static final class Dozing extends AfterWork {
        private static final long TURN_OVER_NS = TimeUnit.MILLISECONDS.toNanos(2);
        /** Shorter than what a turn forgets of its beginning. */
        private static final long NAP_NS = TimeUnit.MILLISECONDS.toNanos(3);
        /** So seldom is the clock read. */
        private static final int IDLE_ROUNDS = 64;

        private final IdleStrategy awake;
        private int idleRounds;
        private long idleSinceNs;

        Dozing(final IdleStrategy awake) {
            this.awake = awake;
        }

        @Override
        public void idle() {
            if (idleRounds++ % IDLE_ROUNDS != 0 || !isTurnOver()) {
                awake.idle();
            } else {
                LockSupport.parkNanos(NAP_NS);
                idleRounds = IDLE_ROUNDS; // looks once, and then sleeps again
            }
        }

        private boolean isTurnOver() {
            final long nowNs = System.nanoTime();
            if (idleRounds == 1) {
                idleSinceNs = nowNs;
            }
            return nowNs - idleSinceNs > TURN_OVER_NS;
        }

        @Override
        public void reset() {
            idleRounds = 0;
            awake.reset();
        }
    }
}
