package io.condatis.internal.host;

import io.aeron.Aeron;
import io.aeron.AeronCounters;
import io.aeron.DriverProxy;
import io.condatis.internal.protocol.Protocol;
import io.condatis.sync.Participants;
import java.util.regex.Matcher;
import org.agrona.concurrent.status.CountersReader;

/**
 * The media driver's own idea of who is connected, corrected by the kernel's. The driver knows its clients by their
 * heartbeats and would free the streams of a dead one only after a time-out, the same after which it cuts off a live one
 * that is stopped. So its time-out is very long, and the dead are reported to it here: their shared memory comes back at
 * once, and who is only stopped keeps his streams.
 *
 * <p>A client says which participant it belongs to with its first sign of life, some 16 ms after it began. One that is dead,
 * or stopped, before that is told by having been silent for longer than any client tries to connect; it has no session.
 */
final class DriverClients {
    /** Longer than a client waits for its streams when it connects. */
    static final long NAMELESS_PATIENCE_MS = 20_000;

    private final Aeron aeron;
    private final CountersReader counters;
    private final Participants participants;

    DriverClients(final Aeron aeron, final Participants participants) {
        this.aeron = aeron;
        this.participants = participants;
        counters = aeron.countersReader();
    }

    /**
     * Have the driver forget the clients whose processes have ended. Allocates only for who is connected.
     *
     * @param epochMs now, by the clock that clients give their signs of life by
     */
    void closeDead(final long epochMs) {
        for (int id = 0; id <= counters.maxCounterId(); id++) {
            if (counters.getCounterState(id) == CountersReader.RECORD_ALLOCATED
                    && counters.getCounterTypeId(id) == AeronCounters.DRIVER_HEARTBEAT_TYPE_ID
                    && counters.getCounterRegistrationId(id) != aeron.clientId()) {
                final Matcher name = Protocol.CLIENT_NAME.matcher(counters.getCounterLabel(id));
                final boolean isDead = name.find()
                        ? participants.isDead(number(name, 1), number(name, 2))
                        : epochMs - counters.getCounterValue(id) > NAMELESS_PATIENCE_MS;
                if (isDead) {
                    new DriverProxy(aeron.context().toDriverBuffer(), counters.getCounterRegistrationId(id))
                            .clientClose();
                }
            }
        }
    }

    private static int number(final Matcher name, final int group) {
        return Integer.parseInt(name.group(group));
    }
}
