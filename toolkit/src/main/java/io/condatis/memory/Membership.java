package io.condatis.memory;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.ExitHooks;
import io.condatis.internal.os.LivenessFile;
import io.condatis.internal.os.LivenessGate;
import io.condatis.sync.Participants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * This process as a participant in a block that is no arena. The block may outlive all its users, so its liveness file is
 * made by the first of them and removed by the last; when the last is killed the sweep of the next creation removes it.
 *
 * <p>A file that is made anew is as good as the old one: the table in the block keeps the generations, and a slot that
 * nobody holds in the file is dead in either. Joining and leaving happen inside the gate of the file, so that none joins by
 * a file which another is about to remove.
 */
final class Membership implements AutoCloseable {
    private static final long CONTEST_DEADLINE_NS = TimeUnit.SECONDS.toNanos(5);

    private static final long CONTEST_POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Path liveness;
    private final Participants participants;
    private final ExitHooks.Registration exitHook;

    private Membership(final Path liveness, final Participants participants) {
        this.liveness = liveness;
        this.participants = participants;
        this.exitHook = ExitHooks.register(this);
    }

    static Membership join(final UnsafeBuffer memory, final int offset, final long id) {
        Participants.requireTable(memory, offset);
        final Path liveness = HiddenName.liveness(id);
        final long startNs = System.nanoTime();
        while (true) {
            try {
                final Participants participants = attempt(memory, offset, liveness);
                if (participants != null) {
                    return new Membership(liveness, participants);
                }
            } catch (final CondatisException | IOException e) {
                if (System.nanoTime() - startNs > CONTEST_DEADLINE_NS) {
                    throw new CondatisException("The liveness file " + liveness + " cannot be used: " + e, e);
                }
                LockSupport.parkNanos(CONTEST_POLL_NS);
            }
        }
    }

    /** Null when the file was removed meanwhile. */
    private static Participants attempt(final UnsafeBuffer memory, final int offset, final Path liveness)
            throws IOException {
        if (Files.notExists(liveness)) {
            LivenessFile.create(liveness).close();
        }
        final Object identity = BlockName.identityOf(liveness);
        try (Participants observer = Participants.observe(memory, offset, liveness)) {
            final LivenessGate gate = observer.gate(Arena.GATE_TIMEOUT_NS);
            try {
                return identity.equals(BlockName.identityOf(liveness))
                        ? Participants.join(memory, offset, liveness)
                        : null;
            } finally {
                gate.close();
            }
        }
    }

    Participants participants() {
        return participants;
    }

    @Override
    public synchronized void close() {
        if (participants.isClosed()) {
            return;
        }
        exitHook.cancel();
        try {
            final LivenessGate gate = participants.gate(Arena.GATE_TIMEOUT_NS);
            try {
                if (!participants.anyOtherAlive()) {
                    Files.deleteIfExists(liveness);
                }
            } finally {
                participants.close();
                gate.close();
            }
        } catch (final IOException e) {
            throw new CondatisException("The liveness file " + liveness + " cannot be removed: " + e, e);
        } finally {
            participants.close();
        }
    }
}
