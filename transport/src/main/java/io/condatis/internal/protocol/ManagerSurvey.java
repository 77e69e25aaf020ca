package io.condatis.internal.protocol;

import static io.condatis.internal.protocol.ManagerFileDescriptor.LAYOUT_VERSION;
import static io.condatis.internal.protocol.ManagerFileDescriptor.LAYOUT_VERSION_OFFSET;
import static io.condatis.internal.protocol.ManagerFileDescriptor.MAGIC;
import static io.condatis.internal.protocol.ManagerFileDescriptor.MAGIC_OFFSET;
import static io.condatis.internal.protocol.ManagerFileDescriptor.METRICS_PORT_OFFSET;
import static io.condatis.internal.protocol.ManagerFileDescriptor.PARTICIPANTS_OFFSET;
import static io.condatis.internal.protocol.ManagerFileDescriptor.PROTOCOL_VERSION_OFFSET;
import static io.condatis.internal.protocol.ManagerFileDescriptor.SERVER_GENERATION_OFFSET;
import static io.condatis.internal.protocol.ManagerFileDescriptor.SERVER_PID_OFFSET;
import static io.condatis.internal.protocol.ManagerFileDescriptor.SERVER_SLOT_OFFSET;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.FileCopier;
import io.condatis.internal.protocol.ManagerState.Phase;
import io.condatis.sync.Participant;
import io.condatis.sync.Participants;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Looks at the directories of managers from outside: nothing is mapped, taken or written, and nothing in them is trusted. */
public final class ManagerSurvey {
    private ManagerSurvey() {}

    /**
     * {@return whether a directory belongs to a manager of this user}
     *
     * @param path in the shared directory
     */
    public static boolean isManager(final Path path) {
        return ManagerDirectory.isOurs(path);
    }

    /**
     * Looks at a manager's directory.
     *
     * @param directory for which {@link #isManager} holds
     * @return what is known of it
     */
    public static ManagerState of(final Path directory) {
        final String name = ManagerDirectory.managerNameOf(directory);
        try (FileCopier file = FileCopier.open(directory.resolve(ManagerDirectory.FILE_NAME))) {
            if (file.size() != ManagerFileDescriptor.LENGTH) {
                return unknown(
                        name,
                        directory,
                        "its file has " + file.size() + " bytes instead of " + ManagerFileDescriptor.LENGTH
                                + ": it is of another version, or was cut");
            }
            return read(name, directory, file);
        } catch (final IOException | CondatisException e) {
            return unknown(name, directory, "it cannot be read: " + e.getMessage());
        }
    }

    private static ManagerState read(final String name, final Path directory, final FileCopier file)
            throws IOException {
        final UnsafeBuffer header = file.copy(0, PARTICIPANTS_OFFSET);
        final long serverPid = header.getLong(SERVER_PID_OFFSET);
        final int layout = header.getInt(LAYOUT_VERSION_OFFSET);
        final UnsafeBuffer table = file.copy(PARTICIPANTS_OFFSET, Participants.lengthBytes());
        final Path liveness = directory.resolve(ManagerDirectory.LIVENESS_NAME);
        try (Participants observer = Participants.observe(table, 0, liveness)) {
            final List<Participant> members = observer.members();
            if (serverPid == 0) {
                return unknown(name, directory, "its server had not begun");
            }
            final boolean dead = isServerDead(header, observer);
            final boolean serving = header.getLong(MAGIC_OFFSET) == MAGIC;
            final Phase phase = dead ? Phase.STALE : serving ? Phase.SERVING : Phase.STARTING;
            final String fault = layout == LAYOUT_VERSION ? null : "it has layout version " + layout;
            return new ManagerState(
                    name,
                    directory,
                    phase,
                    serverPid,
                    header.getInt(METRICS_PORT_OFFSET),
                    header.getInt(PROTOCOL_VERSION_OFFSET),
                    members,
                    fault);
        }
    }

    private static boolean isServerDead(final UnsafeBuffer header, final Participants observer) {
        final int slot = header.getInt(SERVER_SLOT_OFFSET);
        if (slot < 0 || slot >= Participants.SLOTS) {
            throw new CondatisException("its header is damaged: server slot=" + slot);
        }
        return observer.isDead(slot, header.getInt(SERVER_GENERATION_OFFSET));
    }

    /** What cannot be read is stale only where its name proves it, as the sweep has it too. */
    private static ManagerState unknown(final String name, final Path directory, final String fault) {
        final boolean stale =
                ManagerDirectory.isBuilderGone(directory.getFileName().toString());
        return new ManagerState(name, directory, stale ? Phase.STALE : Phase.UNKNOWN, 0, 0, 0, List.of(), fault);
    }
}
