package io.condatis.internal.host;

import io.condatis.internal.protocol.Waiting;
import io.condatis.sync.Doorbell;
import org.agrona.concurrent.IdleStrategy;

/**
 * Waits for work: looks again for a moment, then sleeps on the doorbell. After a sleep that nobody ended it looks once and
 * sleeps again, so an idle server costs about nothing; while work keeps coming it never makes a system call.
 */
final class ServerIdle implements IdleStrategy {
    private final IpcHost host;
    private final Doorbell doorbell;
    private long idleSinceNs;
    private boolean idle;
    private boolean armed;

    ServerIdle(final IpcHost host, final Doorbell doorbell) {
        this.host = host;
        this.doorbell = doorbell;
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
            doorbell.await(host.idleNs());
            doorbell.arm();
            host.conductNext();
            return;
        }
        final long nowNs = System.nanoTime();
        if (!idle) {
            idle = true;
            idleSinceNs = nowNs;
        }
        final long idleNs = nowNs - idleSinceNs;
        if (idleNs < Waiting.SPIN_NS) {
            Thread.onSpinWait();
        } else if (idleNs < Waiting.YIELD_NS) {
            Thread.yield();
        } else {
            armed = true;
            doorbell.arm();
        }
    }

    @Override
    public void reset() {
        idle = false;
        if (armed) {
            armed = false;
            doorbell.disarm();
        }
    }
}
