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
 */
final class DriverClients {
    private final Aeron aeron;
    private final CountersReader counters;
    private final Participants participants;

    DriverClients(final Aeron aeron, final Participants participants) {
        this.aeron = aeron;
        this.participants = participants;
        counters = aeron.countersReader();
    }

    /** Have the driver forget the clients whose processes have ended. Allocates only for who is connected. */
    void closeDead() {
        for (int id = 0; id <= counters.maxCounterId(); id++) {
            if (counters.getCounterState(id) == CountersReader.RECORD_ALLOCATED
                    && counters.getCounterTypeId(id) == AeronCounters.DRIVER_HEARTBEAT_TYPE_ID) {
                final Matcher name = Protocol.CLIENT_NAME.matcher(counters.getCounterLabel(id));
                if (name.find() && participants.isDead(number(name, 1), number(name, 2))) {
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
