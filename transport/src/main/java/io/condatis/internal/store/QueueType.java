package io.condatis.internal.store;

import io.condatis.internal.protocol.EntryPage;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.QueueAckDecoder;
import io.condatis.internal.protocol.sbe.QueueJoinDecoder;
import io.condatis.internal.protocol.sbe.QueuePutDecoder;
import io.condatis.internal.protocol.sbe.QueueScanDecoder;
import io.condatis.internal.protocol.sbe.QueueSizeDecoder;
import io.condatis.internal.protocol.sbe.QueueTakeDecoder;
import io.condatis.internal.protocol.sbe.QueueTakenDecoder;
import io.condatis.internal.protocol.sbe.Status;
import org.agrona.concurrent.UnsafeBuffer;

/** The messages of joinable queues. */
final class QueueType implements ObjectType {
    private final Core core;

    private final QueuePutDecoder put = new QueuePutDecoder();
    private final QueueTakeDecoder take = new QueueTakeDecoder();
    private final QueueAckDecoder ack = new QueueAckDecoder();
    private final QueueTakenDecoder taken = new QueueTakenDecoder();
    private final QueueJoinDecoder join = new QueueJoinDecoder();
    private final QueueSizeDecoder size = new QueueSizeDecoder();
    private final QueueScanDecoder scan = new QueueScanDecoder();
    private final UnsafeBuffer body = new UnsafeBuffer();
    private final EntryPage.Writer page = new EntryPage.Writer();

    QueueType(final Core core) {
        this.core = core;
    }

    @Override
    public Kind kind() {
        return Kind.JOINABLE_QUEUE;
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
        return new StoredQueue(core, id, (int) capacity);
    }

    @Override
    public StoredObject load(final int id, final long capacity, final SnapshotReader in) {
        final StoredQueue queue = new StoredQueue(core, id, (int) capacity);
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
            default -> onScan(frame);
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
            queue(objectId).putWithCredit(member, body);
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
            queue.put(frame, correlation, put.timeoutNs(), body);
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
            queue(ack.objectId()).acknowledge(member, ack.sequence());
        }
    }

    private void onTaken(final Frame frame) {
        frame.check(QueueTakenDecoder.BLOCK_LENGTH, 0);
        taken.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final Member member = honestMember(frame, taken.objectId());
        if (member != null) {
            queue(taken.objectId()).taken(member);
        }
    }

    private void onJoin(final Frame frame) {
        frame.check(QueueJoinDecoder.BLOCK_LENGTH, 0);
        join.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(join.correlation());
        final StoredQueue queue = openedQueue(frame, correlation, join.objectId());
        if (queue != null) {
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
        final int most = Math.min(scan.maxBytes(), core.limits.maxValueBytes());
        page.wrap(core.answers.scratch(), Body.REPLY_PREFIX);
        long cursor = scan.cursor();
        Item item = queue.untakenAfter(cursor);
        while (item != null && (page.length() == 0 || page.length() + pageLength(item) <= most)) {
            body.wrap(item.body.bytes());
            page.key(body, 0, 0);
            page.value(body, Body.OFFSET, item.body.length());
            core.references.sent(frame.session().id, item.body);
            cursor = item.arrival;
            item = item.next;
        }
        core.answers.replyScratch(frame.session().id, correlation, Status.OK, item == null ? 0 : cursor, page.length());
    }

    private static long pageLength(final Item item) {
        return (long) EntryPage.ENTRY_OVERHEAD + item.body.length();
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
}
