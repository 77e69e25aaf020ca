package io.condatis.memory;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.LivenessFile;
import io.condatis.internal.os.LivenessGate;
import io.condatis.internal.os.SharedDirectory;
import io.condatis.sync.Participants;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Removes what dead processes of this user left in the shared directory: half-built blocks, arenas, plain blocks that were to
 * go with them, liveness files. The proof of death is that no process holds the kernel locks that the living hold; age proves
 * nothing. What cannot be judged, or is being judged by somebody else, stays.
 */
public final class Sweeper {
    /** Marks that stood there at the last sweep. What a mark says never changes, so it is read once. */
    private static final Map<Path, BlockMark> KNOWN = new ConcurrentHashMap<>();

    private Sweeper() {}

    /**
     * Sweeps the shared directory. Every creation of shared memory does it, and every worker whose parent died; failures on
     * single files leave them to the next sweep.
     */
    public static void sweep() {
        final List<Path> marks = new ArrayList<>();
        final List<Path> liveness = new ArrayList<>();
        final List<Path> owners = new ArrayList<>();
        for (final Path file : list(SharedDirectory.HIDDEN_PREFIX + "*")) {
            if (HiddenName.isBuilding(file)) {
                quietly(file, Sweeper::sweepHalfBuilt);
            } else if (HiddenName.isLiveness(file)) {
                liveness.add(file);
            } else if (HiddenName.isOwner(file)) {
                owners.add(file);
            } else if (HiddenName.isMark(file)) {
                marks.add(file);
            }
        }
        sweepMarks(marks);
        for (final Path file : liveness) {
            quietly(file, Sweeper::sweepArena);
        }
        for (final Path file : owners) {
            quietly(file, BlockOwner::sweep);
        }
    }

    /** One look at each owner: there may be thousands of marks, and every creation comes here. */
    private static void sweepMarks(final List<Path> marks) {
        final BlockOwner self = BlockOwner.in(SharedDirectory.path());
        final Map<Long, Boolean> living = new HashMap<>();
        KNOWN.keySet().retainAll(Set.copyOf(marks));
        for (final Path file : marks) {
            final BlockMark known = KNOWN.get(file);
            if (!self.owns(file) && (known == null || !isOwnerAlive(known, living))) {
                quietly(file, link -> sweepOwned(link, living));
            }
        }
    }

    /**
     * Forgets a block that this process has unlinked and another one has made.
     *
     * @param identity of the block
     */
    static void unmark(final String identity) {
        for (final Path file : list(SharedDirectory.HIDDEN_PREFIX + "*" + HiddenName.MARK_SUFFIX)) {
            quietly(file, link -> {
                final BlockMark mark = BlockMark.read(link);
                if (mark != null && mark.identity().equals(identity)) {
                    Files.deleteIfExists(link);
                }
            });
        }
    }

    private static List<Path> list(final String glob) {
        final List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(SharedDirectory.path(), glob)) {
            stream.forEach(files::add);
        } catch (final IOException | DirectoryIteratorException e) {
            return files;
        }
        return files;
    }

    /** Part of a sweep. */
    private interface Step {
        void run(Path file) throws IOException;
    }

    private static void quietly(final Path file, final Step step) {
        try {
            if (isOurs(file)) {
                Uninterrupted.call(() -> {
                    step.run(file);
                    return null;
                });
            }
        } catch (final IOException | CondatisException | OverlappingFileLockException e) {
            return; // gone, or busy: somebody else takes care of it, or the next sweep does
        }
    }

    static boolean isOurs(final Path file) throws IOException {
        final boolean isMark = HiddenName.isMark(file) && Files.isSymbolicLink(file);
        return (isMark || Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                && SharedDirectory.userId()
                        == (Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    private static void sweepHalfBuilt(final Path file) throws IOException {
        if (BlockBuilder.isBuiltHere(file)) {
            return;
        }
        synchronized (BlockName.DESCRIPTORS) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                if (channel.tryLock() != null) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static void sweepOwned(final Path link, final Map<Long, Boolean> living) throws IOException {
        final BlockMark mark = BlockMark.read(link);
        if (mark != null) {
            KNOWN.put(link, mark);
            if (!isOwnerAlive(mark, living)) {
                sweepOwned(link, mark);
            }
        }
    }

    private static boolean isOwnerAlive(final BlockMark mark, final Map<Long, Boolean> living) {
        return living.computeIfAbsent(mark.ownerId(), id -> !BlockOwner.isDead(mark));
    }

    /**
     * A block that is being made has its mark before its name, but then it is half-built still. Who keeps a block takes the
     * mark away before he gives up his slot: a mark that is there after he was found dead says that he has not kept it.
     */
    static void sweepOwned(final Path link, final BlockMark mark) throws IOException {
        if (Files.exists(HiddenName.building(HiddenName.generationOf(link)))) {
            return;
        }
        final BlockName block = mark.block();
        if (block == null || BlockOwner.isDead(mark)) {
            if (block == null || mark.equals(BlockMark.read(link)) && block.unlinkUnlessBusy()) {
                Files.deleteIfExists(link);
            }
        }
    }

    private static void sweepArena(final Path file) throws IOException {
        try (LivenessFile liveness = LivenessFile.open(file)) {
            if (isAnyoneAlive(liveness)) {
                return;
            }
            final LivenessGate gate = liveness.gate(0);
            try {
                final long generation = HiddenName.generationOf(file);
                if (!isAnyoneAlive(liveness) && Files.notExists(HiddenName.building(generation))) {
                    removeDead(generation, file);
                }
            } finally {
                gate.close();
            }
        }
    }

    private static boolean isAnyoneAlive(final LivenessFile liveness) {
        for (int slot = 0; slot < Participants.SLOTS; slot++) {
            if (liveness.isHeld(slot)) {
                return true;
            }
        }
        return false;
    }

    private static void removeDead(final long generation, final Path liveness) throws IOException {
        final Path file = findArena(generation);
        if (file == null) {
            Files.deleteIfExists(liveness);
            return;
        }
        final Block block = Block.open(file.getFileName().toString());
        if (ArenaDescriptor.faultOf(block.memory(), block.memory().capacity()) != null) {
            return; // cut or damaged: nobody can tell what it was
        }
        try (Participants observer =
                Participants.observe(block.memory(), ArenaDescriptor.PARTICIPANTS_OFFSET, liveness)) {
            if (!observer.anyOtherAlive() && block.name().unlinkUnlessBusy()) {
                Files.deleteIfExists(liveness);
            }
        }
    }

    private static Path findArena(final long generation) throws IOException {
        for (final Path file : list("*")) {
            final boolean hidden = file.getFileName().toString().startsWith(SharedDirectory.HIDDEN_PREFIX);
            if (!hidden && isOurs(file) && generationIn(file) == generation) {
                return file;
            }
        }
        return null;
    }

    /** {@return the generation in an arena's header, 0 for any other file} */
    private static long generationIn(final Path file) throws IOException {
        final ByteBuffer header =
                ByteBuffer.allocate(ArenaDescriptor.HEADER_LENGTH).order(ByteOrder.nativeOrder());
        synchronized (BlockName.DESCRIPTORS) {
            try (FileChannel channel =
                    FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
                channel.read(header, 0);
            }
        }
        return header.getLong(ArenaDescriptor.MAGIC_OFFSET) == ArenaDescriptor.MAGIC
                ? header.getLong(ArenaDescriptor.GENERATION_OFFSET)
                : 0;
    }
}
