package io.condatis.sync;

import static io.condatis.sync.LockPeers.POLLING;
import static io.condatis.sync.LockPeers.awaitKilled;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.DeathWatch;
import io.condatis.internal.os.LivenessFile;
import io.condatis.internal.os.LivenessGate;
import io.condatis.internal.os.ProcessIdentity;
import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
@ExtendWith(LeakCheck.class)
class ParticipantsTest {
    @TempDir
    Path directory;

    private LockPeers peers;
    private LockRegion region;
    private Participants self;

    @BeforeEach
    void createRegion() {
        peers = new LockPeers(directory);
        region = peers.region();
        self = region.participants();
    }

    @AfterEach
    void closeRegion() {
        peers.close();
    }

    @Test
    void shouldTakeSlotsOfTheirOwnWhenOneProcessJoinsTwice() {
        try (LockRegion again = region.joinAgain()) {
            final Participants other = again.participants();
            assertNotEquals(self.slot(), other.slot());
            assertFalse(self.isDead(other.slot(), other.generation()));
            assertFalse(other.isDead(self.slot(), self.generation()));
            assertTrue(self.anyOtherAlive());
        }
        assertFalse(self.anyOtherAlive());
    }

    @Test
    void shouldTakeOwnerThatCannotBeForDead() {
        assertTrue(self.isDead(Participants.SLOTS, 1));
        assertFalse(self.wakesOnDeath(bell(), Participants.SLOTS, 1));
        assertFalse(self.wakesOnDeath(bell(), -1, 1));
        assertTrue(self.isDead(OwnerToken.SLOT_MASK, OwnerToken.GENERATION_MASK));
    }

    @Test
    void shouldNameANewGenerationWhenASlotIsReused() {
        final Participants first = region.joinAgain().participants();
        first.close();
        final Participants second = region.joinAgain().participants();
        assertEquals(first.slot(), second.slot());
        assertEquals(first.generation() + 1, second.generation());
        assertTrue(self.isDead(first.slot(), first.generation()));
        assertFalse(self.isDead(second.slot(), second.generation()));
        second.close();
    }

    @Test
    void shouldReleaseALockOfAnEarlierUserWhenASlotIsReused() {
        final LockRegion first = region.joinAgain();
        first.lock().lock();
        first.close();
        try (LockRegion second = region.joinAgain()) {
            assertEquals(first.participants().slot(), second.participants().slot());
            for (final SharedLock lock : List.of(region.lock(), second.lock())) {
                assertEquals(lock == region.lock(), lock.tryLock(), "the first to try recovers it");
                assertTrue(lock.isAbandoned());
            }
            region.lock().unlock();
        }
    }

    @Test
    void shouldTakeALockFromAnEarlierUserOfItsOwnSlot() {
        final LockRegion first = region.joinAgain();
        first.lock().lock();
        first.close();
        try (LockRegion second = region.joinAgain()) {
            assertEquals(first.participants().slot(), second.participants().slot());
            assertTrue(second.lock().tryLock());
            assertTrue(second.lock().isAbandoned());
            assertFalse(region.lock().tryLock(), "the later user lives");
            second.lock().unlock();
        }
    }

    @Test
    void shouldGiveSlotsAgainWhenAllWhoHadThemAreDead() {
        final int generations = generationsInUse();
        final ForkedJvm crowd = peers.joined();
        LockPeers.ask(crowd, "join " + (Participants.SLOTS - 2), "joined " + (Participants.SLOTS - 2));
        assertThrows(CondatisException.class, region::joinAgain);
        crowd.kill();
        awaitKilled(crowd);
        for (int i = 0; i < 3; i++) {
            region.joinAgain().close();
        }
        assertEquals(generations + Participants.SLOTS - 1, generationsInUse(), "of each slot but one at least");
        assertFalse(self.anyOtherAlive());
    }

    @Test
    void shouldBeDeadAfterLeaving() {
        final Participants other = region.joinAgain().participants();
        other.close();
        other.close();
        assertTrue(self.isDead(other.slot(), other.generation()));
        assertEquals(1, self.members().size());
    }

    @Test
    void shouldTellTheLivingFromTheKilled() {
        for (final String[] flags : new String[][] {{}, POLLING}) {
            final ForkedJvm child = peers.joined(flags);
            assertTrue(member(child).alive());
            assertEquals(flags.length == 0, member(child).canWake());
            child.kill();
            awaitKilled(child);
            assertFalse(member(child).alive());
            assertFalse(self.anyOtherAlive());
        }
    }

    private static Doorbell bell() {
        return new Doorbell(new UnsafeBuffer(ByteBuffer.allocateDirect(Doorbell.LENGTH)), 0);
    }

    @Test
    void shouldNotPromiseToBeWokenByADeathThatHasBeenTold() {
        assumeTrue(DeathWatch.get() != null, "nobody tells of deaths here");
        final ForkedJvm child = peers.joined();
        final Participant other = member(child);
        final Doorbell bell = bell();
        assertTrue(self.wakesOnDeath(bell, other.slot(), other.generation()));
        child.kill();
        Await.until("its death is told", () -> self.peerWatch().knowsDead(other.slot(), other.generation()));
        assertFalse(self.wakesOnDeath(bell, other.slot(), other.generation()));
    }

    @Test
    void shouldGiveTheSlotAgainWhenAJoinerDiesBetweenLockAndGeneration() {
        final ForkedJvm victim = peers.started("-Dcondatis.crash=participants.claimed");
        awaitKilled(victim);
        assertEquals(1, self.members().size());
        assertFalse(self.anyOtherAlive());
    }

