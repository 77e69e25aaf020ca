package io.condatis.internal.store;

import io.condatis.internal.protocol.ItemRun;
import io.condatis.internal.protocol.sbe.DeliveriesDecoder;
import io.condatis.internal.protocol.sbe.DeliveryDecoder;
import io.condatis.internal.protocol.sbe.DiscardDecoder;
import io.condatis.internal.protocol.sbe.InvocationDecoder;
import io.condatis.internal.protocol.sbe.LostDecoder;
import io.condatis.internal.protocol.sbe.MakeDecoder;
import io.condatis.internal.protocol.sbe.MessageHeaderDecoder;
import io.condatis.internal.protocol.sbe.OpenedDecoder;
import io.condatis.internal.protocol.sbe.ReplyDecoder;
import io.condatis.internal.protocol.sbe.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * A message that a session received, decoded.
 *
 * @param session that received it
 * @param correlation of the request it answers, or 0
 * @param status of a Reply, null for others
 * @param number of a Reply, fence of a Lost, otherwise the object's id
 * @param position sequence of a Delivery, window of an Opened, object of a Lost
 * @param attempt of a Delivery; for a provider what is asked, negative
 * @param value of a Reply, body of a Delivery; for a provider, type or method (one byte) and arguments
 */
record Received(long session, long correlation, Status status, long number, int position, int attempt, byte[] value) {
    static final int MAKE = -1;
    static final int INVOCATION = -2;
    static final int DISCARD = -3;

    private static byte[] prepend(final int first, final byte[] rest) {
        final byte[] all = new byte[1 + rest.length];
        all[0] = (byte) first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }

    /** {@return a message; of several deliveries each one, and behind them the answer to the request if there was one} */
    static List<Received> decodeAll(final long session, final DirectBuffer buffer, final int offset, final int length) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, offset);
        return header.templateId() == DeliveriesDecoder.TEMPLATE_ID
                ? deliveries(session, buffer, offset, length, header)
                : List.of(decode(session, buffer, offset, length));
    }

    private static List<Received> deliveries(
            final long session,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final MessageHeaderDecoder header) {
        final DeliveriesDecoder deliveries = new DeliveriesDecoder().wrapAndApplyHeader(buffer, offset, header);
        final List<Received> items = new ArrayList<>();
        final int first = deliveries.sequence();
        final long correlation = deliveries.correlation();
        final int objectId = deliveries.objectId();
        final int count = deliveries.count();
        final int runLength = deliveries.itemsLength();
        final int start = deliveries.limit() + DeliveriesDecoder.itemsHeaderLength();
        final ItemRun.Reader run = new ItemRun.Reader().wrap(buffer, start, runLength);
        checkLength(length, start + runLength - offset - MessageHeaderDecoder.ENCODED_LENGTH);
        while (run.next()) {
            final byte[] body = new byte[run.bodyLength()];
            buffer.getBytes(run.bodyOffset(), body);
            items.add(new Received(session, 0, null, objectId, first + items.size(), run.attempt(), body));
        }
        if (count != items.size()) {
            throw new AssertionError("a run of " + items.size() + " items says that it has " + count);
        }
        if (correlation != 0) {
            items.add(new Received(session, correlation, Status.OK, count, 0, 0, new byte[0]));
        }
        return items;
    }

    static Received decode(final long session, final DirectBuffer buffer, final int offset, final int length) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, offset);
        return switch (header.templateId()) {
            case OpenedDecoder.TEMPLATE_ID -> opened(session, buffer, offset, length, header);
            case ReplyDecoder.TEMPLATE_ID -> reply(session, buffer, offset, length, header);
            case DeliveryDecoder.TEMPLATE_ID -> delivery(session, buffer, offset, length, header);
            case LostDecoder.TEMPLATE_ID -> lost(session, buffer, offset, length, header);
            case MakeDecoder.TEMPLATE_ID -> {
                final MakeDecoder make = new MakeDecoder().wrapAndApplyHeader(buffer, offset, header);
                final int type = make.typeIndex();
                final byte[] arguments = new byte[make.argumentsLength()];
                make.getArguments(arguments, 0, arguments.length);
                checkLength(length, make.encodedLength());
                yield new Received(session, 0, null, make.number(), make.objectId(), MAKE, prepend(type, arguments));
            }
            case InvocationDecoder.TEMPLATE_ID -> {
                final InvocationDecoder invocation = new InvocationDecoder().wrapAndApplyHeader(buffer, offset, header);
                final int method = invocation.method();
                final byte[] arguments = new byte[invocation.argumentsLength()];
                invocation.getArguments(arguments, 0, arguments.length);
                checkLength(length, invocation.encodedLength());
                yield new Received(
                        session,
                        0,
                        null,
                        invocation.number(),
                        invocation.objectId(),
                        INVOCATION,
                        prepend(method, arguments));
            }
            case DiscardDecoder.TEMPLATE_ID -> {
                final DiscardDecoder discard = new DiscardDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield new Received(session, 0, null, 0, discard.objectId(), DISCARD, new byte[0]);
            }
            default -> throw new AssertionError("unexpected template " + header.templateId());
        };
    }

    boolean isOpened() {
        return status == null && attempt == 0;
    }

    boolean isDelivery() {
        return attempt > 0;
    }

    String text() {
        return new String(value, StandardCharsets.UTF_8);
    }

    private static Received opened(
            final long session,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final MessageHeaderDecoder header) {
        final OpenedDecoder opened = new OpenedDecoder().wrapAndApplyHeader(buffer, offset, header);
        checkLength(length, opened.encodedLength());
        return new Received(session, opened.correlation(), null, opened.objectId(), opened.window(), 0, new byte[0]);
    }

    private static Received reply(
            final long session,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final MessageHeaderDecoder header) {
        final ReplyDecoder reply = new ReplyDecoder().wrapAndApplyHeader(buffer, offset, header);
        final byte[] value = new byte[reply.valueLength()];
        reply.getValue(value, 0, value.length);
        checkLength(length, reply.encodedLength());
        return new Received(session, reply.correlation(), reply.status(), reply.number(), 0, 0, value);
    }

    private static Received delivery(
            final long session,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final MessageHeaderDecoder header) {
        final DeliveryDecoder delivery = new DeliveryDecoder().wrapAndApplyHeader(buffer, offset, header);
        final byte[] body = new byte[delivery.bodyLength()];
        delivery.getBody(body, 0, body.length);
        checkLength(length, delivery.encodedLength());
        return new Received(
                session,
                delivery.correlation(),
                null,
                delivery.objectId(),
                delivery.sequence(),
                delivery.attempt(),
                body);
    }

    private static Received lost(
            final long session,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final MessageHeaderDecoder header) {
        final LostDecoder lost = new LostDecoder().wrapAndApplyHeader(buffer, offset, header);
        checkLength(length, lost.encodedLength());
        return new Received(session, 0, null, lost.fence(), lost.objectId(), 0, new byte[0]);
    }

    private static void checkLength(final int length, final int encodedLength) {
        if (length != MessageHeaderDecoder.ENCODED_LENGTH + encodedLength) {
            throw new AssertionError("sent " + length + " bytes of a message of " + encodedLength);
        }
    }
}
