package io.condatis.internal.store;

import io.condatis.internal.protocol.ItemRun;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.QueueAckDecoder;
import io.condatis.internal.protocol.sbe.QueueDeadLettersDecoder;
import io.condatis.internal.protocol.sbe.QueueDrainDecoder;
import io.condatis.internal.protocol.sbe.QueueGiveBackDecoder;
import io.condatis.internal.protocol.sbe.QueueJoinDecoder;
import io.condatis.internal.protocol.sbe.QueuePutAllDecoder;
import io.condatis.internal.protocol.sbe.QueuePutDecoder;
import io.condatis.internal.protocol.sbe.QueueRemoveDecoder;
import io.condatis.internal.protocol.sbe.QueueScanDecoder;
import io.condatis.internal.protocol.sbe.QueueSizeDecoder;
import io.condatis.internal.protocol.sbe.QueueTakeDecoder;
import io.condatis.internal.protocol.sbe.QueueTakenDecoder;
import io.condatis.internal.protocol.sbe.Status;
import org.agrona.concurrent.UnsafeBuffer;

/** One kind of queue. The messages are the same for all of them; some are for joinable queues only. */
final class QueueType implements ObjectType {
    private final Core core;
    private final Kind kind;

    private final QueuePutDecoder put = new QueuePutDecoder();
    private final QueueTakeDecoder take = new QueueTakeDecoder();
    private final QueueAckDecoder ack = new QueueAckDecoder();
    private final QueueTakenDecoder taken = new QueueTakenDecoder();
    private final QueueJoinDecoder join = new QueueJoinDecoder();
    private final QueueSizeDecoder size = new QueueSizeDecoder();
    private final QueueScanDecoder scan = new QueueScanDecoder();
    private final QueuePutAllDecoder putAll = new QueuePutAllDecoder();
    private final QueueRemoveDecoder remove = new QueueRemoveDecoder();
    private final QueueDrainDecoder drain = new QueueDrainDecoder();
    private final QueueGiveBackDecoder giveBack = new QueueGiveBackDecoder();
    private final QueueDeadLettersDecoder deadLetters = new QueueDeadLettersDecoder();
    private final UnsafeBuffer body = new UnsafeBuffer();
    private final ItemRun.Reader run = new ItemRun.Reader();
    private final ItemPage page;

