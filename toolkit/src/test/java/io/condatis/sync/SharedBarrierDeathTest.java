package io.condatis.sync;

import static io.condatis.sync.RegionPeers.awaitKilled;
import static io.condatis.sync.RegionPeers.withinASecond;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import java.nio.file.Path;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The barrier when a process dies at every step: the others learn of it within a second, and all or none pass. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class SharedBarrierDeathTest {
    private static final String BROKEN = "broken";

    @TempDir
    Path directory;

    private RegionPeers peers;

    @BeforeEach
    void createRegion() {
        peers = new RegionPeers(directory);
    }

    @AfterEach
    void killChildren() {
        peers.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"barrier.entered", "barrier.arrived", "barrier.waiting", "barrier.announced", "barrier.woken"})
    void shouldBreakWhenAPartyDiesBeforeAllHaveCome(final String point) throws Exception {
        final SharedBarrier barrier = peers.region().barrier(3);
        final Future<String> first = party(barrier);
        final ForkedJvm victim = peers.victim(point, "barrier 3 10000");
        awaitKilled(victim);
        assertEquals(BROKEN, withinASecond(first));
        assertUsableAfterReset(barrier);
    }

    @ParameterizedTest
    @CsvSource({"barrier.entered,barrier", "barrier.arrived,barrier", "barrier.acting,action-barrier"})
    void shouldBreakWhenTheLastPartyDiesBeforeTheOthersGoOn(final String point, final String command) throws Exception {
        final SharedBarrier barrier = peers.region().barrier(2);
        final Future<String> first = party(barrier);
        awaitKilled(peers.victim(point, command + " 2 10000"));
        assertEquals(BROKEN, withinASecond(first));
        assertUsableAfterReset(barrier);
    }

    @Test
    void shouldLetAllGoOnWhenTheLastPartyDiesAfterReleasingThem() throws Exception {
        final SharedBarrier barrier = peers.region().barrier(2);
        final Future<String> first = party(barrier);
        awaitKilled(peers.victim("barrier.tripped", "action-barrier 2"));
        assertEquals("0", withinASecond(first));
        assertEquals(1, peers.region().word(), "runs of the action");
        assertEquals(BROKEN, withinASecond(peers.run(() -> pass(barrier))), "its seat is that of a dead party now");
        assertUsableAfterReset(barrier);
    }

    @ParameterizedTest
    @CsvSource({
        "barrier.breaking,abort-barrier",
        "barrier.broken,abort-barrier",
        "barrier.resetting,reset-barrier",
        "barrier.reset,reset-barrier"
    })
    void shouldTurnAllAwayWhenWhoBreaksOrResetsItDies(final String point, final String command) throws Exception {
        final SharedBarrier barrier = peers.region().barrier(3);
        final Future<String> first = party(barrier);
        awaitKilled(peers.victim(point, command + " 3"));
        assertEquals(BROKEN, withinASecond(first));
        assertUsableAfterReset(barrier);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock.recovering", "lock.recovered", "barrier.breaking"})
    void shouldBreakWhenWhoLearnsOfADeathWithTheLockDiesToo(final String point) throws Exception {
        final SharedBarrier barrier = peers.region().barrier(3);
        awaitKilled(peers.victim("barrier.arrived", "barrier 3 10000"));
        awaitKilled(peers.victim(point, "barrier 3 10000"));
        assertEquals(BROKEN, withinASecond(peers.run(() -> pass(barrier))));
        assertUsableAfterReset(barrier);
    }

    @Test
    void shouldBreakWhenAPartyThatHasJoinedDiesElsewhere() throws Exception {
        final SharedBarrier barrier = peers.region().barrier(2);
        awaitKilled(peers.victim("barrier.joined", "join-barrier 2"));
        assertEquals(BROKEN, withinASecond(peers.run(() -> pass(barrier))));
        assertTrue(barrier.toString().contains("dead process"), barrier.toString());
        assertUsableAfterReset(barrier);
    }

    @Test
    void shouldNotBreakWhenAPartyIsOnlyStopped() throws Exception {
        final SharedBarrier barrier = peers.region().barrier(2);
        final ForkedJvm stopped = peers.peer("async A barrier 2 10000");
        Await.until("it waits", () -> barrier.waiting() == 1);
        stopped.signal("STOP");
        assertEquals("1", withinASecond(peers.run(() -> pass(barrier))));
        stopped.signal("CONT");
        stopped.awaitLine("A passed 0", Await.DEADLINE);
        assertFalse(barrier.isBroken());
    }

    @Test
    void shouldGiveTheSeatUpWhenAProcessEndsInAnOrderlyWay() throws Exception {
        final SharedBarrier barrier = peers.region().barrier(2);
        for (int round = 0; round < 3; round++) {
            final ForkedJvm visitor = peers.peer("async A barrier 2 10000");
            assertTrue(pass(barrier).matches("[01]"));
            visitor.awaitLine("A passed", Await.DEADLINE);
            visitor.send("exit");
            assertEquals(0, visitor.exitCode(Await.DEADLINE));
        }
        assertFalse(barrier.isBroken());
    }

    private Future<String> party(final SharedBarrier barrier) {
        final Future<String> party = peers.run(() -> pass(barrier));
        Await.until("it waits", () -> barrier.waiting() == 1);
        return party;
    }

    private static String pass(final SharedBarrier barrier) throws InterruptedException {
        try {
            return Integer.toString(barrier.await(15, TimeUnit.SECONDS));
        } catch (final BrokenBarrierException e) {
            return BROKEN;
        }
    }

    private void assertUsableAfterReset(final SharedBarrier barrier) throws Exception {
        barrier.reset();
        assertFalse(barrier.isBroken());
        final Future<String>[] parties = array(barrier.parties());
        for (int i = 0; i < parties.length; i++) {
            parties[i] = peers.run(() -> pass(barrier));
        }
        int sum = 0;
        for (final Future<String> party : parties) {
            sum += Integer.parseInt(withinASecond(party));
        }
        assertEquals(parties.length * (parties.length - 1) / 2, sum);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Future<String>[] array(final int length) {
        return new Future[length];
    }
}
