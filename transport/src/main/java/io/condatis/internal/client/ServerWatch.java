package io.condatis.internal.client;

import io.condatis.internal.protocol.ManagerFile;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;

/**
 * How the thread of the Aeron client idles: it naps, and looks each time whether the server lives. So what is sent without
 * waiting for an answer, such as the release of a lock, is not sent to the dead for longer than a nap, and costs the sender a
 * look at a field.
 */
final class ServerWatch implements IdleStrategy {
    private static final long NAP_NS = TimeUnit.MILLISECONDS.toNanos(16);

    private final ManagerFile file;
    private volatile boolean serverDead;

    ServerWatch(final ManagerFile file) {
        this.file = file;
    }

    /** {@return whether the server was seen dead} */
    boolean isServerDead() {
        return serverDead;
    }

    @Override
    public void idle(final int workCount) {
        if (workCount <= 0) {
            idle();
        }
    }

    @Override
    public void idle() {
        LockSupport.parkNanos(NAP_NS);
        if (!serverDead && file.isServerDead()) {
            serverDead = true;
        }
    }

    @Override
    public void reset() {
        // Nothing is kept between naps.
    }
}
