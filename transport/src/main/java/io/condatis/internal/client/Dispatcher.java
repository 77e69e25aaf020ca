package io.condatis.internal.client;

import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import io.condatis.internal.protocol.ChunkAssembler;
import io.condatis.internal.protocol.sbe.ChunkDecoder;
import io.condatis.internal.protocol.sbe.DeliveriesDecoder;
import io.condatis.internal.protocol.sbe.DeliveryDecoder;
import io.condatis.internal.protocol.sbe.DiscardDecoder;
import io.condatis.internal.protocol.sbe.Flag;
import io.condatis.internal.protocol.sbe.InvocationDecoder;
import io.condatis.internal.protocol.sbe.LostDecoder;
import io.condatis.internal.protocol.sbe.MakeDecoder;
import io.condatis.internal.protocol.sbe.MessageHeaderDecoder;
import io.condatis.internal.protocol.sbe.OpenedDecoder;
import io.condatis.internal.protocol.sbe.RejectDecoder;
import io.condatis.internal.protocol.sbe.ReplyDecoder;
import io.condatis.internal.protocol.sbe.Status;
import io.condatis.internal.protocol.sbe.WelcomeDecoder;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.agrona.DirectBuffer;

/** Hands each message from the server to whom it is for; called by the one thread that leads. */
final class Dispatcher implements FragmentHandler {
    private final Calls calls;
    private final ConcurrentHashMap<Integer, WeakReference<RemoteQueue>> queues = new ConcurrentHashMap<>();
    /** A named queue stays: what came ahead for it would be lost with it. */
    private final ConcurrentHashMap<Integer, RemoteQueue> namedQueues = new ConcurrentHashMap<>();

    private final ConcurrentHashMap<Integer, Keeper> possessions = new ConcurrentHashMap<>();

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final WelcomeDecoder welcome = new WelcomeDecoder();
    private final RejectDecoder reject = new RejectDecoder();
    private final OpenedDecoder opened = new OpenedDecoder();
    private final ReplyDecoder reply = new ReplyDecoder();
    private final DeliveryDecoder delivery = new DeliveryDecoder();
    private final LostDecoder lost = new LostDecoder();
    private final DeliveriesDecoder deliveries = new DeliveriesDecoder();
    private WeakReference<RemoteQueue> lastQueue;
    private int lastQueueId;
    private final MakeDecoder make = new MakeDecoder();
    private final InvocationDecoder invocation = new InvocationDecoder();
    private final DiscardDecoder discard = new DiscardDecoder();
    private final ChunkAssembler chunks = new ChunkAssembler();
    private volatile boolean welcomed;
    private volatile String rejection;
    private volatile CustomHandler customHandler;

    Dispatcher(final Calls calls) {
        this.calls = calls;
    }

    boolean isWelcome() {
        return welcomed;
    }

    /** Who makes and runs custom objects. */
    void customHandler(final CustomHandler handler) {
        customHandler = handler;
    }

    /** Why the server ended the session, or null. */
    String rejection() {
        return rejection;
    }

    /** The one queue object of this connection for an object of the server. */
    synchronized RemoteQueue queue(
            final ObjectReference reference, final Function<ObjectReference, RemoteQueue> maker) {
        final RemoteQueue present = queue(reference.objectId());
        if (present != null) {
            return present;
        }
        final RemoteQueue made = maker.apply(reference);
        queues.put(reference.objectId(), new WeakReference<>(made));
        if (!reference.isAnonymous()) {
            namedQueues.put(reference.objectId(), made);
        }
        return made;
    }

    /** The one object of this connection that knows what this process has of an object of the server. */
    synchronized Possession possession(
            final ObjectReference reference, final BiFunction<ObjectReference, Keeper, ? extends Possession> maker) {
        final Possession present = possession(reference.objectId());
        if (present != null) {
            return present;
        }
        final Keeper keeper = new Keeper(!reference.isAnonymous());
        final Possession made = keeper.know(maker.apply(reference, keeper));
        possessions.put(reference.objectId(), keeper);
        return made;
    }

    /** An object is not used by this process any more. */
    synchronized void forget(final int objectId) {
        if (queue(objectId) == null) {
            queues.remove(objectId);
        }
        if (possession(objectId) == null) {
            possessions.remove(objectId);
        }
    }

    private Possession possession(final int objectId) {
        final Keeper known = possessions.get(objectId);
        return known == null ? null : known.known();
    }

    private RemoteQueue queue(final int objectId) {
        final WeakReference<RemoteQueue> known = queues.get(objectId);
        return known == null ? null : known.get();
    }

    @Override
    public void onFragment(final DirectBuffer buffer, final int offset, final int length, final Header ignored) {
        header.wrap(buffer, offset);
        final int body = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        switch (header.templateId()) {
            case ReplyDecoder.TEMPLATE_ID -> onReply(buffer, body);
            case DeliveriesDecoder.TEMPLATE_ID -> onDeliveries(buffer, body);
            case DeliveryDecoder.TEMPLATE_ID -> onDelivery(buffer, body);
            case LostDecoder.TEMPLATE_ID -> onLost(buffer, body);
            case OpenedDecoder.TEMPLATE_ID -> onOpened(buffer, body);
            case WelcomeDecoder.TEMPLATE_ID -> welcomed = true;
            case RejectDecoder.TEMPLATE_ID -> onReject(buffer, body);
            case ChunkDecoder.TEMPLATE_ID -> onChunk(buffer, offset, length);
            default -> onCustom(buffer, body);
        }
    }

