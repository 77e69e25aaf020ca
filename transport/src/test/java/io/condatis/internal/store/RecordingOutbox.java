package io.condatis.internal.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/** Remembers what the store put out. */
final class RecordingOutbox implements Outbox {
    final List<Received> received = new ArrayList<>();
    final Map<Long, Long> timers = new TreeMap<>();
    Consumer<Received> onSend = received::add;

    @Override
    public void send(final long session, final DirectBuffer buffer, final int offset, final int length) {
        Received.decodeAll(session, buffer, offset, length).forEach(onSend);
    }

    @Override
    public void schedule(final long timerId, final long deadlineNs) {
        timers.put(timerId, deadlineNs);
    }

    @Override
    public void cancel(final long timerId) {
        if (timers.remove(timerId) == null) {
            throw new AssertionError("cancelled a timer that was not scheduled: " + timerId);
        }
    }
}
