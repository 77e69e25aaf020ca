package io.condatis.testing;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.SyncFlavour.AnyEvent;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** CPython's {@code _TestEvent}, for every way of sharing events. */
@Timeout(60)
public abstract class EventContract {
    private SyncFlavour flavour;

    /** {@return a new place for primitives} */
    protected abstract SyncFlavour create();

    @BeforeEach
    void createFlavour() {
        flavour = create();
    }

    @AfterEach
    void closeFlavour() {
        flavour.close();
    }

    /** {@code test_event}, within one process. */
    @Test
    void shouldEndWaitsOnlyWhenSet() throws InterruptedException {
        final AnyEvent event = flavour.event("event");
        assertFalse(event.isSet());
        assertFalse(event.await(0, TimeUnit.SECONDS));
        final long startNs = System.nanoTime();
        assertFalse(event.await(100, TimeUnit.MILLISECONDS));
        assertTrue(System.nanoTime() - startNs >= 100_000_000);
        event.set();
        assertTrue(event.isSet());
        assertTrue(event.await(0, TimeUnit.SECONDS));
        assertTrue(event.await(1, TimeUnit.HOURS));
        event.clear();
        assertFalse(event.isSet());
        assertFalse(event.await(0, TimeUnit.SECONDS));
    }

    /** {@code test_event}, its last part. */
    @Test
    void shouldEndTheWaitWhenAnotherProcessSetsIt() throws InterruptedException {
        final AnyEvent event = flavour.event("event");
        try (SyncPeers peers = new SyncPeers(flavour)) {
            final ForkedJvm child = peers.joined();
            child.send("set event");
            assertTrue(event.await(30, TimeUnit.SECONDS));
            child.awaitLine("set event done", Await.DEADLINE);
            event.clear();
            child.send("await event");
            Await.until("the child waits", () -> event.toString().contains("waiters"));
            event.set();
            child.awaitLine("await event true", Await.DEADLINE);
        }
    }

    /** {@code test_repr}. */
    @Test
    void shouldSayWhetherItIsSet() {
        final AnyEvent event = flavour.event("event");
        assertTrue(event.toString().contains("unset"), event::toString);
        event.set();
        assertFalse(event.toString().contains("unset"), event::toString);
        assertTrue(event.toString().contains("set"), event::toString);
    }
}