    /** For those who run custom objects; a newer server may also tell what this client cannot use. */
    private void onCustom(final DirectBuffer buffer, final int body) {
        final CustomHandler handler = customHandler;
        if (handler == null) {
            return;
        }
        if (header.templateId() == InvocationDecoder.TEMPLATE_ID) {
            invocation.wrap(buffer, body, header.blockLength(), header.version());
            final int length = invocation.argumentsLength();
            final int start = invocation.limit() + InvocationDecoder.argumentsHeaderLength();
            handler.onInvocation(
                    invocation.number(), invocation.objectId(), invocation.method(), buffer, start, length);
        } else if (header.templateId() == MakeDecoder.TEMPLATE_ID) {
            make.wrap(buffer, body, header.blockLength(), header.version());
            final int length = make.argumentsLength();
            final int start = make.limit() + MakeDecoder.argumentsHeaderLength();
            handler.onMake(make.number(), make.objectId(), make.typeIndex(), buffer, start, length);
        } else if (header.templateId() == DiscardDecoder.TEMPLATE_ID) {
            discard.wrap(buffer, body, header.blockLength(), header.version());
            handler.onDiscard(discard.objectId());
        }
    }

    private void onChunk(final DirectBuffer buffer, final int offset, final int length) {
        final DirectBuffer whole = chunks.add(buffer, offset, length);
        if (whole != null) {
            onFragment(whole, 0, chunks.length(), null);
        }
    }

    private void onReply(final DirectBuffer buffer, final int body) {
        reply.wrap(buffer, body, header.blockLength(), header.version());
        final Call call = calls.waiting(reply.correlation());
        if (call != null) {
            final long number = reply.number();
            final Status status = reply.status();
            final int length = reply.valueLength();
            call.answer(status, number, buffer, reply.limit() + ReplyDecoder.valueHeaderLength(), length);
        }
    }

    private void onOpened(final DirectBuffer buffer, final int body) {
        opened.wrap(buffer, body, header.blockLength(), header.version());
        final Call call = calls.waiting(opened.correlation());
        if (call != null) {
            call.opened(opened.objectId(), opened.window(), opened.argument(), opened.anonymous() == Flag.YES);
        }
    }

    private void onDelivery(final DirectBuffer buffer, final int body) {
        delivery.wrap(buffer, body, header.blockLength(), header.version());
        final long correlation = delivery.correlation();
        final int objectId = delivery.objectId();
        final int sequence = delivery.sequence();
        final int attempt = delivery.attempt();
        final int length = delivery.bodyLength();
        final int start = delivery.limit() + DeliveryDecoder.bodyHeaderLength();
        final RemoteQueue queue = receiver(objectId);
        if (queue == null) {
            return;
        }
        if (correlation == 0) {
            queue.onAhead(sequence, attempt, buffer, start, length);
            return;
        }
        final Call call = calls.waiting(correlation);
        if (call != null && queue.onGranted(call.thread(), sequence)) {
            call.deliver(sequence, attempt, buffer, start, length);
            call.finish();
        }
    }

    private void onDeliveries(final DirectBuffer buffer, final int body) {
        deliveries.wrap(buffer, body, header.blockLength(), header.version());
        final long correlation = deliveries.correlation();
        final int sequence = deliveries.sequence();
        final int count = deliveries.count();
        final RemoteQueue queue = receiver(deliveries.objectId());
        final int length = deliveries.itemsLength();
        final int start = deliveries.limit() + DeliveriesDecoder.itemsHeaderLength();
        if (queue != null && count > 0) {
            queue.onAheadRun(sequence, count, buffer, start, length);
        }
        final Call call = correlation == 0 ? null : calls.waiting(correlation);
        if (call != null) {
            call.deliveredAhead();
        }
    }

    /** The queue of the last delivery is most often that of the next. */
    private RemoteQueue receiver(final int objectId) {
        RemoteQueue queue = lastQueue == null || lastQueueId != objectId ? null : lastQueue.get();
        if (queue == null) {
            lastQueue = queues.get(objectId);
            lastQueueId = objectId;
            queue = lastQueue == null ? null : lastQueue.get();
        }
        return queue;
    }

    private void onLost(final DirectBuffer buffer, final int body) {
        lost.wrap(buffer, body, header.blockLength(), header.version());
        final Possession possession = possession(lost.objectId());
        if (possession != null) {
            possession.onLost(lost.fence());
        }
    }

    private void onReject(final DirectBuffer buffer, final int body) {
        reject.wrap(buffer, body, header.blockLength(), header.version());
        rejection = reject.reason();
    }
}