    @Test
    void shouldKnowWhetherEverybodyCanWake() {
        final ForkedJvm first = peers.joined();
        assertTrue(self.everyoneCanWake());
        final ForkedJvm second = peers.joined(POLLING);
        assertFalse(self.everyoneCanWake());
        second.kill();
        awaitKilled(second);
        assertTrue(self.everyoneCanWake());
        assertTrue(first.isAlive());
    }

    @Test
    void shouldRefuseWhenAllSlotsAreTaken() {
        final Deque<LockRegion> others = new ArrayDeque<>();
        try {
            for (int i = 1; i < ParticipantsDescriptor.SLOTS; i++) {
                others.add(region.joinAgain());
            }
            final String message =
                    assertThrows(CondatisException.class, region::joinAgain).getMessage();
            assertTrue(message.contains("256"), message);
            others.pop().close();
            others.add(region.joinAgain());
        } finally {
            others.forEach(LockRegion::close);
        }
    }

    /** The names of users come again after half a million joins, and what was known of the first one does not hold. */
    @Test
    void shouldNotTakeALaterUserForTheDeadOneOfTheSameName() {
        assumeTrue(DeathWatch.get() != null, "deaths are not watched here");
        final ForkedJvm child = peers.joined();
        final Participant dead = member(child);
        Await.until("it is watched", self.peerWatch()::coversAll);
        child.kill();
        Await.until("its death is told", () -> self.peerWatch().knowsDead(dead.slot(), dead.generation()));
        assertTrue(self.isDead(dead.slot(), dead.generation()));
        awaitKilled(child);
        region.memory().putInt(ParticipantsDescriptor.slotOffset(dead.slot()), dead.generation() - 1);
        final Deque<LockRegion> others = new ArrayDeque<>();
        try {
            do {
                others.add(region.joinAgain());
            } while (others.getLast().participants().slot() != dead.slot());
            assertEquals(dead.generation(), others.getLast().participants().generation());
            assertFalse(self.isDead(dead.slot(), dead.generation()));
        } finally {
            others.forEach(LockRegion::close);
        }
    }

    @Test
    void shouldLeaveNoDescriptorOpenAfterLeaving() throws IOException {
        region.joinAgain().close();
        final long before = descriptorsOfTheFile();
        for (int i = 0; i < 50; i++) {
            region.joinAgain().close();
        }
        assertEquals(before, descriptorsOfTheFile());
    }

    @Test
    void shouldSeeButNotLockWhenObserving() {
        try (Participants observer = Participants.observe(region.memory(), 0, region.liveness())) {
            assertTrue(observer.anyOtherAlive());
            assertEquals(ProcessIdentity.pid(), observer.members().get(0).pid());
            final SharedLock seen = region.lockSeenBy(observer);
            region.lock().lock();
            assertTrue(seen.isLocked());
            assertFalse(seen.isHeldByCurrentThread());
            assertTrue(seen.toString().contains("pid " + ProcessIdentity.pid()), seen.toString());
            final String message =
                    assertThrows(IllegalStateException.class, seen::lock).getMessage();
            assertTrue(message.contains("observer"), message);
            region.lock().unlock();
        }
        assertEquals(1, self.members().size());
    }

    @Test
    void shouldKeepJoinersOutWhileTheGateIsHeld() {
        final LivenessGate gate = self.gate(1_000_000_000L);
        try (LivenessFile joiner = LivenessFile.open(region.liveness())) {
            assertThrows(CondatisException.class, () -> joiner.gate(10_000_000));
            gate.close();
            joiner.gate(1_000_000_000L).close();
        }
    }

    @Test
    void shouldRefuseMemoryThatHoldsNoTable() {
        final UnsafeBuffer memory = region.memory();
        final int elsewhere = Participants.lengthBytes();
        assertThrows(CondatisException.class, () -> Participants.join(memory, elsewhere, region.liveness()));
        assertThrows(IllegalArgumentException.class, () -> Participants.join(memory, 8, region.liveness()));
        assertThrows(CondatisException.class, () -> Participants.join(memory, 0, directory.resolve("none")));
    }

    @Test
    void shouldWriteTheSlotAsDocumented() {
        final int offset = 64 + 64 * self.slot();
        final UnsafeBuffer memory = region.memory();
        assertEquals(0x5041_5254, memory.getInt(0));
        assertEquals(256, memory.getInt(4));
        assertEquals(self.generation(), memory.getInt(offset));
        assertEquals(ProcessIdentity.pid(), memory.getLong(offset + 8));
        assertEquals(ProcessIdentity.startTicks(), memory.getLong(offset + 16));
        assertEquals(ProcessIdentity.pidNamespace(), memory.getLong(offset + 24));
        assertEquals(64 + 256 * 64, Participants.lengthBytes());
    }

    private int generationsInUse() {
        int slots = 0;
        for (int slot = 0; slot < Participants.SLOTS; slot++) {
            slots += self.generationOf(slot) == 0 ? 0 : 1;
        }
        return slots;
    }

    private long descriptorsOfTheFile() throws IOException {
        long count = 0;
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (final Path descriptor : descriptors) {
                count += isLiveness(descriptor) ? 1 : 0;
            }
        }
        return count;
    }

    private boolean isLiveness(final Path descriptor) throws IOException {
        try {
            return Files.isSameFile(descriptor, region.liveness());
        } catch (final NoSuchFileException e) {
            return false; // closed since it was listed, or no file
        }
    }

    private Participant member(final ForkedJvm child) {
        Await.until("the child is in the table", () -> find(child) != null);
        return find(child);
    }

    private Participant find(final ForkedJvm child) {
        return self.members().stream()
                .filter(member -> member.pid() == child.pid())
                .findFirst()
                .orElse(null);
    }
}
