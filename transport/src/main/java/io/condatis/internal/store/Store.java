package io.condatis.internal.store;

import io.condatis.error.CondatisException;
import io.condatis.internal.protocol.sbe.CancelDecoder;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.Status;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The managed objects and everything that waits on them; one thread calls it.
 *
 * <p>What comes in is an input: a session that begins or ends, a message, a timer, each with the host's time where it
 * matters. What goes out goes to the {@link Outbox} and the {@link Windows}, during an input or at the end of a batch.
 * Two stores given the same limits, the same inputs and the same answers of their windows put out the same and have the
 * same {@link #snapshot}, byte for byte.
 *
 * <p>Every message is checked as a whole before anything changes. A request that cannot be granted is answered; what no
 * correct client sends is a {@link ProtocolException}. Among these: a put that spends a credit which the session does
 * not have, a request under the correlation of one that still waits, and an acknowledgement of a delivery that was
 * never sent or not taken. The acknowledgement of a delivery that is done already is ignored.
 */
public final class Store {
    private static final int MAGIC = 0x5443_4443;
    private static final int VERSION = 1;

    private final Core core;
    private final List<ObjectType> types;
    private final ObjectType[] typeByTemplate;
    private final Frame frame = new Frame();
    private final ObjectMessages objectMessages;
    private final CancelDecoder cancel = new CancelDecoder();
    private final QueueFigures figures = new QueueFigures();

    /**
     * A store without sessions and objects.
     *
     * @param outbox takes what the store puts out
     * @param windows shared with the clients
     * @param limits copied
     */
    public Store(final Outbox outbox, final Windows windows, final StoreLimits limits) {
        core = new Core(outbox, windows, new StoreLimits(limits));
        types = List.of(
                new DictType(core),
                new DictAlikeType(core, Kind.SET),
                new DictAlikeType(core, Kind.NAMESPACE),
                new DictAlikeType(core, Kind.VALUE),
                new ListType(core),
                new ArrayType(core),
                new QueueType(core, Kind.QUEUE),
                new QueueType(core, Kind.PRIORITY_QUEUE),
                new QueueType(core, Kind.JOINABLE_QUEUE),
                new LockType(core, Kind.LOCK),
                new LockType(core, Kind.REENTRANT_LOCK),
                new SemaphoreType(core, Kind.SEMAPHORE),
                new SemaphoreType(core, Kind.BOUNDED_SEMAPHORE),
                new ConditionType(core),
                new EventType(core),
                new BarrierType(core),
                new CustomType(core));
        objectMessages = new ObjectMessages(core, types);
        typeByTemplate = new ObjectType
                [types.stream()
                                .flatMapToInt(type -> Arrays.stream(type.templateIds()))
                                .max()
                                .orElse(0)
                        + 1];
        for (final ObjectType type : types) {
            for (final int templateId : type.templateIds()) {
                typeByTemplate[templateId] = type;
            }
        }
    }

    /** {@return whether one more session may be opened; ask before saying Welcome} */
    public boolean hasRoomForSession() {
        return !core.sessions.isFull();
    }

    /**
     * A session begins; the host has said Welcome.
     *
     * @param session never used before
     * @throws ProtocolException when the session is open already or {@link #hasRoomForSession()} is false
     */
    public void onOpen(final long session) {
        core.sessions.open(session);
        core.statistics.sessionsOpened++;
    }

    /**
     * A session has ended, by Goodbye, death or expulsion, and its stream has been read to the end. What it had taken
     * and not acknowledged is delivered again, what it had not taken returns to its place, its waiting requests and its
     * credits are forgotten. Ignored for a session that is not open.
     *
     * @param session that ended
     * @param nowNs the host's time
     */
    public void onClose(final long session, final long nowNs) {
        core.nowNs(nowNs);
        final Session closed = core.sessions.close(session);
        if (closed == null) {
            return;
        }
        for (final Waiter waiter : closed.waiters()) {
            if (waiter.isWaiting()) {
                waiter.object.withdraw(waiter);
            }
        }
        core.providers.closed(closed);
        for (final StoredObject object : closed.attached()) {
            object.detach(closed);
        }
        core.references.closed(closed);
        core.deleteUnreferenced();
    }

    /**
     * A message of a session: any but Hello and Goodbye.
     *
     * @param session that sent it
     * @param nowNs the host's time
     * @param buffer holding the message, header included; not kept
     * @param offset of the header
     * @param length of header and message
     * @throws ProtocolException when no correct client sends it; nothing was changed
     */
    public void onMessage(
            final long session, final long nowNs, final DirectBuffer buffer, final int offset, final int length) {
        core.nowNs(nowNs);
        frame.wrap(buffer, offset, length);
        frame.from(core.sessions.get(session), nowNs);
        final int templateId = frame.templateId();
        if (templateId < typeByTemplate.length && typeByTemplate[templateId] != null) {
            typeByTemplate[templateId].onMessage(frame);
        } else if (templateId == CancelDecoder.TEMPLATE_ID) {
            onCancel();
        } else if (!objectMessages.onMessage(frame)) {
            throw new ProtocolException("message that no client sends in a session: templateId=" + templateId);
        }
        core.statistics.requests++;
        core.deleteUnreferenced();
    }

    /**
     * A deadline has passed. Ignored for a timer that is not known any more.
     *
     * @param timerId as scheduled
     * @param nowNs the host's time
     */
    public void onTimer(final long timerId, final long nowNs) {
        core.nowNs(nowNs);
        final Waiter waiter = core.waiters.fired(timerId);
        if (waiter != null) {
            waiter.object.expire(waiter);
            core.deleteUnreferenced();
        }
    }

    /**
     * Ends a batch of inputs: deliver ahead, grant credits. Called once per duty cycle in which an input came.
     *
     * @param nowNs the host's time
     */
    public void endOfBatch(final long nowNs) {
        core.nowNs(nowNs);
        final List<StoredObject> dirty = core.dirty();
        for (int i = 0; i < dirty.size(); i++) {
            dirty.get(i).endOfBatch();
        }
        dirty.clear();
        core.deleteUnreferenced();
    }

    /** {@return what it holds and has counted} */
    public Statistics statistics() {
        return core.statistics;
    }

    /**
     * Look at the queues that have a name, oldest first. An input like others: what consumers have taken meanwhile is
     * noticed.
     *
     * @param nowNs the host's time
     * @param most queues looked at
     * @param look is told of each; must not call the store
     */
    public void lookAtQueues(final long nowNs, final int most, final QueueLook look) {
        core.nowNs(nowNs);
        final List<Holding> queues = core.objects.queues();
        for (int i = 0; i < queues.size() && i < most; i++) {
            final Holding holding = queues.get(i);
            ((StoredQueue) holding.object).look(figures);
            look.onQueue(holding.object.id(), holding.name, figures);
        }
        core.deleteUnreferenced();
    }

    /**
     * Write the whole state.
     *
     * @param buffer that is expandable or large enough
     * @param offset where to begin
     * @return bytes written
     */
    public int snapshot(final MutableDirectBuffer buffer, final int offset) {
        final SnapshotWriter out = new SnapshotWriter(buffer, offset);
        out.putInt(MAGIC);
        out.putInt(VERSION);
        out.putLong(core.hashSeed());
        out.putLong(core.waiters.lastNumber());
        out.putLong(core.lastFence());
        core.sessions.save(out);
        core.providers.save(out);
        saveObjects(out);
        final List<StoredObject> dirty = core.dirty();
        out.putInt(dirty.size());
        for (final StoredObject object : dirty) {
            out.putInt(object.id());
        }
        return out.length();
    }

    /**
     * Take over a state. Nothing is put out: a host whose timers did not survive calls {@link #scheduleTimers()}.
     *
     * @param buffer holding a snapshot
     * @param offset of the snapshot
     * @param length of the snapshot
     * @throws IllegalStateException when this store has been used before
     * @throws CondatisException when it is no snapshot, or one of another version; this store is then useless
     */
    public void load(final DirectBuffer buffer, final int offset, final int length) {
        if (core.objects.size() > 0 || !core.sessions.ordered().isEmpty()) {
            throw new IllegalStateException("a snapshot is loaded into a store that was never used");
        }
        final SnapshotReader in = new SnapshotReader(buffer, offset, length);
        if (in.takeInt() != MAGIC) {
            throw new CondatisException("These bytes are not a snapshot of a manager.");
        }
        final int version = in.takeInt();
        if (version != VERSION) {
            throw new CondatisException(
                    "The snapshot has version " + version + ", and this manager reads version " + VERSION + ".");
        }
        core.hashSeed(in.takeLong());
        core.waiters.lastNumber(in.takeLong());
        core.lastFence(in.takeLong());
        core.sessions.load(in);
        core.providers.load(in, core.sessions);
        loadObjects(in);
        final int dirty = in.takeInt();
        for (int i = 0; i < dirty; i++) {
            core.markDirty(core.objects.get(in.takeInt()));
        }
        if (!in.isAtEnd()) {
            throw new CondatisException("The snapshot is longer than the state it holds.");
        }
    }

    /** Schedule every pending timer once more, longest wait first. */
    public void scheduleTimers() {
        core.waiters.scheduleAll();
    }

    private void saveObjects(final SnapshotWriter out) {
        out.putInt(core.objects.size());
        for (Holding holding = core.objects.first(); holding != null; holding = holding.next) {
            final StoredObject object = holding.object;
            out.putInt(object.id());
            out.putBytes((holding.isAnonymous() ? "" : holding.name).getBytes(StandardCharsets.UTF_8));
            out.putInt(object.kind().value());
            out.putLong(object.argument());
            object.save(out);
        }
        out.putInt(core.objects.lastId());
        for (Holding holding = core.objects.first(); holding != null; holding = holding.next) {
            out.putInt(holding.references);
        }
    }

    private void loadObjects(final SnapshotReader in) {
        final int count = in.takeInt();
        for (int i = 0; i < count; i++) {
            final int id = in.takeInt();
            final String name = new String(in.takeBytes(), StandardCharsets.UTF_8);
            final int kind = in.takeInt();
            final ObjectType type = objectMessages.type(kind);
            if (type == null) {
                throw new CondatisException("The snapshot holds an object of an unknown kind: " + kind + ".");
            }
            core.objects.add(name.isEmpty() ? null : name, type.load(id, in.takeLong(), in));
        }
        core.objects.lastId(in.takeInt());
        // Counted while loading only as far as what they refer to was loaded before.
        for (Holding holding = core.objects.first(); holding != null; holding = holding.next) {
            holding.references = in.takeInt();
        }
    }

    private void onCancel() {
        frame.check(CancelDecoder.BLOCK_LENGTH, 0);
        cancel.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final Session session = frame.session();
        final Waiter waiter = session.waiter(cancel.correlation());
        if (waiter != null && waiter.object.cancel(waiter)) {
            core.answers.reply(session.id, waiter.correlation, Status.CANCELLED, 0);
        }
    }
}
