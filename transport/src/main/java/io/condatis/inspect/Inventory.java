package io.condatis.inspect;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.SharedDirectory;
import io.condatis.internal.protocol.ManagerState;
import io.condatis.internal.protocol.ManagerState.Phase;
import io.condatis.internal.protocol.ManagerSurvey;
import io.condatis.list.ListSurvey;
import io.condatis.memory.ArenaSurvey;
import io.condatis.memory.BlockCreator;
import io.condatis.memory.FileSurvey;
import io.condatis.sync.Participant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Everything in the shared directory, at one moment. A file that goes away or changes while it is looked at is left out or
 * reported, never an exception.
 */
final class Inventory {
    private static final int OWNER_ONLY = 0600;
    private static final int PERMISSIONS = 0777;

    private final Mappings mappings;
    private final Map<String, BlockCreator> creators;
    private final List<Resource> resources = new ArrayList<>();
    private final Map<Long, Resource> blocksById = new HashMap<>();

    private Inventory(final Mappings mappings, final Map<String, BlockCreator> creators) {
        this.mappings = mappings;
        this.creators = creators;
    }

    /**
     * Looks at the whole directory.
     *
     * @return what is there, in the order of the names
     * @throws IOException when the directory cannot be listed
     */
    static List<Resource> take() throws IOException {
        final List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(SharedDirectory.path())) {
            stream.forEach(files::add);
        } catch (final DirectoryIteratorException e) {
            throw e.getCause();
        }
        files.sort(null);
        final Inventory inventory = new Inventory(Mappings.read(), FileSurvey.creators(files));
        files.removeIf(FileSurvey::isOwnership);
        files.stream().filter(file -> !FileSurvey.isLiveness(file)).forEach(inventory::add);
        files.stream().filter(FileSurvey::isLiveness).forEach(inventory::add);
        inventory.resources.sort(Comparator.comparing(Resource::name));
        return inventory.resources;
    }

    private void add(final Path file) {
        try {
            final Attributes attributes = Attributes.of(file);
            final Resource resource = look(file, attributes);
            if (resource != null) {
                resources.add(resource);
            }
        } catch (final IOException | CondatisException e) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                resources.add(new Resource(
                        nameOf(file),
                        Kind.FOREIGN,
                        file,
                        0,
                        0,
                        false,
                        List.of(),
                        State.FOREIGN,
                        "cannot be read: " + e.getMessage()));
            }
        }
    }

    private Resource look(final Path file, final Attributes attributes) throws IOException {
        if (attributes.uid() != SharedDirectory.userId()) {
            return foreign(file, attributes, "of user id " + attributes.uid());
        }
        if (attributes.isDirectory()) {
            return directory(file, attributes);
        }
        if (!attributes.isRegular()) {
            return foreign(file, attributes, "a link, pipe, socket or device");
        }
        if (FileSurvey.isHalfBuilt(file)) {
            return halfBuilt(file, attributes);
        }
        return FileSurvey.isLiveness(file) ? liveness(file, attributes) : block(file, attributes);
    }

    private static Resource foreign(final Path file, final Attributes attributes, final String note) {
        return new Resource(
                nameOf(file), Kind.FOREIGN, file, attributes.size(), 0, false, List.of(), State.FOREIGN, note);
    }

    private static Resource directory(final Path file, final Attributes attributes) {
        if (ManagerSurvey.isManager(file)) {
            return manager(ManagerSurvey.of(file));
        }
        final DriverFile driver = DriverFile.open(file);
        return driver == null
                ? foreign(file, attributes, "a directory")
                : new Resource(
                        nameOf(file),
                        Kind.DRIVER,
                        file,
                        sizeOf(file),
                        driver.pid(),
                        driver.isRunning(),
                        driver.isRunning() ? List.of(driver.pid()) : List.of(),
                        State.FOREIGN,
                        driver.isRunning()
                                ? "an Aeron media driver"
                                : "an Aeron media driver whose process does not run here");
    }

    private static Resource manager(final ManagerState manager) {
        final State state =
                switch (manager.phase()) {
                    case SERVING, STARTING -> State.LIVE;
                    case STALE -> State.STALE;
                    case UNKNOWN -> State.DAMAGED;
                };
        final String note = manager.fault() != null
                ? manager.fault()
                : state == State.STALE ? "its server is dead" : manager.phase() == Phase.STARTING ? "starting" : null;
        return new Resource(
                manager.name(),
                Kind.MANAGER,
                manager.path(),
                sizeOf(manager.path()),
                manager.serverPid(),
                state == State.LIVE,
                alive(manager.members(), List.of()),
                state,
                note);
    }

    private static Resource halfBuilt(final Path file, final Attributes attributes) {
        final boolean held = FileSurvey.isHeld(file);
        return new Resource(
                nameOf(file),
                Kind.BUILDING,
                file,
                attributes.size(),
                0,
                false,
                List.of(),
                held ? State.LIVE : State.STALE,
                held ? null : "its builder died before it had its name");
    }

    /** Liveness files go with their block; what is listed is those that have none, or that the dead left behind. */
    private Resource liveness(final Path file, final Attributes attributes) {
        final long id = FileSurvey.idOf(file);
        final Resource block = blocksById.get(id);
        final boolean building = resources.stream()
                .anyMatch(other -> other.kind() == Kind.BUILDING && FileSurvey.idOf(other.path()) == id);
        final boolean held = building || FileSurvey.isHeld(file);
        if (building || block != null && (block.kind() == Kind.OBJECTS || held)) {
            return null;
        }
        final String note = block != null
                ? "its list '" + block.name() + "' has no living writer"
                : held ? "its block was unlinked, and is still used" : "its block is gone, and who used it is dead";
        return new Resource(
                nameOf(file),
                Kind.LIVENESS,
                file,
                attributes.size(),
                0,
                false,
                List.of(),
                held ? State.LIVE : State.STALE,
                note);
    }

    private Resource block(final Path file, final Attributes attributes) throws IOException {
        final List<Long> mapped = mappings.of(attributes.id());
        try (ArenaSurvey arena = ArenaSurvey.open(file)) {
            if (arena != null) {
                return known(arena.id(), objects(file, attributes, arena));
            }
        }
        try (ListSurvey list = ListSurvey.open(file)) {
            if (list != null) {
                final List<Long> users = alive(list.members(), mapped);
                final String note = list.size() + " items, made by " + (list.hasFooter() ? "a JVM" : "CPython");
                return known(list.id(), plain(file, Kind.LIST, attributes, users, note));
            }
        }
        final String name = nameOf(file);
        if ((attributes.mode() & PERMISSIONS) != OWNER_ONLY || name.startsWith("sem.") || name.startsWith(".")) {
            return foreign(file, attributes, "a file that no block looks like");
        }
        return plain(file, Kind.BLOCK, attributes, mapped, null);
    }

    private Resource known(final long id, final Resource resource) {
        blocksById.put(id, resource);
        return resource;
    }

    private static Resource objects(final Path file, final Attributes attributes, final ArenaSurvey arena) {
        final List<Long> users = alive(arena.members(), List.of());
        final State state = arena.fault() != null ? State.DAMAGED : users.isEmpty() ? State.STALE : State.LIVE;
        final String note = arena.fault() != null
                ? arena.fault()
                : state == State.STALE
                        ? "everybody who had it is dead"
                        : arena.isCreatorAlive() ? null : "its creator is gone; the last one to leave removes it";
        return new Resource(
                nameOf(file),
                Kind.OBJECTS,
                file,
                attributes.size(),
                arena.creatorPid(),
                arena.isCreatorAlive(),
                users,
                state,
                note);
    }

    private Resource plain(
            final Path file, final Kind kind, final Attributes attributes, final List<Long> users, final String note) {
        final BlockCreator creator = creators.get(nameOf(file));
        final boolean isOrphan = creator != null && !creator.isAlive();
        final String death = isOrphan ? "its creator was killed" : null;
        return new Resource(
                nameOf(file),
                kind,
                file,
                attributes.size(),
                creator == null ? 0 : creator.pid(),
                creator != null && creator.isAlive(),
                users,
                isOrphan ? State.STALE : users.isEmpty() && creator == null ? State.IDLE : State.LIVE,
                note == null ? death : death == null ? note : note + "; " + death);
    }

    private static List<Long> alive(final Collection<Participant> members, final Collection<Long> mapped) {
        final TreeSet<Long> pids = new TreeSet<>(mapped);
        members.stream().filter(Participant::alive).forEach(member -> pids.add(member.pid()));
        return List.copyOf(pids);
    }

    private static String nameOf(final Path file) {
        return file.getFileName().toString();
    }

    private static long sizeOf(final Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.mapToLong(file -> {
                        try {
                            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
                        } catch (final IOException e) {
                            return 0; // gone meanwhile
                        }
                    })
                    .sum();
        } catch (final IOException | UncheckedIOException e) {
            return 0;
        }
    }

    /**
     * What the file system says of a file.
     *
     * @param uid of its owner
     * @param mode permissions and type
     * @param size in bytes
     * @param isRegular whether it is a file with content
     * @param isDirectory whether it is a directory
     * @param id as {@code /proc} names it
     */
    private record Attributes(
            int uid, int mode, long size, boolean isRegular, boolean isDirectory, Mappings.FileId id) {
        static Attributes of(final Path file) throws IOException {
            final Map<String, Object> unix = Files.readAttributes(
                    file, "unix:uid,mode,size,dev,ino,isRegularFile,isDirectory", LinkOption.NOFOLLOW_LINKS);
            return new Attributes(
                    (Integer) unix.get("uid"),
                    (Integer) unix.get("mode"),
                    (Long) unix.get("size"),
                    (Boolean) unix.get("isRegularFile"),
                    (Boolean) unix.get("isDirectory"),
                    Mappings.idOf((Long) unix.get("dev"), (Long) unix.get("ino")));
        }
    }
}
