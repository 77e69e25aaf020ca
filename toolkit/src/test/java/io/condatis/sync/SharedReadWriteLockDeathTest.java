package io.condatis.sync;

import static io.condatis.sync.RegionPeers.awaitKilled;
import static io.condatis.sync.RegionPeers.withinASecond;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import java.nio.file.Path;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The read-write lock when a process dies at every step: the others get in within a second and know what they must. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class SharedReadWriteLockDeathTest {
    @TempDir
    Path directory;

    private RegionPeers peers;
    private SharedReadWriteLock lock;

    @BeforeEach
    void createRegion() {
        peers = new RegionPeers(directory);
        lock = peers.region().readWriteLock();
    }

    @AfterEach
    void killChildren() {
        peers.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwlock.entering", "rwlock.reading"})
    void shouldTakeTheRoomOfADeadReaderBack(final String point) throws Exception {
        awaitKilled(peers.victim(point, "read"));
        assertEquals(1, lock.readers());
        assertGoesOn(false);
        assertEquals(1, lock.deadReaders());
    }

    @Test
    void shouldLetTheWriterInWhenAReaderIsKilledThatItWaitsFor() throws Exception {
        final ForkedJvm reader = peers.peer("read");
        reader.awaitLine("reading", Await.DEADLINE);
        final Future<Boolean> writer = peers.run(() -> {
            lock.writeLock().lock();
            lock.writeLock().unlock();
            return true;
        });
        Await.until("it waits for the reader", () -> lock.gate().isLocked());
        reader.kill();
        assertTrue(withinASecond(writer));
        assertGoesOn(false);
    }

    @Test
    void shouldLetTheWriterTryWhenTheReaderIsDead() throws Exception {
        awaitKilled(peers.victim("rwlock.reading", "read"));
        assertTrue(lock.writeLock().tryLock());
        lock.writeLock().unlock();
        assertGoesOn(false);
    }

    @Test
    void shouldMakeRoomForReadersWhenTheDeadHaveAllOfIt() throws Exception {
        awaitKilled(peers.victim("rwlock.reading:4", "read", "read", "read", "read"));
        assertTrue(withinASecond(peers.run(this::read)));
        assertGoesOn(false);
    }

    @Test
    void shouldLetTheWriterInWhenAReaderDiesBeforeItsWake() throws Exception {
        final ForkedJvm victim = peers.victim("rwlock.left", "read");
        victim.awaitLine("reading", Await.DEADLINE);
        final Future<Boolean> writer = peers.run(this::write);
        Await.until("the writer has the gate", () -> lock.toString().contains("held by"));
        victim.send("unread");
        assertTrue(withinASecond(writer));
        awaitKilled(victim);
        assertGoesOn(false);
    }

    @Test
    void shouldStayCleanWhenAReaderDiesInTheGate() throws Exception {
        lock.writeLock().lock();
        final ForkedJvm victim = peers.victim("rwlock.passing", "read");
        Await.until("it waits at the gate", () -> lock.toString().contains("waiters"));
        lock.writeLock().unlock();
        awaitKilled(victim);
        assertGoesOn(false);
        assertEquals(1, lock.recoveries());
    }

    @ParameterizedTest
    @CsvSource({"rwlock.gated,false", "rwlock.drained,false", "rwlock.writing,true"})
    void shouldTellOfADeadWriterOnlyWhenItWasInside(final String point, final boolean abandoned) throws Exception {
        awaitKilled(peers.victim(point, "write"));
        assertGoesOn(abandoned);
    }

    @Test
    void shouldStayCleanWhenAWriterDiesAfterItHasFinished() throws Exception {
        awaitKilled(peers.victim("rwlock.written", "write", "unwrite"));
        assertGoesOn(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwlock.draining", "rwlock.announced", "rwlock.woken"})
    void shouldStayCleanWhenAWriterDiesWaitingForReaders(final String point) throws Exception {
        lock.readLock().lock();
        awaitKilled(peers.victim(point, "write"));
        assertTrue(withinASecond(peers.run(this::read)), "another reader gets in beside the first");
        lock.readLock().unlock();
        assertGoesOn(false);
    }

    @Test
    void shouldKeepTheNewsWhenWhoLearnsOfTheDeadWriterDiesToo() throws Exception {
        awaitKilled(peers.victim("rwlock.writing", "write"));
        awaitKilled(peers.victim("rwlock.settling", "write"));
        awaitKilled(peers.victim("rwlock.settling", "read"));
        assertGoesOn(true);
    }

    @ParameterizedTest
    @CsvSource({"lock.recovering,read", "lock.recovering,write", "lock.recovered,read", "lock.recovered,write"})
    void shouldKeepTheNewsWhenWhoTakesTheGateFromADeadWriterDiesAt(final String point, final String command)
            throws Exception {
        awaitKilled(peers.victim("rwlock.writing", "write"));
        awaitKilled(peers.victim(point, command));
        assertGoesOn(true);
    }

    @ParameterizedTest
    @CsvSource({"lock.announced,read", "lock.announced,write", "lock.woken,read", "lock.woken,write"})
    void shouldStayCleanWhenWhoWaitsAtTheGateDiesAt(final String point, final String command) throws Exception {
        lock.writeLock().lock();
        awaitKilled(peers.victim(point, command));
        lock.writeLock().unlock();
        assertGoesOn(false);
    }

    @Test
    void shouldNotRobAStoppedWriterNorAStoppedReader() throws Exception {
        for (final String kind : new String[] {"read", "write"}) {
            final ForkedJvm stopped = peers.peer(kind);
            stopped.awaitLine(kind.substring(0, 4), Await.DEADLINE);
            stopped.signal("STOP");
            final Future<Boolean> writer = peers.run(this::write);
            Await.until("it waits", () -> lock.toString().contains("held by"));
            assertEquals(0, lock.recoveries() + lock.deadReaders());
            assertTrue(!writer.isDone());
            stopped.signal("CONT");
            stopped.send("un" + kind);
            assertTrue(writer.get());
            stopped.close();
        }
    }

    /** A writer and then a reader get in; both know whether a writer died inside. */
    private void assertGoesOn(final boolean abandoned) throws Exception {
        assertTrue(withinASecond(peers.run(this::read)));
        assertTrue(withinASecond(peers.run(this::write)));
        assertEquals(0, lock.readers());
        lock.readLock().lock();
        assertEquals(abandoned, lock.isAbandoned());
        lock.readLock().unlock();
        lock.writeLock().lock();
        assertEquals(abandoned, lock.isAbandoned());
        lock.markConsistent();
        lock.writeLock().unlock();
        assertEquals(false, lock.isAbandoned());
    }

    private Boolean read() {
        lock.readLock().lock();
        lock.readLock().unlock();
        return true;
    }

    private Boolean write() {
        lock.writeLock().lock();
        lock.writeLock().unlock();
        return true;
    }
}
