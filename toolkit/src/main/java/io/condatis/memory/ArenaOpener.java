package io.condatis.memory;

import static io.condatis.memory.ArenaDescriptor.PARTICIPANTS_OFFSET;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.CrashPoint;
import io.condatis.internal.os.LivenessGate;
import io.condatis.internal.os.ProcessIdentity;
import io.condatis.internal.os.SharedDirectory;
import io.condatis.sync.Participants;
import io.condatis.sync.SharedLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * How a process becomes a member of an arena.
 *
 * <p>Creating: the hidden block, locked by its builder; the liveness file; the creator's slot in it; the contents; the
 * link to the final name; the hidden name goes. Whoever finds a liveness file without a locked slot therefore finds the
 * hidden block as well, or knows that the creator is dead.
 *
 * <p>Joining happens inside the gate of the liveness file, and so does leaving. A joiner that passes the gate first is
 * seen by the leaver, which then removes nothing; one that passes it later sees that the name no longer stands for the
 * block it has opened, and looks again.
 */
final class ArenaOpener {
    private static final long CONTEST_DEADLINE_NS = TimeUnit.SECONDS.toNanos(5);

    private ArenaOpener() {}

    static Arena create(final String name, final long capacity) {
        final long length = checkedLength(name, capacity);
        Sweeper.sweep();
        try (BlockBuilder builder = BlockBuilder.start(length)) {
            crashPoint("arena.building");
            final BlockName block = builder.named(name);
            final Arena arena = member(builder, block, ArenaDescriptor.entriesFor(capacity));
            boolean published = false;
            try {
                crashPoint("arena.built");
                arena.publish(builder);
                published = true;
                crashPoint("arena.published");
                return arena;
            } finally {
                if (!published) {
                    arena.close();
                }
            }
        }
    }

    private static long checkedLength(final String name, final long capacity) {
        SharedDirectory.resolve(name);
        if (capacity <= 0 || capacity > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "capacity=" + capacity + " is not in 1.." + Integer.MAX_VALUE + " bytes.");
        }
        final long length = ArenaDescriptor.fileLengthFor(capacity);
        if (length > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("capacity=" + capacity + " makes a file of " + length
                    + " bytes and a buffer reaches " + Integer.MAX_VALUE + ": use several.");
        }
        return length;
    }

    private static Arena member(final BlockBuilder builder, final BlockName block, final int entries) {
        final UnsafeBuffer memory = builder.memory();
        final Path liveness = HiddenName.liveness(builder.generation());
        Participants participants = null;
        boolean done = false;
        try {
            Participants.initialise(memory, PARTICIPANTS_OFFSET, liveness);
            crashPoint("arena.liveness");
            participants = Participants.join(memory, PARTICIPANTS_OFFSET, liveness);
            SharedLock.initialise(memory, ArenaDescriptor.LOCK_OFFSET);
            writeHeader(memory, entries, builder.generation(), participants);
            final Arena arena = new Arena(block, memory, participants, true);
            done = true;
            return arena;
        } finally {
            if (!done) {
                if (participants != null) {
                    participants.close();
                }
                Arena.remove(block, liveness);
            }
        }
    }

    static void writeHeader(
            final UnsafeBuffer memory, final int entries, final long generation, final Participants creator) {
        memory.putInt(ArenaDescriptor.LAYOUT_VERSION_OFFSET, ArenaDescriptor.LAYOUT_VERSION);
        memory.putInt(ArenaDescriptor.ENTRIES_OFFSET, entries);
        memory.putLong(ArenaDescriptor.GENERATION_OFFSET, generation);
        memory.putLong(ArenaDescriptor.FILE_LENGTH_OFFSET, memory.capacity());
        memory.putLong(ArenaDescriptor.CAPACITY_OFFSET, memory.capacity() - ArenaDescriptor.heapOffset(entries));
        memory.putLong(ArenaDescriptor.CREATOR_PID_OFFSET, ProcessIdentity.pid());
        memory.putInt(ArenaDescriptor.CREATOR_SLOT_OFFSET, creator.slot());
        memory.putInt(ArenaDescriptor.CREATOR_SLOT_GENERATION_OFFSET, creator.generation());
        memory.putLongRelease(ArenaDescriptor.MAGIC_OFFSET, ArenaDescriptor.MAGIC);
    }

    static Arena attach(final String name) {
        final long startNs = System.nanoTime();
        while (true) {
            final Block block = Block.open(name);
            final Participants participants = join(requireArena(block));
            if (participants != null) {
                return member(block, participants);
            }
            if (System.nanoTime() - startNs > CONTEST_DEADLINE_NS) {
                throw contested(name);
            }
        }
    }

    private static Arena member(final Block block, final Participants participants) {
        boolean done = false;
        try {
            final Arena arena = new Arena(block.name(), block.memory(), participants, false);
            done = true;
            return arena;
        } finally {
            if (!done) {
                participants.close();
            }
        }
    }

    static Arena createOrAttach(final String name, final long capacity) {
        final long startNs = System.nanoTime();
        while (true) {
            try {
                return attach(name);
            } catch (final NameMissingException missing) {
                try {
                    return create(name, capacity);
                } catch (final NameExistsException exists) {
                    if (System.nanoTime() - startNs > CONTEST_DEADLINE_NS) {
                        throw contested(name);
                    }
                }
            }
        }
    }

    private static CondatisException contested(final String name) {
        return new CondatisException("Shared objects '" + name + "' were created and removed again and again for "
                + TimeUnit.NANOSECONDS.toSeconds(CONTEST_DEADLINE_NS) + " s: let one process create them and stay.");
    }

    private static Block requireArena(final Block block) {
        final String fault =
                ArenaDescriptor.faultOf(block.memory(), block.memory().capacity());
        if (fault != null) {
            throw new IncompatibleLayoutException(
                    "'" + block.name().name() + "' at " + block.name().path() + " cannot be used as shared objects: "
                            + fault + ". Use another name, or remove it.");
        }
        return block;
    }

    /** Joins, or says by null that the name no longer stands for this block. */
    private static Participants join(final Block block) {
        final Path liveness = livenessOf(block);
        try (Participants observer = Participants.observe(block.memory(), PARTICIPANTS_OFFSET, liveness)) {
            final LivenessGate gate = observer.gate(Arena.GATE_TIMEOUT_NS);
            try {
                if (!block.name().isCurrent()) {
                    return null;
                }
                if (!observer.anyOtherAlive()) {
                    Arena.remove(block.name(), liveness);
                    return null;
                }
                return Participants.join(block.memory(), PARTICIPANTS_OFFSET, liveness);
            } finally {
                gate.close();
            }
        } catch (final CondatisException e) {
            if (block.name().isCurrent()) {
                throw withoutLivenessFile(block, liveness, e);
            }
            return null;
        }
    }

    private static Path livenessOf(final Block block) {
        return HiddenName.liveness(block.memory().getLong(ArenaDescriptor.GENERATION_OFFSET));
    }

    private static CondatisException withoutLivenessFile(
            final Block block, final Path liveness, final CondatisException cause) {
        if (Files.exists(liveness, LinkOption.NOFOLLOW_LINKS)) {
            return cause;
        }
        return new IncompatibleLayoutException("Shared objects '" + block.name().name()
                + "' have lost their liveness file " + liveness + ": remove "
                + block.name().path() + " once no process"
                + " uses it.");
    }

    private static void crashPoint(final String point) {
        if (CrashPoint.ON) {
            CrashPoint.reached(point);
        }
    }
}
