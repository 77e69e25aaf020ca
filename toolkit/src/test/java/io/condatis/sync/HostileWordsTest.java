package io.condatis.sync;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.error.CondatisException;
import io.condatis.testing.LeakCheck;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Words that no version of this library writes. What was asked for with a time ends in time, with an answer or an exception
 * that says what is wrong; nothing reaches outside of its memory.
 */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class HostileWordsTest {
    private static final long SEED = Long.getLong("condatis.seed", System.nanoTime());
    private static final int ROUNDS = Boolean.getBoolean("condatis.long") ? 20_000 : 60;
    private static final int TABLE = Participants.lengthBytes();
    private static final int ROOM = 1024;

    @TempDir
    Path directory;

    private final UnsafeBuffer memory = new UnsafeBuffer(BufferUtil.allocateDirectAligned(TABLE + ROOM, 64));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Participants participants;

    @BeforeEach
    void join() {
        Participants.initialise(memory, 0, directory.resolve("live"));
        participants = Participants.join(memory, 0, directory.resolve("live"));
    }

    @AfterEach
    void leave() {
        threads.shutdownNow();
        participants.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lock",
                "reentrant",
                "semaphore",
                "bounded",
                "event",
                "condition",
                "barrier",
                "rwlock",
                "doorbell"
            })
    void shouldEndInTimeWhateverItsWordsAre(final String kind) throws Exception {
        final Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            final Callable<?> use = make(kind);
            final int words = 1 + random.nextInt(3);
            for (int i = 0; i < words; i++) {
                write(kind, random);
            }
            final Future<?> used = threads.submit(use);
            final Future<?> hostile = threads.submit(() -> {
                for (int i = 0; i < 10; i++) {
                    write(kind, random);
                    Thread.yield();
                }
            });
            final String what = kind + " in round " + round + " of -Dcondatis.seed=" + SEED;
            try {
                used.get(5, TimeUnit.SECONDS);
            } catch (final ExecutionException e) {
                assertTrue(isClear(e.getCause()), () -> what + ": " + trace(e.getCause()));
            } catch (final TimeoutException e) {
                throw new AssertionError(what + " has not ended", e);
            }
            hostile.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldTakeALockWhoseOwnerIsInNoSlotThatExists() {
        SharedLock.initialise(memory, TABLE);
        final SharedLock lock = SharedLock.at(memory, TABLE, participants, "lock");
        memory.putLong(TABLE + LockDescriptor.STATE_OFFSET, OwnerToken.ofProcess(Participants.SLOTS, 7) | 1);
        assertTrue(lock.toString().contains("a dead process"), lock.toString());
        assertTrue(lock.tryLock());
        assertTrue(lock.isAbandoned());
        lock.unlock();
    }

    /** Its lock must not stay behind: everybody else would wait for it for ever. */
    @Test
    void shouldBeUsableAfterAResetWhenTheCauseOfItsBreakingIsUnknown() throws Exception {
        SharedBarrier.initialise(memory, TABLE, 1);
        final SharedBarrier barrier = SharedBarrier.at(memory, TABLE, participants, "barrier");
        memory.putInt(TABLE + BarrierDescriptor.CAUSE_OFFSET, 4711);
        assertTrue(barrier.isBroken());
        final String message =
                assertThrows(BrokenBarrierException.class, barrier::await).getMessage();
        assertTrue(message.contains("unknown"), message);
        threads.submit(barrier::reset).get(5, TimeUnit.SECONDS);
        barrier.await();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 16, 200})
    void shouldRefuseAnObjectThatClaimsToBeLargerThanItsMemory(final int places) {
        for (final String kind : List.of("semaphore", "condition", "barrier", "rwlock")) {
            make(kind);
            memory.putInt(TABLE + countOffset(kind), places);
            final String message =
                    assertThrows(CondatisException.class, () -> at(kind), kind).getMessage();
            assertTrue(message.contains("damaged"), message);
        }
    }

    @Test
    void shouldRefuseADoorbellOnWhichNobodyCanSleep() {
        assertThrows(IllegalArgumentException.class, () -> new Doorbell(memory, TABLE + 2));
        assertThrows(
                IllegalArgumentException.class, () -> new Doorbell(new UnsafeBuffer(new byte[Doorbell.LENGTH]), 0));
    }

    @Test
    void shouldSurviveGarbageInTheTableOfParticipants() throws Exception {
        final Random random = new Random(SEED);
        SharedLock.initialise(memory, TABLE);
        final SharedLock lock = SharedLock.at(memory, TABLE, participants, "lock");
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < 20; i++) {
                memory.putLong(
                        ParticipantsDescriptor.HEADER_LENGTH / 2 + 8 * random.nextInt(TABLE / 8 - 8), word(random));
            }
            memory.putLong(TABLE + LockDescriptor.STATE_OFFSET, word(random));
            threads.submit(() -> lock.tryLock(2, TimeUnit.MILLISECONDS)).get(5, TimeUnit.SECONDS);
            participants.members();
            assertFalse(lock.toString().isEmpty());
        }
    }

    /** A new object and a use of it that takes some milliseconds at most. */
    private Callable<?> make(final String kind) {
        memory.setMemory(TABLE, ROOM, (byte) 0);
        switch (kind) {
            case "lock":
                SharedLock.initialise(memory, TABLE, Abandonment.POISON);
                break;
            case "reentrant":
                SharedReentrantLock.initialise(memory, TABLE);
                break;
            case "semaphore":
                SharedSemaphore.initialise(memory, TABLE, 1, 9);
                break;
            case "bounded":
                SharedBoundedSemaphore.initialise(memory, TABLE, 2);
                break;
            case "event":
                SharedEvent.initialise(memory, TABLE);
                break;
            case "condition":
                SharedLock.initialise(memory, TABLE + ROOM / 2);
                SharedCondition.initialise(memory, TABLE, 4);
                break;
            case "barrier":
                SharedBarrier.initialise(memory, TABLE, 3);
                break;
            case "rwlock":
                SharedReadWriteLock.initialise(memory, TABLE, 3);
                break;
            default:
                break;
        }
        return at(kind);
    }

    private Callable<?> at(final String kind) {
        switch (kind) {
            case "lock":
                final SharedLock lock = SharedLock.at(memory, TABLE, participants, kind);
                return () -> lock.tryLock(3, TimeUnit.MILLISECONDS) ? ended(lock::unlock, lock) : lock.toString();
            case "reentrant":
                final SharedReentrantLock reentrant = SharedReentrantLock.at(memory, TABLE, participants, kind);
                return () -> reentrant.tryLock(3, TimeUnit.MILLISECONDS)
                        ? ended(reentrant::unlock, reentrant)
                        : reentrant.toString();
            case "semaphore":
                final SharedSemaphore semaphore = SharedSemaphore.at(memory, TABLE, participants, kind);
                return () -> semaphore.tryAcquire(3, TimeUnit.MILLISECONDS)
                        ? ended(semaphore::release, semaphore)
                        : semaphore.toString();
            case "bounded":
                final SharedBoundedSemaphore bounded = SharedBoundedSemaphore.at(memory, TABLE, participants, kind);
                return () -> bounded.tryAcquire(3, TimeUnit.MILLISECONDS)
                        ? ended(bounded::release, bounded)
                        : bounded.toString();
            case "event":
                final SharedEvent event = SharedEvent.at(memory, TABLE, participants, kind);
                return () -> event.await(3, TimeUnit.MILLISECONDS) ? ended(event::clear, event) : event.toString();
            case "condition":
                return condition();
            case "barrier":
                final SharedBarrier barrier = SharedBarrier.at(memory, TABLE, participants, kind);
                return () -> {
                    barrier.toString();
                    return barrier.await(3, TimeUnit.MILLISECONDS);
                };
            case "rwlock":
                final SharedReadWriteLock lockOfTwo = SharedReadWriteLock.at(memory, TABLE, participants, kind);
                return () -> {
                    if (lockOfTwo.readLock().tryLock(3, TimeUnit.MILLISECONDS)) {
                        ended(lockOfTwo.readLock()::unlock, lockOfTwo);
                    }
                    return lockOfTwo.writeLock().tryLock(3, TimeUnit.MILLISECONDS)
                            ? ended(lockOfTwo.writeLock()::unlock, lockOfTwo)
                            : lockOfTwo.toString();
                };
            default:
                final DoorbellIdleStrategy idle = new DoorbellIdleStrategy(new Doorbell(memory, TABLE), 1_000_000);
                return () -> {
                    for (int i = 0; i < 100; i++) {
                        idle.idle();
                    }
                    return ended(idle::reset, idle);
                };
        }
    }

    private Callable<?> condition() {
        final SharedLock lock = SharedLock.at(memory, TABLE + ROOM / 2, participants, "lock");
        final SharedCondition condition = SharedCondition.at(memory, TABLE, participants, lock, "condition");
        return () -> {
            lock.lock();
            try {
                condition.signal();
                condition.await(3, TimeUnit.MILLISECONDS);
                condition.signalAll();
                return condition.toString();
            } finally {
                lock.unlock();
            }
        };
    }

    private static Object ended(final Runnable end, final Object object) {
        end.run();
        return object.toString();
    }

    private static int countOffset(final String kind) {
        switch (kind) {
            case "semaphore":
                return SemaphoreDescriptor.CELLS_OFFSET;
            case "condition":
                return ConditionDescriptor.CELLS_OFFSET;
            case "barrier":
                return BarrierDescriptor.SEATS_OFFSET;
            default:
                return ReadWriteLockDescriptor.CELLS_OFFSET;
        }
    }

    /** Not into the condition's lock, without which no wait can end. */
    private void write(final String kind, final Random random) {
        final int room =
                kind.equals("condition") ? ROOM / 2 : kind.endsWith("lock") || kind.equals("barrier") ? 256 : 128;
        memory.putLong(TABLE + 8 * random.nextInt(room / 8), word(random));
    }

    private long word(final Random random) {
        switch (random.nextInt(4)) {
            case 0:
                return random.nextLong();
            case 1:
                return random.nextInt(8) - 2;
            case 2: // somebody in a slot that nobody has, with flags
                return OwnerToken.ofProcess(otherSlot(random), 1 + random.nextInt(3)) | random.nextInt() & 0xFFFF_FFFFL;
            default:
                return random.nextLong() & ~OwnerToken.MASK;
        }
    }

    private int otherSlot(final Random random) {
        return (participants.slot() + 1 + random.nextInt(Participants.SLOTS - 1)) % Participants.SLOTS;
    }

    private static boolean isClear(final Throwable thrown) {
        return thrown instanceof CondatisException
                || thrown instanceof IllegalMonitorStateException
                || thrown instanceof IllegalStateException
                || thrown instanceof BrokenBarrierException;
    }

    private static String trace(final Throwable thrown) {
        final StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
