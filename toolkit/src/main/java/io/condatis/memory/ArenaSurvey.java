package io.condatis.memory;

import static io.condatis.memory.ArenaDescriptor.CAPACITY_OFFSET;
import static io.condatis.memory.ArenaDescriptor.CREATOR_PID_OFFSET;
import static io.condatis.memory.ArenaDescriptor.CREATOR_SLOT_GENERATION_OFFSET;
import static io.condatis.memory.ArenaDescriptor.CREATOR_SLOT_OFFSET;
import static io.condatis.memory.ArenaDescriptor.DIRECTORY_OFFSET;
import static io.condatis.memory.ArenaDescriptor.ENTRIES_OFFSET;
import static io.condatis.memory.ArenaDescriptor.GENERATION_OFFSET;
import static io.condatis.memory.ArenaDescriptor.HEADER_LENGTH;
import static io.condatis.memory.ArenaDescriptor.LOCK_OFFSET;
import static io.condatis.memory.ArenaDescriptor.MAGIC;
import static io.condatis.memory.ArenaDescriptor.MAGIC_OFFSET;
import static io.condatis.memory.ArenaDescriptor.PARTICIPANTS_OFFSET;
import static io.condatis.memory.EntryDescriptor.COUNT_OFFSET;
import static io.condatis.memory.EntryDescriptor.ELEMENT_TYPE_OFFSET;
import static io.condatis.memory.EntryDescriptor.INCARNATION_OFFSET;
import static io.condatis.memory.EntryDescriptor.KIND_OFFSET;
import static io.condatis.memory.EntryDescriptor.MAX_NAME_LENGTH;
import static io.condatis.memory.EntryDescriptor.NAME_LENGTH_OFFSET;
import static io.condatis.memory.EntryDescriptor.NAME_OFFSET;
import static io.condatis.memory.EntryDescriptor.RECORD_LENGTH_OFFSET;
import static io.condatis.memory.EntryDescriptor.RECORD_OFFSET_OFFSET;
import static io.condatis.memory.EntryDescriptor.STATE_OFFSET;
import static io.condatis.memory.EntryDescriptor.USED;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.FileCopier;
import io.condatis.sync.Participant;
import io.condatis.sync.Participants;
import io.condatis.sync.PrimitiveState;
import io.condatis.sync.PrimitiveSurvey;
import io.condatis.sync.SharedLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An arena looked at from outside: nothing is mapped, taken or written, and nothing in the file is trusted. Others go on
 * meanwhile, so each answer is of its own moment.
 *
 * <p>Not thread-safe. To be closed.
 */
public final class ArenaSurvey implements AutoCloseable {
    private final FileCopier file;
    private final UnsafeBuffer header;
    private final String fault;
    private final List<Participant> members;

    private ArenaSurvey(final FileCopier file, final UnsafeBuffer header) throws IOException {
        this.file = file;
        this.header = header;
        final List<Participant> found = new ArrayList<>();
        final String headerFault = ArenaDescriptor.faultOf(header, file.size());
        this.fault = headerFault == null ? readMembers(found) : headerFault;
        this.members = List.copyOf(found);
    }

    /**
     * Opens a file that may be an arena.
     *
     * @param path of the file
     * @return the arena, perhaps a damaged one; null for any other file
     * @throws IOException when the file is gone or cannot be read
     */
    public static ArenaSurvey open(final Path path) throws IOException {
        final FileCopier file = FileCopier.open(path);
        ArenaSurvey survey = null;
        try {
            if (file.size() >= HEADER_LENGTH) {
                final UnsafeBuffer header = file.copy(0, HEADER_LENGTH);
                survey = header.getLong(MAGIC_OFFSET) == MAGIC ? new ArenaSurvey(file, header) : null;
            }
            return survey;
        } finally {
            if (survey == null) {
                closeQuietly(file);
            }
        }
    }

    /** {@return why they cannot be told, or null} */
    private String readMembers(final List<Participant> target) throws IOException {
        if (Files.notExists(liveness(), LinkOption.NOFOLLOW_LINKS)) {
            return "its liveness file " + liveness() + " is gone, so nobody can tell whether it is in use";
        }
        try {
            final UnsafeBuffer table = file.copy(PARTICIPANTS_OFFSET, Participants.lengthBytes());
            target.addAll(FileSurvey.members(table, liveness()));
            return null;
        } catch (final CondatisException e) {
            return "its users cannot be told: " + e.getMessage();
        }
    }

    private Path liveness() {
        return HiddenName.liveness(id());
    }

    /** {@return what is wrong with it, or null} */
    public String fault() {
        return fault;
    }

