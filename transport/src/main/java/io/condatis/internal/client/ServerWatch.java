package io.condatis.internal.client;

import io.condatis.internal.protocol.ManagerFile;
import io.condatis.sync.Doorbell;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * How the thread of the Aeron client idles: it sleeps, and looks each time whether the server lives. Until the client is
 * connected, and a few times more, it sleeps for moments only, since that thread says who this client is and sees its streams
 * come; afterwards nothing waits for it, and where the server's death wakes it its sleeps are long: a client that has nothing to
 * do is to cost nothing.
 */
final class ServerWatch implements IdleStrategy {
    private static final long FIRST_NAP_NS = TimeUnit.MILLISECONDS.toNanos(4);
    private static final int FIRST_NAPS = 50;
    private static final long NAP_NS = TimeUnit.MILLISECONDS.toNanos(16);
    private static final long LONG_NAP_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int ALIGNMENT = 8;

    private final ManagerFile file;
    private final Doorbell bell = new Doorbell(
            new UnsafeBuffer(
                    ByteBuffer.allocateDirect(Doorbell.LENGTH + ALIGNMENT).alignedSlice(ALIGNMENT)),
            0);
    private volatile boolean connected;
    private volatile boolean serverDead;
    private volatile boolean ending;
    /** Counted, not timed: a thread that got no processor meanwhile has done nothing yet. */
    private int firstNapsLeft = FIRST_NAPS;

    ServerWatch(final ManagerFile file) {
        this.file = file;
    }

    /** {@return whether the server was seen dead} */
    boolean isServerDead() {
        return serverDead;
    }

    /** The streams are there. */
    void connected() {
        connected = true;
    }

    /** The thread is to end soon. */
    void end() {
        ending = true;
        bell.ring();
    }

    @Override
    public void idle(final int workCount) {
        if (workCount <= 0) {
            idle();
        }
    }

    @Override
    public void idle() {
        bell.arm();
        bell.await(napNs());
        bell.disarm();
        if (!serverDead && file.isServerDead()) {
            serverDead = true;
        }
    }

    long napNs() {
        if (ending || !connected) {
            return FIRST_NAP_NS;
        }
        if (firstNapsLeft > 0) {
            firstNapsLeft--;
            return FIRST_NAP_NS;
        }
        return !serverDead && file.wakesOnServerDeath(bell) ? LONG_NAP_NS : NAP_NS;
    }

    @Override
    public void reset() {
        // Nothing is kept between naps.
    }
}
