package io.condatis.internal.store;

import io.condatis.internal.protocol.ItemRun;
import io.condatis.internal.protocol.sbe.DeliveriesEncoder;
import io.condatis.internal.protocol.sbe.DeliveryEncoder;
import io.condatis.internal.protocol.sbe.Flag;
import io.condatis.internal.protocol.sbe.LostEncoder;
import io.condatis.internal.protocol.sbe.MessageHeaderEncoder;
import io.condatis.internal.protocol.sbe.OpenedEncoder;
import io.condatis.internal.protocol.sbe.ReplyEncoder;
import io.condatis.internal.protocol.sbe.Status;
import io.condatis.internal.protocol.sbe.VarDataEncodingEncoder;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.BitUtil;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes the messages that leave the store. */
final class Answers {
    private static final int RUN_PREFIX = MessageHeaderEncoder.ENCODED_LENGTH
            + DeliveriesEncoder.BLOCK_LENGTH
            + VarDataEncodingEncoder.varDataEncodingOffset();

    private final Outbox outbox;
    private final References references;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ReplyEncoder reply = new ReplyEncoder();
    private final OpenedEncoder opened = new OpenedEncoder();
    private final DeliveryEncoder delivery = new DeliveryEncoder();
    private final LostEncoder lost = new LostEncoder();
    private final DeliveriesEncoder deliveries = new DeliveriesEncoder();
    private final UnsafeBuffer run = new UnsafeBuffer(new byte[RUN_PREFIX + ItemRun.MAX_LENGTH]);
    private int runLength;
    private final ExpandableArrayBuffer scratch = new ExpandableArrayBuffer();
    private final UnsafeBuffer content = new UnsafeBuffer(new byte[0]);

    Answers(final Outbox outbox, final References references) {
        this.outbox = outbox;
        this.references = references;
    }

    void opened(final long session, final long correlation, final Holding holding, final int window) {
        opened.wrapAndApplyHeader(scratch, 0, header)
                .correlation(correlation)
                .objectId(holding.object.id())
                .window(window)
                .argument(holding.object.argument())
                .anonymous(holding.isAnonymous() ? Flag.YES : Flag.NO);
        outbox.send(session, scratch, 0, MessageHeaderEncoder.ENCODED_LENGTH + OpenedEncoder.BLOCK_LENGTH);
    }

    /** What a session held is not its any more. */
    void lost(final long session, final int objectId, final long fence) {
        lost.wrapAndApplyHeader(scratch, 0, header).objectId(objectId).fence(fence);
        outbox.send(session, scratch, 0, MessageHeaderEncoder.ENCODED_LENGTH + LostEncoder.BLOCK_LENGTH);
    }

    void reply(final long session, final long correlation, final Status status, final long number) {
        replyScratch(session, correlation, status, number, 0);
    }

    /** A reply whose value is a sentence for the user. */
    void reply(final long session, final long correlation, final Status status, final String sentence) {
        final byte[] text = sentence.getBytes(StandardCharsets.UTF_8);
        scratch.putBytes(Body.REPLY_PREFIX, text);
        replyScratch(session, correlation, status, 0, text.length);
    }

    /** A reply whose value is stored content, sent from where it lies. */
    void reply(final long session, final long correlation, final Status status, final long number, final Body body) {
        final int start = Body.OFFSET - Body.REPLY_PREFIX;
        references.sent(session, body);
        content.wrap(body.bytes());
        writeReply(content, start, correlation, status, number);
        putLength(content, Body.OFFSET, body.length());
        outbox.send(session, content, start, Body.REPLY_PREFIX + body.length());
    }

    /** {@return a buffer for the value of {@link #replyScratch}, to be written from {@link Body#REPLY_PREFIX} on} */
    MutableDirectBuffer scratch() {
        return scratch;
    }

    /** A reply whose value has been written to {@link #scratch()}. */
    void replyScratch(
            final long session, final long correlation, final Status status, final long number, final int valueLength) {
        writeReply(scratch, 0, correlation, status, number);
        putLength(scratch, Body.REPLY_PREFIX, valueLength);
        outbox.send(session, scratch, 0, Body.REPLY_PREFIX + valueLength);
    }

    /** An item for a consumer, sent from where it lies. */
    void delivery(final long session, final long correlation, final int queueId, final int sequence, final Item item) {
        final Body body = item.body;
        final int start = Body.OFFSET - Body.DELIVERY_PREFIX;
        references.sent(session, body);
        content.wrap(body.bytes());
        delivery.wrapAndApplyHeader(content, start, header)
                .correlation(correlation)
                .objectId(queueId)
                .sequence(sequence)
                .attempt(item.attempt);
        putLength(content, Body.OFFSET, body.length());
        outbox.send(session, content, start, Body.DELIVERY_PREFIX + body.length());
    }

    /** Begin a run of items, to be sent in one message. */
    void beginRun() {
        runLength = 0;
    }

    /** {@return whether the run has room for an item} */
    boolean fitsRun(final Item item) {
        return runLength + Item.runLength(item) <= ItemRun.MAX_LENGTH;
    }

    /** Append an item for a session, for which there is room. */
    void addToRun(final long session, final Item item) {
        references.sent(session, item.body);
        final Body body = item.body;
        final int at = ItemRun.putHeader(run, RUN_PREFIX + runLength, item.attempt, body.length());
        run.putBytes(at, body.bytes(), Body.OFFSET, body.length());
        runLength += ItemRun.HEADER_LENGTH + body.length();
    }

    /** Send the run and begin another; an empty one is sent only as the answer to a request. */
    void sendRun(final long session, final long correlation, final int queueId, final int first, final int count) {
        if (count > 0 || correlation != 0) {
            deliveries
                    .wrapAndApplyHeader(run, 0, header)
                    .correlation(correlation)
                    .objectId(queueId)
                    .sequence(first)
                    .count(count);
            putLength(run, RUN_PREFIX, runLength);
            outbox.send(session, run, 0, RUN_PREFIX + runLength);
        }
        beginRun();
    }

    private void writeReply(
            final MutableDirectBuffer buffer,
            final int offset,
            final long correlation,
            final Status status,
            final long number) {
        reply.wrapAndApplyHeader(buffer, offset, header)
                .correlation(correlation)
                .number(number)
                .status(status);
    }

    private static void putLength(final MutableDirectBuffer buffer, final int contentOffset, final int length) {
        buffer.putInt(contentOffset - BitUtil.SIZE_OF_INT, length, ByteOrder.LITTLE_ENDIAN);
    }
}
