package io.condatis.internal.store;

import io.condatis.internal.protocol.EntryPage;
import io.condatis.internal.protocol.ReferenceDescriptor;
import io.condatis.internal.protocol.sbe.DiscardEncoder;
import io.condatis.internal.protocol.sbe.InvocationEncoder;
import io.condatis.internal.protocol.sbe.MakeEncoder;
import io.condatis.internal.protocol.sbe.MessageHeaderEncoder;
import io.condatis.internal.protocol.sbe.Status;
import io.condatis.internal.protocol.sbe.VarDataEncodingEncoder;
import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What custom objects send, to their provider and to those who wait for it; and the bytes of calls that have not ended. */
final class CustomMessages {
    private static final int PREFIX = prefix(InvocationEncoder.BLOCK_LENGTH);

    /** Of the arguments of calls that have not ended. */
    final Budget bytes;

    private final Core core;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MakeEncoder make = new MakeEncoder();
    private final InvocationEncoder invocation = new InvocationEncoder();
    private final DiscardEncoder discard = new DiscardEncoder();
    private final ExpandableArrayBuffer small = new ExpandableArrayBuffer(64);
    private final UnsafeBuffer content = new UnsafeBuffer(new byte[0]);
    private final Body passing = new Body();
    private final EntryPage.Reader page = new EntryPage.Reader();

    CustomMessages(final Core core) {
        this.core = core;
        bytes = new Budget(core.limits.maxCallBytes(), core.budget);
    }

    /** {@return why these arguments cannot be passed on, or null when they can} */
    String refusal(final DirectBuffer arguments) {
        page.wrap(arguments, 0, arguments.capacity());
        String refusal = null;
        while (next()) {
            if (refusal == null) {
                refusal = core.references.refusal(arguments, page.valueOffset(), page.valueLength());
            }
        }
        return refusal;
    }

    private boolean next() {
        try {
            return page.next();
        } catch (final IllegalArgumentException e) {
            throw new ProtocolException(e.getMessage());
        }
    }

    void sendMake(final StoredCustom object, final long number, final DirectBuffer arguments) {
        passing.set(arguments, 0, arguments.capacity());
        content.wrap(passing.bytes());
        final int start = Body.OFFSET - PREFIX;
        make.wrapAndApplyHeader(content, start, header)
                .number(number)
                .objectId(object.id())
                .typeIndex(object.provider().index());
        send(object, start, passing.length());
    }

    void sendInvocation(final StoredCustom object, final Waiter waiter) {
        final Body body = waiter.item.body;
        content.wrap(body.bytes());
        final int start = Body.OFFSET - PREFIX;
        invocation
                .wrapAndApplyHeader(content, start, header)
                .number(waiter.number)
                .objectId(object.id())
                .method(waiter.item.sequence);
        send(object, start, body.length());
    }

    private void send(final StoredCustom object, final int start, final int length) {
        final Session session = object.provider().session();
        content.putInt(Body.OFFSET - BitUtil.SIZE_OF_INT, length, ByteOrder.LITTLE_ENDIAN);
        page.wrap(content, Body.OFFSET, length);
        while (page.next()) {
            give(session, content, page.valueOffset(), page.valueLength());
        }
        core.outbox.send(session.id, content, start, PREFIX + length);
    }

    void sendDiscard(final StoredCustom object) {
        discard.wrapAndApplyHeader(small, 0, header).objectId(object.id());
        core.outbox.send(
                object.provider().session().id,
                small,
                0,
                MessageHeaderEncoder.ENCODED_LENGTH + DiscardEncoder.BLOCK_LENGTH);
    }

    void opened(final Session session, final long correlation, final Holding holding) {
        core.references.give(session, holding.object.id());
        core.answers.opened(session.id, correlation, holding, holding.object.attach(session));
    }

    /** Answer a waiter, who is removed already, with what the provider says. */
    void relay(final Waiter waiter, final Status status, final DirectBuffer value) {
        final int length = value.capacity();
        final String refusal = core.references.refusal(value, 0, length);
        if (length > core.limits.maxValueBytes()) {
            core.answers.reply(
                    waiter.session.id,
                    waiter.correlation,
                    Status.LIMIT,
                    "The result is too large: " + length + " bytes, and the limit is " + core.limits.maxValueBytes()
                            + " (maxValueBytes).");
        } else if (refusal != null) {
            core.answers.reply(waiter.session.id, waiter.correlation, Status.ILLEGAL, refusal);
        } else {
            passing.set(value, 0, length);
            core.answers.reply(waiter.session.id, waiter.correlation, status, 0, passing);
        }
    }

    private void give(final Session session, final DirectBuffer buffer, final int offset, final int length) {
        if (ReferenceDescriptor.isReference(buffer, offset, length)) {
            core.references.give(session, ReferenceDescriptor.objectId(buffer, offset));
        }
    }

    private static int prefix(final int blockLength) {
        return MessageHeaderEncoder.ENCODED_LENGTH + blockLength + VarDataEncodingEncoder.varDataEncodingOffset();
    }
}