    /** {@return the random number that names its liveness file} */
    public long id() {
        return header.getLong(GENERATION_OFFSET);
    }

    /** {@return the pid of the process that made it} */
    public long creatorPid() {
        return header.getLong(CREATOR_PID_OFFSET);
    }

    /** {@return whether that process still has it open} */
    public boolean isCreatorAlive() {
        final int slot = header.getInt(CREATOR_SLOT_OFFSET);
        final int generation = header.getInt(CREATOR_SLOT_GENERATION_OFFSET);
        return members.stream()
                .anyMatch(member -> member.slot() == slot && member.generation() == generation && member.alive());
    }

    /** {@return room for objects, free or not, in bytes} */
    public long capacity() {
        return header.getLong(CAPACITY_OFFSET);
    }

    /** {@return the processes in its table, with the dead among them marked} */
    public List<Participant> members() {
        return members;
    }

    /**
     * {@return the lock of its directory}
     *
     * @throws IOException when the file was cut
     */
    public PrimitiveState directoryLock() throws IOException {
        return new PrimitiveSurvey(members).lock(file.copy(LOCK_OFFSET, SharedLock.LENGTH), 0);
    }

    /**
     * The objects that exist now.
     *
     * @return in the order of the directory
     * @throws IOException when the file was cut
     */
    public List<SurveyedObject> objects() throws IOException {
        final List<SurveyedObject> objects = new ArrayList<>();
        if (ArenaDescriptor.faultOf(header, file.size()) == null) {
            final int entries = header.getInt(ENTRIES_OFFSET);
            final UnsafeBuffer directory = file.copy(DIRECTORY_OFFSET, entries * EntryDescriptor.LENGTH);
            for (int i = 0; i < entries; i++) {
                final int entry = i * EntryDescriptor.LENGTH;
                if (directory.getInt(entry + STATE_OFFSET) == USED) {
                    objects.add(objectIn(directory, entry, DIRECTORY_OFFSET + (long) entry));
                }
            }
        }
        return objects;
    }

    private static SurveyedObject objectIn(final DirectBuffer directory, final int entry, final long place) {
        final int length = Math.max(0, Math.min(directory.getInt(entry + NAME_LENGTH_OFFSET), MAX_NAME_LENGTH));
        final byte[] name = new byte[length];
        directory.getBytes(entry + NAME_OFFSET, name);
        return new SurveyedObject(
                new String(name, StandardCharsets.UTF_8),
                new ObjectType(
                        directory.getInt(entry + KIND_OFFSET),
                        (char) directory.getInt(entry + ELEMENT_TYPE_OFFSET),
                        directory.getLong(entry + COUNT_OFFSET)),
                directory.getLong(entry + INCARNATION_OFFSET),
                directory.getLong(entry + RECORD_OFFSET_OFFSET),
                directory.getLong(entry + RECORD_LENGTH_OFFSET),
                place);
    }

    /**
     * Copies part of an object's record.
     *
     * @param object one of {@link #objects()}
     * @param from first byte, from the start of the record
     * @param lengthBytes most bytes wanted
     * @return the bytes, fewer when the record ends before; null when the object was removed meanwhile
     * @throws IOException when the record lies outside of the heap
     */
    public UnsafeBuffer record(final SurveyedObject object, final long from, final int lengthBytes) throws IOException {
        final long heap = ArenaDescriptor.heapOffset(header.getInt(ENTRIES_OFFSET));
        final long end = file.size();
        if (object.offset() < heap
                || object.offset() % ArenaDescriptor.ALIGNMENT != 0
                || object.length() < 0
                || object.length() > end - object.offset()) {
            throw new IOException("its directory entry is damaged: offset=" + object.offset() + " length="
                    + object.length() + " in a file of " + end + " bytes");
        }
        final long length = Math.max(0, Math.min(lengthBytes, object.length() - from));
        final UnsafeBuffer record = file.copy(object.offset() + from, (int) length);
        final UnsafeBuffer entry = file.copy(object.entry(), EntryDescriptor.LENGTH);
        return entry.getInt(STATE_OFFSET) == USED && entry.getLong(INCARNATION_OFFSET) == object.incarnation()
                ? record
                : null;
    }

    @Override
    public void close() {
        closeQuietly(file);
    }

    /** Inside the monitor by which closing a descriptor cannot take away a kernel lock that this process needs. */
    static void closeQuietly(final FileCopier file) {
        synchronized (BlockName.DESCRIPTORS) {
            try {
                file.close();
            } catch (final IOException e) {
                throw new CondatisException("A file that was only read could not be closed: " + e, e);
            }
        }
    }
}
