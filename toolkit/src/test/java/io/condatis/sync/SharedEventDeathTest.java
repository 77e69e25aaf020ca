package io.condatis.sync;

import static io.condatis.sync.MemoryPeers.waiting;
import static io.condatis.sync.MemoryPeers.withinASecond;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.SharedObjects;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.SyncPeers;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The event when processes are killed at every step of the protocol. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class SharedEventDeathTest {
    private MemoryPeers peers;
    private SharedObjects shared;

    @BeforeEach
    void createRegion() {
        peers = new MemoryPeers();
        shared = peers.shared();
    }

    @AfterEach
    void closeRegion() {
        peers.close();
    }

    @Test
    void shouldEndWaitsWhenTheSetterDiesBeforeItsWake() throws Exception {
        final SharedEvent event = shared.event("event");
        final ForkedJvm setter = peers.doomed("event.set");
        final FutureTask<Boolean> waiter = waiting(() -> event.await(30, TimeUnit.SECONDS));
        setter.send("set event");
        SyncPeers.awaitKilled(setter);
        assertTrue(withinASecond(waiter));
        assertTrue(event.isSet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"event.announced", "event.woken"})
    void shouldEndWaitsWhenAnotherWaiterDiesAt(final String point) throws Exception {
        final SharedEvent event = shared.event("event");
        peers.victim(point, "await event");
        final FutureTask<Boolean> waiter = waiting(() -> event.await(30, TimeUnit.SECONDS));
        event.set();
        assertTrue(withinASecond(waiter));
        event.clear();
        assertFalse(event.await(10, TimeUnit.MILLISECONDS));
    }
}
