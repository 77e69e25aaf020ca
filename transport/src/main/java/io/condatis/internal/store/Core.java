package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.Status;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** What the parts of one store share. */
final class Core {
    final StoreLimits limits;
    final Windows windows;
    final Answers answers;
    final Waiters waiters;
    final Sessions sessions;
    final Objects objects = new Objects();
    /** Items at rest. */
    final ItemPool items = new ItemPool();

    final References references;
    final Providers providers = new Providers();
    final Outbox outbox;
    /** Bytes of all objects together. */
    final Budget budget;

    final Statistics statistics = new Statistics(this);

    private final List<StoredObject> dirty = new ArrayList<>();
    private long hashSeed;
    private long lastFence;
    private long nowNs;

    Core(final Outbox outbox, final Windows windows, final StoreLimits limits) {
        this.limits = limits;
        this.windows = windows;
        this.outbox = outbox;
        sessions = new Sessions(limits.maxSessions());
        references = new References(objects, sessions);
        answers = new Answers(outbox, references);
        waiters = new Waiters(outbox, answers, limits.maxWaitingRequests());
        budget = new Budget(limits.maxTotalBytes(), null);
        hashSeed = limits.hashSeed();
    }

    /** {@return the host's time, as the present input gave it} */
    long nowNs() {
        return nowNs;
    }

    void nowNs(final long hostTimeNs) {
        nowNs = hostTimeNs;
    }

    long hashSeed() {
        return hashSeed;
    }

    void hashSeed(final long seed) {
        hashSeed = seed;
    }

    /** {@return the fence of one more grant, greater than all before it} */
    long nextFence() {
        return ++lastFence;
    }

    long lastFence() {
        return lastFence;
    }

    void lastFence(final long fence) {
        lastFence = fence;
    }

    /** Have an object's endOfBatch called; the object makes sure that it asks once. */
    void markDirty(final StoredObject object) {
        dirty.add(object);
    }

    List<StoredObject> dirty() {
        return dirty;
    }

    /** {@return whether so many bytes fit into the total, after taking back what is only promised if need be} */
    boolean fits(final long bytes) {
        if (bytes > budget.left() && budget.promised() > 0) {
            objects.reclaim();
        }
        return bytes <= budget.left();
    }

    void replyTotalExceeded(final Frame frame, final long correlation) {
        answers.reply(
                frame.session().id,
                correlation,
                Status.LIMIT,
                "The manager is full: the limit is " + limits.maxTotalBytes() + " bytes (maxTotalBytes), and "
                        + budget.used() + " are in use.");
    }

    void replyTooLarge(final Frame frame, final long correlation, final long bytes) {
        answers.reply(
                frame.session().id,
                correlation,
                Status.LIMIT,
                "Too large: " + bytes + " bytes, and the limit is " + limits.maxValueBytes() + " (maxValueBytes).");
    }

    /** {@return why no further object can be made, or null when one can} */
    String refusalOfOneMore() {
        if (objects.size() >= limits.maxObjects()) {
            return "Too many objects: the limit is " + limits.maxObjects() + " (maxObjects).";
        }
        return objects.nextId() == 0
                ? "This manager has made " + Integer.MAX_VALUE + " objects and can make no more; start another."
                : null;
    }

    /** Delete an object: whoever waits for it is told. */
    void delete(final Holding holding) {
        objects.remove(holding);
        dirty.remove(holding.object);
        holding.object.delete();
    }

    /** Delete what nobody refers to any more, and what only that referred to. */
    void deleteUnreferenced() {
        for (Holding holding = references.nextUnreferenced();
                holding != null;
                holding = references.nextUnreferenced()) {
            delete(holding);
        }
    }

    /** Answer everybody who waits in a list of an object that is being deleted. */
    void answerGone(final WaiterList list) {
        while (!list.isEmpty()) {
            final Waiter waiter = list.first();
            waiters.remove(waiter);
            answers.reply(waiter.session.id, waiter.correlation, Status.GONE, "The object was deleted meanwhile.");
        }
    }

    /** Answer a request that would store a reference to what does not exist. */
    boolean refusesReference(final Frame frame, final long correlation, final DirectBuffer content) {
        final String refusal = references.refusal(content, 0, content.capacity());
        if (refusal != null) {
            answers.reply(frame.session().id, correlation, Status.ILLEGAL, refusal);
        }
        return refusal != null;
    }

    /** Answer a request for an object that is not there, or is none of this kind. */
    void replyNoSuchObject(final Frame frame, final long correlation, final String what, final int objectId) {
        if (objects.hasEnded(objectId)) {
            answers.reply(
                    frame.session().id,
                    correlation,
                    Status.GONE,
                    "The " + what + " with the id " + objectId + " was deleted.");
            return;
        }
        answers.reply(
                frame.session().id,
                correlation,
                Status.ILLEGAL,
                "There is no " + what + " with the id " + objectId + ".");
    }
}
