package io.condatis.memory;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.FileCopier;
import io.condatis.internal.os.LivenessFile;
import io.condatis.sync.Participant;
import io.condatis.sync.Participants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What can be told of single files in the shared directory without taking part or writing. The kernel locks of the living
 * are asked for, never taken.
 */
public final class FileSurvey {
    private FileSurvey() {}

    /**
     * {@return whether a file is named as a block that somebody is building}
     *
     * @param file in the shared directory
     */
    public static boolean isHalfBuilt(final Path file) {
        return HiddenName.isBuilding(file);
    }

    /**
     * {@return whether a file is named as a liveness file}
     *
     * @param file in the shared directory
     */
    public static boolean isLiveness(final Path file) {
        return HiddenName.isLiveness(file);
    }

    /**
     * {@return the random number by which a half-built block, or a liveness file, belongs to a block}
     *
     * @param file one of these
     */
    public static long idOf(final Path file) {
        return HiddenName.generationOf(file);
    }

    /**
     * Whether a living process stands behind a half-built block or a liveness file.
     *
     * @param file one of these
     * @return false only when it is proven that there is none
     */
    public static boolean isHeld(final Path file) {
        if (BlockBuilder.isBuiltHere(file)) {
            return true;
        }
        final int slots = isHalfBuilt(file) ? 1 : Participants.SLOTS;
        try (LivenessFile locks = LivenessFile.open(file)) {
            for (int slot = 0; slot < slots; slot++) {
                if (locks.isHeld(slot)) {
                    return true;
                }
            }
            return false;
        } catch (final CondatisException e) {
            return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /**
     * {@return whether a file is the mark of a plain block, or the liveness file of the process that owns some}
     *
     * @param file in the shared directory
     */
    public static boolean isOwnership(final Path file) {
        return HiddenName.isMark(file) || HiddenName.isOwner(file);
    }

    /**
     * Who owns plain blocks.
     *
     * @param files of the shared directory
     * @return for each marked block, by its name, the process that it goes with
     */
    public static Map<String, BlockCreator> creators(final Collection<Path> files) {
        final Map<String, BlockCreator> creators = new HashMap<>();
        for (final Path file : files) {
            try {
                final BlockMark mark = HiddenName.isMark(file) && Sweeper.isOurs(file) ? BlockMark.read(file) : null;
                if (mark != null && mark.block() != null) {
                    creators.put(mark.name(), new BlockCreator(mark.pid(), !BlockOwner.isDead(mark)));
                }
            } catch (final IOException e) {
                continue; // gone meanwhile
            }
        }
        return creators;
    }

    /**
     * Who takes part in a block that is no arena.
     *
     * @param table copy of its table of participants
     * @param id random number in the block
     * @return the processes in the table; none when there is no liveness file, which the last one removes
     */
    public static List<Participant> membersOf(final UnsafeBuffer table, final long id) {
        return Files.exists(HiddenName.liveness(id), LinkOption.NOFOLLOW_LINKS)
                ? members(table, HiddenName.liveness(id))
                : List.of();
    }

    static List<Participant> members(final UnsafeBuffer table, final Path liveness) {
        try (Participants observer = Participants.observe(table, 0, liveness)) {
            return observer.members();
        }
    }

    /**
     * Ends the reading of a block; the only right way to do it in a process that has blocks of its own.
     *
     * @param file to be closed
     */
    public static void close(final FileCopier file) {
        ArenaSurvey.closeQuietly(file);
    }
}
