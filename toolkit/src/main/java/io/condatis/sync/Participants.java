package io.condatis.sync;

import static io.condatis.sync.ParticipantsDescriptor.ALIGNMENT;
import static io.condatis.sync.ParticipantsDescriptor.FLAGS_OFFSET;
import static io.condatis.sync.ParticipantsDescriptor.FLAG_CAN_WAKE;
import static io.condatis.sync.ParticipantsDescriptor.FLAG_EXACT_LOCK;
import static io.condatis.sync.ParticipantsDescriptor.GENERATION_OFFSET;
import static io.condatis.sync.ParticipantsDescriptor.JOINS_OFFSET;
import static io.condatis.sync.ParticipantsDescriptor.LEFT_OFFSET;
import static io.condatis.sync.ParticipantsDescriptor.LENGTH;
import static io.condatis.sync.ParticipantsDescriptor.MAGIC;
import static io.condatis.sync.ParticipantsDescriptor.MAGIC_OFFSET;
import static io.condatis.sync.ParticipantsDescriptor.PID_NAMESPACE_OFFSET;
import static io.condatis.sync.ParticipantsDescriptor.PID_OFFSET;
import static io.condatis.sync.ParticipantsDescriptor.POLLING_JOINS_OFFSET;
import static io.condatis.sync.ParticipantsDescriptor.SLOTS_OFFSET;
import static io.condatis.sync.ParticipantsDescriptor.START_TICKS_OFFSET;
import static io.condatis.sync.ParticipantsDescriptor.slotOffset;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.CrashPoint;
import io.condatis.internal.os.DeathWatch;
import io.condatis.internal.os.Futex;
import io.condatis.internal.os.LivenessFile;
import io.condatis.internal.os.LivenessGate;
import io.condatis.internal.os.ProcessIdentity;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The processes that share a region of memory: a table of slots in the region and a liveness file beside it. A process
 * that joins takes a slot; the pair (slot, generation) then names it in every lock of the region, and the kernel's lock on
 * the slot's byte of the file tells everybody, exactly and without any time-out, whether it still lives.
 *
 * <p>Layout: {@link ParticipantsDescriptor}. Safe for any number of threads and processes. One JVM may join several times;
 * each join takes a slot of its own, and all of them live and die with the JVM. {@link #close()} gives the slot back:
 * locks still held through it count as abandoned, those who wait for them are woken, and every object that was made with it throws
 * {@link IllegalStateException} from then on without touching the memory, which may be unmapped next. A process that is
 * killed leaves its slot as it is; the next joiner that finds the byte free takes it over with a new generation.
 */
public final class Participants implements AutoCloseable {
    /** Most processes that take part at once; slots are numbered from 0. */
    public static final int SLOTS = ParticipantsDescriptor.SLOTS;

    private static final int OBSERVER = -1;
    private static final int PID_BITS = 22; // of Linux

    private final UnsafeBuffer table;
    private final LivenessFile liveness;
    private final int slot;
    private final int generation;
    private final long processToken;

    /** Plain on purpose: read on every lock operation; who closes a region must have stopped using it. */
    private boolean closed;

    /** Closed, or only looking on. */
    private boolean barred;

    /** The count of polling joins at which no polling process lived; -1 = not known. Plain: stale means one more look. */
    private int quietPollingJoins = -1;

    private int lastPollingSlot;

    private final PeerWatch peerWatch = new PeerWatch(this);

    private Participants(final UnsafeBuffer table, final LivenessFile liveness, final int slot) {
        this.table = table;
        this.liveness = liveness;
        this.slot = slot;
        this.barred = slot == OBSERVER;
        this.generation = slot == OBSERVER ? 0 : enter();
        this.processToken = slot == OBSERVER ? 0 : OwnerToken.ofProcess(slot, generation);
    }

    /** {@return the bytes that a table takes, a multiple of 64} */
    public static int lengthBytes() {
        return LENGTH;
    }

    /**
     * Makes an empty table, and the liveness file if there is none. For the creator of a region, before anybody else can
     * see it.
     *
     * @param buffer of the region
     * @param offset of the table in it; its address must be a multiple of 64
     * @param livenessFile where the liveness file is to be
     */
    public static void initialise(final AtomicBuffer buffer, final int offset, final Path livenessFile) {
        checkAlignment(buffer, offset);
        if (!Files.exists(livenessFile, LinkOption.NOFOLLOW_LINKS)) {
            LivenessFile.create(livenessFile).close();
        }
        initialise(buffer, offset);
    }

    /**
     * Makes an empty table for a region whose liveness file comes and goes with its users.
     *
     * @param buffer of the region
     * @param offset of the table in it; its address must be a multiple of 64
     */
    public static void initialise(final AtomicBuffer buffer, final int offset) {
        checkAlignment(buffer, offset);
        buffer.setMemory(offset, LENGTH, (byte) 0);
        buffer.putInt(offset + SLOTS_OFFSET, SLOTS);
        buffer.putIntVolatile(offset + MAGIC_OFFSET, MAGIC);
    }

    /**
     * Fails unless a table is at a place.
     *
     * @param buffer of the region
     * @param offset of the table in it
     * @throws CondatisException when there is something else
     */
    public static void requireTable(final AtomicBuffer buffer, final int offset) {
        checkedTable(buffer, offset);
    }

    /**
     * Takes a slot for this process.
     *
     * @param buffer of the region
     * @param offset of the table in it
     * @param livenessFile the region's liveness file
     * @return this process as a participant, to be closed before the memory is unmapped
     * @throws CondatisException when all slots are taken, or table or file are not what they should be
     */
    public static Participants join(final AtomicBuffer buffer, final int offset, final Path livenessFile) {
        final UnsafeBuffer table = checkedTable(buffer, offset);
        final LivenessFile liveness = LivenessFile.open(livenessFile);
        final int first = (int) (ProcessIdentity.pid() % SLOTS);
        for (int i = 0; i < SLOTS; i++) {
            final int slot = (first + i) % SLOTS;
            if (liveness.claim(slot)) {
                return new Participants(table, liveness, slot);
            }
        }
        liveness.close();
        throw new CondatisException("no free slot in the table of participants of " + livenessFile + ": " + SLOTS
                + " processes are attached already; detach some");
    }

    /**
     * Looks on without taking part: can tell who is there and who holds what, but not lock anything.
     *
     * @param buffer of the region
     * @param offset of the table in it
     * @param livenessFile the region's liveness file
     * @return an observer, to be closed before the memory is unmapped
     */
    public static Participants observe(final AtomicBuffer buffer, final int offset, final Path livenessFile) {
        return new Participants(checkedTable(buffer, offset), LivenessFile.open(livenessFile), OBSERVER);
    }

    /** {@return the slot of this process, -1 for an observer} */
    public int slot() {
        return slot;
    }

    /** {@return the generation of this process in its slot, 0 for an observer} */
    public int generation() {
        return generation;
    }

    /**
     * Decides whether a process is dead. Exact in both directions but for one: a process that has just died may be
     * reported alive until the death watch has told of it or the kernel has dropped its locks. About 1 ns when the slot has
     * a new user, 0.7 us otherwise.
     *
     * @param slot the process's slot
     * @param generation the process's generation
     * @return whether none of its threads will ever run again, or it has left
     */
    public boolean isDead(final int slot, final int generation) {
        checkOpen();
        if (slot == this.slot) {
            return generation != this.generation;
        }
        if (!isSlot(slot)) {
            return true;
        }
        final int offset = slotOffset(slot);
        return table.getIntVolatile(offset + GENERATION_OFFSET) != generation
                || peerWatch.knowsDead(slot, generation)
                || !liveness.isHeld(slot) && !isLockLost(offset);
    }

    /**
     * {@return whether any process, or another join of this one, is in the table} Exact only while the gate is held,
     * see {@link #gate}.
     */
    public boolean anyOtherAlive() {
        checkOpen();
        for (int i = 0; i < SLOTS; i++) {
            if (i != slot && !isKnownDead(i) && (liveness.isHeld(i) || isLockLost(slotOffset(i)))) {
                return true;
            }
        }
        return false;
    }

    /** {@return every slot that some process has taken and not given back, with the dead among them marked} */
    public List<Participant> members() {
        checkOpen();
        final List<Participant> members = new ArrayList<>();
        for (int i = 0; i < SLOTS; i++) {
            final int offset = slotOffset(i);
            final int user = table.getIntVolatile(offset + GENERATION_OFFSET);
            final long pid = table.getLongVolatile(offset + PID_OFFSET);
            if (user != 0 && pid != 0) {
                final long startTicks = table.getLong(offset + START_TICKS_OFFSET);
                final long namespace = table.getLong(offset + PID_NAMESPACE_OFFSET);
                final boolean canWake = hasFlag(offset, FLAG_CAN_WAKE);
                members.add(new Participant(i, user, pid, startTicks, namespace, !isDead(i, user), canWake));
            }
        }
        return members;
    }

    /**
     * Keeps others from joining, and from looking whether they are the last, while the gate is held. Whoever joins takes
     * the gate through a {@link LivenessFile} of its own first and checks that the region's files are still in place.
     *
     * @param timeoutNs longest wait
     * @return the gate
     * @throws CondatisException when the time is up
     */
    public LivenessGate gate(final long timeoutNs) {
        checkOpen();
        return liveness.gate(timeoutNs);
    }

    /**
     * Has a thread of this process that sleeps on a doorbell woken when another process dies, so that it need not look now
     * and then whether that one lives. It may be woken for other reasons too.
     *
     * @param doorbell on which the thread sleeps
     * @param slot of the other process
     * @param generation of the other process
     * @return whether the death will wake it, and the other process can ring at all; if not, or when this was closed, its
     *     sleep must be short
     */
    public boolean wakesOnDeath(final Doorbell doorbell, final int slot, final int generation) {
        peerWatch.sleepOn(doorbell.address());
        return isSlot(slot) && hasFlag(slotOffset(slot), FLAG_CAN_WAKE) && peerWatch.covers(slot, generation);
    }

    /** {@return whether {@link #close()} was called} */
    public boolean isClosed() {
        return closed;
    }

    /** Gives the slot back; a second call does nothing. */
    @Override
    public void close() {
        if (!closed) {
            barred = true;
            closed = true;
            peerWatch.close();
            if (slot != OBSERVER) {
                table.putIntVolatile(slotOffset(slot) + LEFT_OFFSET, generation);
                table.putLongVolatile(slotOffset(slot) + PID_OFFSET, 0);
                liveness.release(slot);
                peerWatch.wakeHeirs();
            }
            liveness.close();
        }
    }

    @Override
    public String toString() {
        return "Participants[slot=" + slot + ", generation=" + generation + (closed ? ", closed" : "") + "]";
    }

    /** The calling thread's name as an owner, or an exception that names the object that was to be used. */
    long token(final ThreadOrdinal thread, final Object object) {
        checkUsable(object);
        return processToken | thread.number();
    }

    /** Throws an exception that names the object that was to be used unless this process can take part. */
    void checkUsable(final Object object) {
        if (barred) {
            throw barredException(object);
        }
    }

    /** Whether a word names the calling thread as the owner. */
    boolean isOwner(final long word, final ThreadOrdinal thread) {
        return slot != OBSERVER && (word & OwnerToken.MASK) == (processToken | thread.number());
    }

    /** Whether the owner that a word names is dead. */
    boolean isOwnerDead(final long word) {
        return isDead(OwnerToken.slot(word), OwnerToken.generation(word));
    }

    /** Whether the owner that a word names is known to have left of its own accord; false for one of long ago. */
    boolean hasOwnerLeft(final long word) {
        final int owner = OwnerToken.slot(word);
        return isSlot(owner) && table.getIntVolatile(slotOffset(owner) + LEFT_OFFSET) == OwnerToken.generation(word);
    }

    /** Whether every living process wakes sleepers. Otherwise sleeps must be short. */
    boolean everyoneCanWake() {
        final int joins = table.getIntVolatile(POLLING_JOINS_OFFSET);
        if (joins == quietPollingJoins) {
            return true;
        }
        for (int i = 0; i < SLOTS; i++) {
            final int candidate = (lastPollingSlot + i) % SLOTS;
            if (isPolling(candidate)) {
                lastPollingSlot = candidate;
                return false;
            }
        }
        quietPollingJoins = joins;
        return true;
    }

    /** What wakes the sleepers of this process when another one dies. */
    PeerWatch peerWatch() {
        return peerWatch;
    }

    /** How often somebody has joined. */
    int joins() {
        return table.getIntVolatile(JOINS_OFFSET);
    }

    int generationOf(final int candidate) {
        return table.getIntVolatile(slotOffset(candidate) + GENERATION_OFFSET);
    }

    /** Tells the process in a slot from all others of its pid namespace, but for one that it executed in its place. */
    long processOf(final int candidate) {
        final int offset = slotOffset(candidate);
        return table.getLong(offset + START_TICKS_OFFSET) << PID_BITS ^ table.getLongVolatile(offset + PID_OFFSET);
    }

    /** Whether a process's death will run something, or it has left, or it is this one. */
    boolean watch(final DeathWatch watch, final int candidate, final Runnable onDeath) {
        final int offset = slotOffset(candidate);
        final long pid = table.getLongVolatile(offset + PID_OFFSET);
        final long startTicks = table.getLong(offset + START_TICKS_OFFSET);
        if (pid == 0) {
            return true;
        }
        final boolean inSight = ProcessIdentity.pidNamespace() != ProcessIdentity.UNKNOWN
                && table.getLong(offset + PID_NAMESPACE_OFFSET) == ProcessIdentity.pidNamespace();
        return inSight
                && (pid == ProcessIdentity.pid() && startTicks == ProcessIdentity.startTicks()
                        || watch.watch(pid, startTicks, onDeath));
    }

    private boolean isKnownDead(final int candidate) {
        final int user = table.getIntVolatile(slotOffset(candidate) + GENERATION_OFFSET);
        return user != 0 && peerWatch.knowsDead(candidate, user);
    }

    /** Names the owner in a word for a message. */
    String describeOwner(final long word) {
        final int owner = OwnerToken.slot(word);
        final int user = OwnerToken.generation(word);
        final int thread = OwnerToken.thread(word);
        if (owner == slot && user == generation) {
            return "pid " + ProcessIdentity.pid() + " " + ThreadOrdinal.describe(thread);
        }
        if (isDead(owner, user)) {
            final long pid = isSlot(owner) && generationOf(owner) == user
                    ? table.getLongVolatile(slotOffset(owner) + PID_OFFSET)
                    : 0;
            return "a dead process (" + (pid == 0 ? "" : "pid " + pid + ", ") + "slot " + owner + ", generation " + user
                    + ")";
        }
        return "pid " + table.getLongVolatile(slotOffset(owner) + PID_OFFSET) + " thread " + thread;
    }

    /** A word that names another one as its owner was written by nobody who knows how: nobody will ever give it back. */
    private static boolean isSlot(final int slot) {
        return slot >= 0 && slot < SLOTS;
    }

    private int enter() {
        final int offset = slotOffset(slot);
        if (CrashPoint.ON) {
            CrashPoint.reached("participants.claimed");
        }
        final boolean canWake = Futex.get().canWake();
        final int flags = (canWake ? FLAG_CAN_WAKE : 0) | (liveness.survivesOtherDescriptors() ? FLAG_EXACT_LOCK : 0);
        table.putInt(offset + FLAGS_OFFSET, flags);
        table.putLong(offset + START_TICKS_OFFSET, ProcessIdentity.startTicks());
        table.putLong(offset + PID_NAMESPACE_OFFSET, ProcessIdentity.pidNamespace());
        table.putLong(offset + PID_OFFSET, ProcessIdentity.pid());
        final int previous = table.getIntVolatile(offset + GENERATION_OFFSET) & OwnerToken.GENERATION_MASK;
        final int next = previous == OwnerToken.GENERATION_MASK ? 1 : previous + 1;
        table.putIntVolatile(offset + GENERATION_OFFSET, next);
        if (!canWake) {
            table.getAndAddInt(POLLING_JOINS_OFFSET, 1);
        }
        table.getAndAddInt(JOINS_OFFSET, 1);
        return next;
    }

    private boolean isPolling(final int candidate) {
        final int offset = slotOffset(candidate);
        return table.getIntVolatile(offset + GENERATION_OFFSET) != 0
                && table.getLongVolatile(offset + PID_OFFSET) != 0
                && !hasFlag(offset, FLAG_CAN_WAKE)
                && (candidate == slot || liveness.isHeld(candidate));
    }

    /**
     * Whether a process whose byte is free lives all the same: in the plain Java form its kernel lock goes when anything
     * in that process closes another descriptor of the liveness file. Answered only within one pid namespace.
     */
    private boolean isLockLost(final int slotOffset) {
        final long pid = table.getLongVolatile(slotOffset + PID_OFFSET);
        return pid != 0
                && !hasFlag(slotOffset, FLAG_EXACT_LOCK)
                && ProcessIdentity.pidNamespace() != ProcessIdentity.UNKNOWN
                && table.getLong(slotOffset + PID_NAMESPACE_OFFSET) == ProcessIdentity.pidNamespace()
                && ProcessIdentity.canRun(pid, table.getLong(slotOffset + START_TICKS_OFFSET));
    }

    private boolean hasFlag(final int slotOffset, final int flag) {
        return (table.getIntVolatile(slotOffset + FLAGS_OFFSET) & flag) != 0;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the region of these participants was closed");
        }
    }

    private IllegalStateException barredException(final Object object) {
        return new IllegalStateException(
                closed
                        ? object + " cannot be used: its shared memory was closed"
                        : object + " cannot be used for locking: its shared memory was opened by an observer");
    }

    private static UnsafeBuffer checkedTable(final AtomicBuffer buffer, final int offset) {
        checkAlignment(buffer, offset);
        final int magic = buffer.getIntVolatile(offset + MAGIC_OFFSET);
        final int slots = buffer.getInt(offset + SLOTS_OFFSET);
        if (magic != MAGIC || slots != SLOTS) {
            throw new CondatisException("no table of participants at offset=" + offset + ": magic=0x"
                    + Integer.toHexString(magic) + " slots=" + slots + ", expected magic=0x"
                    + Integer.toHexString(MAGIC) + " slots=" + SLOTS);
        }
        return new UnsafeBuffer(buffer, offset, LENGTH);
    }

    private static void checkAlignment(final AtomicBuffer buffer, final int offset) {
        if ((buffer.addressOffset() + offset & (ALIGNMENT - 1)) != 0) {
            throw new IllegalArgumentException(
                    "offset=" + offset + " is not at an address that is a multiple of " + ALIGNMENT);
        }
    }
}
