package io.condatis.cli;

import io.condatis.sync.SharedEvent;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** An event that is set and cleared at once, again and again, from outside and by some victims; nobody misses it. */
final class EventSubject extends TortureSubject {
    private final SharedEvent event;

    EventSubject(final TortureTally tally, final SharedEvent event) {
        super(tally);
        this.event = event;
    }

    @Override
    void round(final int victim, final Random random) throws InterruptedException {
        if (random.nextInt(8) == 0) {
            event.set();
            event.clear();
        }
        final long startNs = System.nanoTime();
        if (!event.await(STUCK_S, TimeUnit.SECONDS)) {
            tally.violation("a waiter was not woken for " + STUCK_S + " s: " + event);
        }
        tally.operation(System.nanoTime() - startNs);
    }

    @Override
    void outside(final Random random) {
        event.set();
        event.clear();
    }

    @Override
    void verify() throws InterruptedException {
        event.set();
        if (!event.isSet() || !event.await(0, TimeUnit.SECONDS)) {
            tally.violation("it is not set after set(): " + event);
        }
    }
}
