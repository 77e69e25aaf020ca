package io.condatis.internal.host;

import io.aeron.Aeron;
import io.aeron.Counter;
import io.aeron.exceptions.RegistrationException;
import io.condatis.internal.protocol.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The metrics of a manager or of one of its queues. The server's thread sets them; each is a counter of the media driver, as
 * soon as the driver has made it, and a number in the heap, which other threads read even when the driver's memory is gone.
 */
final class Figures {
    private static final long NONE = -1;

    private final String queue;
    private final AtomicLongArray values;
    private final Counter[] counters;
    private final long[] registrations;
    private int pending;

    /** When it was last looked at, so that those of deleted queues are noticed. */
    private long round;

    /** Asks the driver for counters, and does not wait for them. */
    Figures(final Aeron aeron, final String manager, final String queue) {
        this.queue = queue;
        final List<Metric> metrics = metrics();
        values = new AtomicLongArray(metrics.size());
        counters = new Counter[metrics.size()];
        registrations = new long[metrics.size()];
        pending = metrics.size();
        for (final Metric metric : metrics) {
            final UnsafeBuffer label = new UnsafeBuffer(metric.labelOf(manager, queue));
            registrations[metric.index()] =
                    aeron.asyncAddCounter(metric.typeId(), null, 0, 0, label, 0, label.capacity());
        }
    }

    /** {@return name of the queue, or null} */
    String queue() {
        return queue;
    }

    /** {@return what is set here} */
    List<Metric> metrics() {
        return queue == null ? Metric.ofManager() : Metric.ofQueue();
    }

    /** Server's thread. */
    void set(final Metric metric, final long value) {
        values.lazySet(metric.index(), value);
        final Counter counter = counters[metric.index()];
        if (counter != null) {
            counter.setRelease(value);
        }
    }

    /** {@return whether the driver has still to make a counter} */
    boolean isPending() {
        return pending > 0;
    }

    /** {@return as it was last set} */
    long get(final Metric metric) {
        return values.get(metric.index());
    }

    /** Take the counters that the driver has made meanwhile. Throws once for each that it refused. */
    void resolve(final Aeron aeron) {
        for (int i = 0; pending > 0 && i < counters.length; i++) {
            if (counters[i] == null && registrations[i] != NONE) {
                resolve(aeron, i);
            }
        }
    }

    private void resolve(final Aeron aeron, final int index) {
        try {
            counters[index] = aeron.getCounter(registrations[index]);
            if (counters[index] != null) {
                counters[index].setRelease(values.get(index));
                pending--;
            }
        } catch (final RegistrationException e) {
            registrations[index] = NONE;
            pending--;
            throw e;
        }
    }

    /** Give the counters back. */
    void close(final Aeron aeron) {
        for (int i = 0; i < counters.length; i++) {
            if (counters[i] != null) {
                counters[i].close();
            } else if (registrations[i] != NONE) {
                aeron.asyncRemoveCounter(registrations[i]);
            }
        }
        Arrays.fill(counters, null);
        pending = 0;
    }

    void seenIn(final long thisRound) {
        round = thisRound;
    }

    boolean wasSeenIn(final long thisRound) {
        return round == thisRound;
    }
}
