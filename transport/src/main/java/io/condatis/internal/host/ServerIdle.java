package io.condatis.internal.host;

import io.condatis.internal.protocol.Patience;
import io.condatis.sync.Doorbell;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.IdleStrategy;

/**
 * Waits for work: looks again for a moment, then sleeps on the doorbell, unless it is never to sleep. After a sleep that nobody ended it looks once and
 * sleeps again, so an idle server costs about nothing; while work keeps coming it never makes a system call.
 */
final class ServerIdle implements IdleStrategy {
    private static final long ENDING_SLEEP_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final IpcHost host;
    private final Doorbell doorbell;
    private final Patience patience;
    private boolean armed;
    private volatile boolean ending;

    ServerIdle(final IpcHost host, final Doorbell doorbell, final IdleMode mode) {
        this.host = host;
        this.doorbell = doorbell;
        patience = new Patience(mode.spinNs, mode.yieldNs);
    }

    /** The server is to end soon: no long sleep any more. From any thread. */
    void end() {
        ending = true;
        doorbell.ring();
    }

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
        if (armed) {
            doorbell.await(ending ? ENDING_SLEEP_NS : host.idleNs());
            doorbell.arm();
            host.slept();
        } else if (!patience.pause()) {
            armed = true;
            doorbell.arm();
        }
    }

    @Override
    public void reset() {
        patience.reset();
        if (armed) {
            armed = false;
            doorbell.disarm();
        }
    }
}
