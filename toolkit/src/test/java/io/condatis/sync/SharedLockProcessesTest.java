package io.condatis.sync;

import static io.condatis.sync.LockPeers.POLLING;
import static io.condatis.sync.LockPeers.ask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The lock among processes that all live. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class SharedLockProcessesTest {
    @TempDir
    Path directory;

    private LockPeers peers;

    @BeforeEach
    void createRegion() {
        peers = new LockPeers(directory);
    }

    @AfterEach
    void killChildren() {
        peers.close();
    }

    @Test
    void shouldExcludeEachOtherWhenProcessesContend() {
        assertEveryPassCounts(List.of(peers.joined(), peers.joined(), peers.joined(), peers.joined()), 100_000);
    }

    @Test
    void shouldExcludeEachOtherWhenSomeProcessesPoll() {
        final List<ForkedJvm> mixed =
                List.of(peers.joined(), peers.joined(POLLING), peers.joined(), peers.joined(POLLING));
        assertEveryPassCounts(mixed, 20_000);
    }

    @Test
    void shouldWakeANativeWaiterWhenAPollingOwnerUnlocks() {
        final ForkedJvm owner = peers.owner(POLLING);
        final ForkedJvm waiter = peers.waiter();
        ask(owner, "unlock", "unlocked");
        waiter.awaitLine("locked abandoned=false", Duration.ofSeconds(2));
    }

    @Test
    void shouldNotBeTakenFromAStoppedOwner() throws Exception {
        final ForkedJvm owner = peers.owner();
        owner.signal("STOP");
        assertFalse(peers.lock().tryLock(2, TimeUnit.SECONDS));
        owner.signal("CONT");
        ask(owner, "unlock", "unlocked");
        assertNobodyDied();
    }

    @Test
    void shouldKeepItsOwnerWhenTheOwnerReadsTheLivenessFile() throws Exception {
        for (final String[] flags : new String[][] {{}, POLLING}) {
            final ForkedJvm owner = peers.owner(flags);
            ask(owner, "read-liveness", "read 0");
            assertFalse(peers.lock().tryLock(100, TimeUnit.MILLISECONDS), String.join(" ", flags));
            ask(owner, "unlock", "unlocked");
        }
        assertNobodyDied();
    }

    private void assertEveryPassCounts(final List<ForkedJvm> children, final int passes) {
        children.forEach(child -> child.send("count " + passes));
        children.forEach(child -> child.awaitLine("counted", Duration.ofSeconds(40)));
        assertEquals((long) passes * children.size(), peers.region().counted());
        assertEquals(0, peers.region().violations());
        assertNobodyDied();
    }

    private void assertNobodyDied() {
        peers.lock().lock();
        assertFalse(peers.lock().isAbandoned());
        assertEquals(0, peers.lock().recoveries());
        peers.lock().unlock();
    }
}
