package io.condatis.manager;

import io.condatis.internal.client.Connection;
import io.condatis.internal.client.ObjectReference;
import io.condatis.internal.client.RemoteEvent;
import java.util.concurrent.TimeUnit;

/** A managed event; any number of these may stand for one. */
final class EventProxy implements ManagedEvent, Proxied {
    private static final long FOR_EVER = -1;

    private final String name;
    private final RemoteEvent event;

    EventProxy(final String name, final RemoteEvent event) {
        this.name = name;
        this.event = event;
    }

    @Override
    public ObjectReference reference() {
        return event.reference();
    }

    @Override
    public Connection connection() {
        return event.connection();
    }

    @Override
    public boolean isSet() {
        return event.state().number() != 0;
    }

    @Override
    public void set() {
        event.set();
    }

    @Override
    public void clear() {
        event.clear();
    }

    @Override
    public void await() throws InterruptedException {
        event.await(FOR_EVER);
    }

    @Override
    public boolean await(final long time, final TimeUnit unit) throws InterruptedException {
        return event.await(Math.max(0, unit.toNanos(time)));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return SyncObjects.describe(
                "ManagedEvent[" + name,
                event::state,
                state -> (state.number() == 0 ? ", unset" : ", set")
                        + (state.waiting() == 0 ? "" : ", waiters=" + state.waiting()));
    }
}