    QueueType(final Core core, final Kind kind) {
        this.core = core;
        this.kind = kind;
        page = new ItemPage(core.references);
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public int[] templateIds() {
        return new int[] {
            QueuePutDecoder.TEMPLATE_ID,
            QueueTakeDecoder.TEMPLATE_ID,
            QueueAckDecoder.TEMPLATE_ID,
            QueueTakenDecoder.TEMPLATE_ID,
            QueueJoinDecoder.TEMPLATE_ID,
            QueueSizeDecoder.TEMPLATE_ID,
            QueueScanDecoder.TEMPLATE_ID,
            QueueDeadLettersDecoder.TEMPLATE_ID,
            QueueGiveBackDecoder.TEMPLATE_ID,
            QueuePutAllDecoder.TEMPLATE_ID,
            QueueDrainDecoder.TEMPLATE_ID,
            QueueRemoveDecoder.TEMPLATE_ID,
        };
    }

    @Override
    public String refusal(final long capacity) {
        return capacity >= 0 && capacity <= Integer.MAX_VALUE
                ? null
                : "A queue's capacity is 0 to " + Integer.MAX_VALUE + ": " + capacity + " was asked for.";
    }

    @Override
    public StoredObject create(final int id, final long capacity) {
        return new StoredQueue(core, id, kind, (int) capacity);
    }

    @Override
    public StoredObject load(final int id, final long capacity, final SnapshotReader in) {
        final StoredQueue queue = new StoredQueue(core, id, kind, (int) capacity);
        queue.load(in);
        return queue;
    }

    @Override
    public void onMessage(final Frame frame) {
        switch (frame.templateId()) {
            case QueuePutDecoder.TEMPLATE_ID -> onPut(frame);
            case QueueTakeDecoder.TEMPLATE_ID -> onTake(frame);
            case QueueAckDecoder.TEMPLATE_ID -> onAck(frame);
            case QueueTakenDecoder.TEMPLATE_ID -> onTaken(frame);
            case QueueJoinDecoder.TEMPLATE_ID -> onJoin(frame);
            case QueueSizeDecoder.TEMPLATE_ID -> onSize(frame);
            case QueueScanDecoder.TEMPLATE_ID -> onScan(frame);
            case QueueRemoveDecoder.TEMPLATE_ID -> onRemove(frame);
            case QueueDrainDecoder.TEMPLATE_ID -> onDrain(frame);
            case QueuePutAllDecoder.TEMPLATE_ID -> onPutAll(frame);
            case QueueGiveBackDecoder.TEMPLATE_ID -> onGiveBack(frame);
            default -> onDeadLetters(frame);
        }
    }

    private void onPut(final Frame frame) {
        frame.check(QueuePutDecoder.BLOCK_LENGTH, 1);
        put.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final int objectId = put.objectId();
        if (put.correlation() == 0) {
            final Member member = honestMember(frame, objectId);
            if (member == null) {
                return;
            }
            put.wrapBody(body);
            if (body.capacity() > core.limits.maxCreditedBytes()) {
                throw new ProtocolException("put with a credit, too large: length=" + body.capacity() + " limit="
                        + core.limits.maxCreditedBytes());
            }
            if (core.references.refusal(body, 0, body.capacity()) != null) {
                throw new ProtocolException("put with a credit of a reference to an object that does not exist");
            }
            member.queue.putWithCredit(member, priority(member.queue, put.priority()), body);
            return;
        }
        final long correlation = frame.request(put.correlation());
        final StoredQueue queue = openedQueue(frame, correlation, objectId);
        if (queue == null) {
            return;
        }
        put.wrapBody(body);
        if (body.capacity() > core.limits.maxValueBytes()) {
            core.replyTooLarge(frame, correlation, body.capacity());
        } else if (!core.refusesReference(frame, correlation, body)) {
            queue.put(frame, correlation, put.timeoutNs(), priority(queue, put.priority()), body);
        }
    }

    private void onTake(final Frame frame) {
        frame.check(QueueTakeDecoder.BLOCK_LENGTH, 0);
        take.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(take.correlation());
        final StoredQueue queue = openedQueue(frame, correlation, take.objectId());
        if (queue != null) {
            queue.take(frame, correlation, take.timeoutNs());
        }
    }

    private void onAck(final Frame frame) {
        frame.check(QueueAckDecoder.BLOCK_LENGTH, 0);
        ack.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final Member member = honestMember(frame, ack.objectId());
        if (member != null) {
            checkLeased(member.queue);
            member.queue.acknowledge(member, ack.sequence());
        }
    }

    private void onGiveBack(final Frame frame) {
        frame.check(QueueGiveBackDecoder.BLOCK_LENGTH, 0);
        giveBack.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(giveBack.correlation());
        final StoredQueue queue = openedQueue(frame, correlation, giveBack.objectId());
        if (queue != null) {
            checkLeased(queue);
            final boolean returned = queue.giveBack(queue.member(frame.session()), giveBack.sequence());
            core.answers.reply(frame.session().id, correlation, returned ? Status.OK : Status.ABSENT, 0);
        }
    }

    private void onPutAll(final Frame frame) {
        frame.check(QueuePutAllDecoder.BLOCK_LENGTH, 1);
        putAll.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(putAll.correlation());
        final long priority = putAll.priority();
        final StoredQueue queue = openedQueue(frame, correlation, putAll.objectId());
        if (queue == null) {
            return;
        }
        final int length = putAll.itemsLength();
        final int start = putAll.limit() + QueuePutAllDecoder.itemsHeaderLength();
        final String refusal = refusal(frame, start, length);
        if (refusal != null) {
            core.answers.reply(frame.session().id, correlation, Status.ILLEGAL, refusal);
            return;
        }
        queue.putAll(frame, correlation, priority(queue, priority), run.wrap(frame.buffer(), start, length), body);
    }

    /** {@return why a run cannot be put, or null when it can} */
    private String refusal(final Frame frame, final int start, final int length) {
        String refusal = null;
        try {
            run.wrap(frame.buffer(), start, length);
            while (refusal == null && run.next()) {
                refusal = run.bodyLength() > core.limits.maxValueBytes()
                        ? "An item is too large: " + run.bodyLength() + " bytes."
                        : core.references.refusal(frame.buffer(), run.bodyOffset(), run.bodyLength());
            }
        } catch (final IllegalArgumentException e) {
            throw new ProtocolException("items put at once are garbled: " + e.getMessage());
        }
        return refusal;
    }

    private void onRemove(final Frame frame) {
        frame.check(QueueRemoveDecoder.BLOCK_LENGTH, 0);
        remove.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(remove.correlation());
        final StoredQueue queue = openedQueue(frame, correlation, remove.objectId());
        if (queue != null) {
            final long count = queue.removeUntaken(remove.priority(), remove.arrival());
            core.answers.reply(frame.session().id, correlation, Status.OK, count);
        }
    }

    private void onDrain(final Frame frame) {
        frame.check(QueueDrainDecoder.BLOCK_LENGTH, 0);
        drain.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(drain.correlation());
        final StoredQueue queue = openedQueue(frame, correlation, drain.objectId());
        if (queue != null) {
            queue.drain(frame, correlation, Math.max(1, drain.maxItems()));
        }
    }

    private void onDeadLetters(final Frame frame) {
        frame.check(QueueDeadLettersDecoder.BLOCK_LENGTH, 0);
        deadLetters.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(deadLetters.correlation());
        final StoredQueue queue = openedQueue(frame, correlation, deadLetters.objectId());
        if (queue == null) {
            return;
        }
        final StoredQueue target = queue(deadLetters.targetId());
        final long session = frame.session().id;
        if (!queue.isLeased()
                || deadLetters.maxAttempts() < 1
                || target == null
                || target == queue
                || !target.isLeased()
                || target.argument() != 0) {
            core.answers.reply(
                    session,
                    correlation,
                    Status.ILLEGAL,
                    "Dead letters go from one joinable queue to another, unbounded one, after at least 1 attempt.");
        } else if (queue.deadLetters().agree(deadLetters.maxAttempts(), target.id())) {
            core.answers.reply(session, correlation, Status.OK, 0);
        } else {
            core.answers.reply(
                    session,
                    correlation,
                    Status.ILLEGAL,
                    "The queue's dead letters go elsewhere already, or after another number of attempts than "
                            + deadLetters.maxAttempts() + ".");
        }
    }

    private void onTaken(final Frame frame) {
        frame.check(QueueTakenDecoder.BLOCK_LENGTH, 0);
        taken.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final Member member = honestMember(frame, taken.objectId());
        if (member != null) {
            member.queue.taken(member);
        }
    }

    private void onJoin(final Frame frame) {
        frame.check(QueueJoinDecoder.BLOCK_LENGTH, 0);
        join.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(join.correlation());
        final StoredQueue queue = openedQueue(frame, correlation, join.objectId());
        if (queue != null && !queue.isLeased()) {
            core.answers.reply(frame.session().id, correlation, Status.ILLEGAL, "Only a joinable queue can be joined.");
        } else if (queue != null) {
            queue.join(frame, correlation, join.timeoutNs());
        }
    }

    private void onSize(final Frame frame) {
        frame.check(QueueSizeDecoder.BLOCK_LENGTH, 0);
        size.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(size.correlation());
        final StoredQueue queue = openedQueue(frame, correlation, size.objectId());
        if (queue != null) {
            core.answers.reply(frame.session().id, correlation, Status.OK, queue.size());
        }
    }

    private void onScan(final Frame frame) {
        frame.check(QueueScanDecoder.BLOCK_LENGTH, 0);
        scan.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(scan.correlation());
        final StoredQueue queue = openedQueue(frame, correlation, scan.objectId());
        if (queue == null) {
            return;
        }
        page.begin(frame.session().id, core.answers.scratch(), Math.min(scan.maxBytes(), core.limits.maxValueBytes()));
        queue.visitUntaken(scan.priority(), scan.cursor(), page);
        core.answers.replyScratch(frame.session().id, correlation, Status.OK, page.cursor(), page.length());
    }

    /** {@return the queue if there is one of that id, or null} */
    private StoredQueue queue(final int objectId) {
        return core.objects.get(objectId) instanceof StoredQueue queue ? queue : null;
    }

    /** {@return the queue that the session has opened, or null when it has been answered ILLEGAL} */
    private StoredQueue openedQueue(final Frame frame, final long correlation, final int objectId) {
        final StoredQueue queue = queue(objectId);
        if (queue == null || queue.member(frame.session()) == null) {
            core.replyNoSuchObject(frame, correlation, "queue opened by this session", objectId);
            return null;
        }
        return queue;
    }

    private static void checkLeased(final StoredQueue queue) {
        if (!queue.isLeased()) {
            throw new ProtocolException("acknowledgement to a queue without leases: objectId=" + queue.id());
        }
    }

    /** {@return the session's part in a queue, for messages that are not answered; null when the queue was deleted} */
    private Member honestMember(final Frame frame, final int objectId) {
        final StoredQueue queue = queue(objectId);
        final Member member = queue == null ? null : queue.member(frame.session());
        if (member == null && !core.objects.hasEnded(objectId)) {
            throw new ProtocolException("message for a queue that the session has not opened: templateId="
                    + frame.templateId() + " session=" + frame.session().id + " objectId=" + objectId);
        }
        return member;
    }

    /** {@return the priority that an item gets when this one is asked for} */
    private static long priority(final StoredQueue queue, final long asked) {
        return queue.kind() == Kind.PRIORITY_QUEUE ? asked : 0;
    }
}
