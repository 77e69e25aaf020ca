package io.condatis;

import io.condatis.memory.ArenaSurvey;
import io.condatis.memory.ObjectKind;
import io.condatis.memory.SurveyedObject;
import io.condatis.structure.Snapshot;
import io.condatis.sync.PrimitiveState;
import io.condatis.sync.PrimitiveSurvey;
import io.condatis.value.Array;
import io.condatis.value.CType;
import io.condatis.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The objects of a set of shared objects, read from outside without attaching: what they are, what they hold, who holds
 * them. Nothing in the file is trusted.
 *
 * <p>Not thread-safe.
 */
public final class SharedObjectsSurvey {
    private static final int SHOWN_ELEMENTS = 16;
    private static final int SHOWN_BYTES = 32;
    private static final int MOST_RECORD_BYTES = 16 << 20;
    private static final Map<Integer, ObjectKind> KINDS = new HashMap<>();

    static {
        for (final ObjectKind kind : ObjectKind.values()) {
            KINDS.put(kind.code(), kind);
        }
    }

    private final ArenaSurvey arena;
    private final PrimitiveSurvey primitives;

    /**
     * A survey of a set.
     *
     * @param arena the file of the set, which stays the caller's to close
     */
    public SharedObjectsSurvey(final ArenaSurvey arena) {
        this.arena = arena;
        this.primitives = new PrimitiveSurvey(arena.members());
    }

    /**
     * Looks at all objects.
     *
     * @return in the order of the directory
     * @throws IOException when the file was cut
     */
    public List<ObjectState> objects() throws IOException {
        final List<ObjectState> states = new ArrayList<>();
        for (final SurveyedObject object : arena.objects()) {
            final ObjectState state = stateOf(object);
            if (state != null) {
                states.add(state);
            }
        }
        return states;
    }

    private ObjectState stateOf(final SurveyedObject object) {
        try {
            final ObjectKind kind = KINDS.get(object.type().kindCode());
            if (kind == null) {
                return damaged(object, "this version does not know what it is");
            }
            return switch (kind) {
                case VALUE, ARRAY -> elements(object);
                case STRUCTURE, STRUCTURE_ARRAY, SNAPSHOT -> structure(object, kind);
                default -> primitive(object, kind);
            };
        } catch (final IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return damaged(object, e.getMessage());
        }
    }

    private static ObjectState damaged(final SurveyedObject object, final String fault) {
        return new ObjectState(object.name(), object.type().toString(), null, 0, null, fault);
    }

    private ObjectState elements(final SurveyedObject object) throws IOException {
        final CType type = CType.of(object.type().elementType());
        final long count = object.type().count();
        final long lengthBytes = count * type.size();
        if (count < 0 || count > object.length() || lengthBytes > object.length()) {
            return damaged(object, count + " elements do not fit into its " + object.length() + " bytes");
        }
        final boolean isValue = object.type().kindCode() == ObjectKind.VALUE.code();
        final int shown = (int) Math.min(count, SHOWN_ELEMENTS);
        final UnsafeBuffer head = arena.record(object, 0, shown * type.size());
        final PrimitiveState lock =
                object.length() == LockBehind.lengthWith(lengthBytes) ? lockBehind(object, lengthBytes) : null;
        if (head == null) {
            return null;
        }
        final String text =
                isValue ? String.valueOf(Value.at(head, 0, type).boxed()) : text(Array.at(head, 0, type, shown), count);
        return new ObjectState(object.name(), object.type().toString(), text, 0, lock, null);
    }

    private static String text(final Array array, final long count) {
        final boolean cut = count > array.length();
        if (array.type() == CType.CHAR) {
            final String characters = new String((byte[]) array.toArray(), StandardCharsets.ISO_8859_1);
            return '\'' + (cut ? characters + "'..." : characters.replaceFirst("\0+$", "") + '\'');
        }
        final StringJoiner text = new StringJoiner(", ", "[", cut ? ", ...]" : "]");
        for (int i = 0; i < array.length(); i++) {
            text.add(String.valueOf(array.boxed(i)));
        }
        return text.toString();
    }

    /** Structures are known to the processes that have their class; the file has their bytes only. */
    private ObjectState structure(final SurveyedObject object, final ObjectKind kind) throws IOException {
        final UnsafeBuffer head = arena.record(object, 0, SHOWN_BYTES);
        if (head == null) {
            return null;
        }
        final long lockAt = object.length() - PrimitiveSurvey.LOCK_LENGTH;
        final PrimitiveState lock =
                lockAt > 0 && lockAt == LockBehind.offset(lockAt) ? lockBehind(object, lockAt) : null;
        if (kind == ObjectKind.SNAPSHOT) {
            final long version = Snapshot.versionIn(head);
            return new ObjectState(object.name(), object.type().toString(), "version " + version, version, lock, null);
        }
        return new ObjectState(object.name(), object.type().toString(), hex(head), 0, lock, null);
    }

    private static String hex(final UnsafeBuffer bytes) {
        final StringJoiner text = new StringJoiner(" ");
        for (int i = 0; i < bytes.capacity(); i++) {
            text.add(String.format("%02x", bytes.getByte(i)));
        }
        return text.toString();
    }

    private PrimitiveState lockBehind(final SurveyedObject object, final long lengthBytes) throws IOException {
        final UnsafeBuffer lock = arena.record(object, LockBehind.offset(lengthBytes), PrimitiveSurvey.LOCK_LENGTH);
        return lock == null || !PrimitiveSurvey.isLock(lock, 0) ? null : primitives.lock(lock, 0);
    }

    private ObjectState primitive(final SurveyedObject object, final ObjectKind kind) throws IOException {
        final UnsafeBuffer record = arena.record(object, 0, (int) Math.min(object.length(), MOST_RECORD_BYTES));
        if (record == null) {
            return null;
        }
        final PrimitiveState state =
                switch (kind) {
                    case SEMAPHORE, BOUNDED_SEMAPHORE -> primitives.semaphore(record);
                    case EVENT -> primitives.event(record);
                    case CONDITION -> primitives.condition(record);
                    case BARRIER -> primitives.barrier(record);
                    case READ_WRITE_LOCK -> primitives.readWriteLock(record);
                    default -> primitives.lock(record, 0);
                };
        final String fault = state.state().startsWith("damaged") ? state.state() : null;
        return new ObjectState(object.name(), object.type().toString(), null, 0, state, fault);
    }
}
