package io.condatis.internal.store;

import io.condatis.internal.protocol.EntryPage;
import io.condatis.internal.protocol.sbe.CustomCallDecoder;
import io.condatis.internal.protocol.sbe.CustomOpenDecoder;
import io.condatis.internal.protocol.sbe.CustomResultDecoder;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.ProvideDecoder;
import io.condatis.internal.protocol.sbe.Status;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** The messages of custom objects and of those who run them. */
final class CustomType implements ObjectType {
    private static final long FOR_EVER = -1;
    private static final List<Status> RESULTS = List.of(Status.OK, Status.FAILED, Status.ILLEGAL);

    private final Core core;
    private final CustomMessages messages;
    private final ProvideDecoder provide = new ProvideDecoder();
    private final CustomOpenDecoder open = new CustomOpenDecoder();
    private final CustomCallDecoder call = new CustomCallDecoder();
    private final CustomResultDecoder result = new CustomResultDecoder();
    private final UnsafeBuffer content = new UnsafeBuffer(0, 0);
    private final EntryPage.Reader page = new EntryPage.Reader();

    CustomType(final Core core) {
        this.core = core;
        messages = new CustomMessages(core);
    }

    @Override
    public Kind kind() {
        return Kind.CUSTOM;
    }

    @Override
    public int[] templateIds() {
        return new int[] {
            ProvideDecoder.TEMPLATE_ID,
            CustomOpenDecoder.TEMPLATE_ID,
            CustomCallDecoder.TEMPLATE_ID,
            CustomResultDecoder.TEMPLATE_ID,
        };
    }

    @Override
    public String refusal(final long argument) {
        return "A custom object is made by CustomOpen, which names its type.";
    }

    @Override
    public StoredObject create(final int id, final long argument) {
        throw new IllegalStateException(refusal(argument));
    }

    @Override
    public StoredObject load(final int id, final long argument, final SnapshotReader in) {
        final String type = new String(in.takeBytes(), StandardCharsets.UTF_8);
        final StoredCustom object = new StoredCustom(core, messages, id, core.providers.get(type));
        object.load(in);
        return object;
    }

    @Override
    public void onMessage(final Frame frame) {
        switch (frame.templateId()) {
            case ProvideDecoder.TEMPLATE_ID -> onProvide(frame);
            case CustomOpenDecoder.TEMPLATE_ID -> onOpen(frame);
            case CustomCallDecoder.TEMPLATE_ID -> onCall(frame);
            default -> onResult(frame);
        }
    }

    private void onProvide(final Frame frame) {
        frame.check(ProvideDecoder.BLOCK_LENGTH, 1);
        provide.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(provide.correlation());
        provide.wrapTypes(content);
        final List<Provider> offered = offered(frame.session());
        for (final Provider provider : offered) {
            if (core.providers.get(provider.type()) != null) {
                refuse(
                        frame,
                        correlation,
                        Status.ILLEGAL,
                        "Custom objects of the type \"" + provider.type() + "\" are run by another process already.");
                return;
            }
        }
        if (core.providers.size() + offered.size() > core.limits.maxObjects()) {
            refuse(
                    frame,
                    correlation,
                    Status.LIMIT,
                    "Too many types: the limit is " + core.limits.maxObjects() + " (maxObjects).");
            return;
        }
        offered.forEach(core.providers::add);
        core.answers.reply(frame.session().id, correlation, Status.OK, 0);
    }

    private List<Provider> offered(final Session session) {
        final List<Provider> offered = new ArrayList<>();
        page.wrap(content, 0, content.capacity());
        try {
            while (page.next()) {
                if (page.keyLength() < 1 || page.valueLength() != BitUtil.SIZE_OF_LONG) {
                    throw new IllegalArgumentException("name of " + page.keyLength() + " bytes");
                }
                offered.add(new Provider(
                        content.getStringWithoutLengthUtf8(page.keyOffset(), page.keyLength()),
                        content.getLong(page.valueOffset(), ByteOrder.LITTLE_ENDIAN),
                        offered.size(),
                        session));
            }
        } catch (final IllegalArgumentException e) {
            throw new ProtocolException("types that are none: " + e.getMessage());
        }
        return offered;
    }

    private void onOpen(final Frame frame) {
        frame.check(CustomOpenDecoder.BLOCK_LENGTH, 3);
        open.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(open.correlation());
        final long digest = open.digest();
        final String type = open.typeName();
        final String name = open.name();
        open.wrapArguments(content);
        final String refusedArguments = messages.refusal(content);
        final Provider provider = core.providers.get(type);
        final Holding present = name.isEmpty() ? null : core.objects.holding(name);
        if (provider == null) {
            refuse(
                    frame,
                    correlation,
                    Status.ILLEGAL,
                    "No custom type \"" + type + "\" is registered with this manager, only " + core.providers.types()
                            + ".");
        } else if (provider.digest() != digest) {
            refuse(
                    frame,
                    correlation,
                    Status.ILLEGAL,
                    "The interface of the custom type \"" + type
                            + "\" is not the one that was registered, or another version of it.");
        } else if (present != null) {
            openPresent(frame, correlation, provider, present);
        } else if (name.getBytes(StandardCharsets.UTF_8).length > core.limits.maxNameBytes()) {
            refuse(
                    frame,
                    correlation,
                    Status.LIMIT,
                    "The name is too long: the limit is " + core.limits.maxNameBytes() + " bytes (maxNameBytes).");
        } else if (refusedArguments != null) {
            refuse(frame, correlation, Status.ILLEGAL, refusedArguments);
        } else if (hasRoom(frame, correlation)) {
            make(frame, correlation, provider, name);
        }
    }

    private boolean hasRoom(final Frame frame, final long correlation) {
        final String refusal = core.refusalOfOneMore();
        if (refusal != null) {
            refuse(frame, correlation, Status.LIMIT, refusal);
        } else if (content.capacity() > core.limits.maxValueBytes()) {
            core.replyTooLarge(frame, correlation, content.capacity());
        } else {
            return true;
        }
        return false;
    }

    private void openPresent(
            final Frame frame, final long correlation, final Provider provider, final Holding present) {
        if (!(present.object instanceof StoredCustom object) || object.provider() != provider) {
            refuse(
                    frame,
                    correlation,
                    Status.ILLEGAL,
                    "\"" + present.name + "\" is a "
                            + (present.object instanceof StoredCustom other
                                    ? "custom object of the type \""
                                            + other.provider().type() + "\""
                                    : present.object.kind().name())
                            + ", and one of the custom type \"" + provider.type() + "\" was asked for.");
        } else if (object.isMade()) {
            messages.opened(frame.session(), correlation, present);
        } else {
            core.waiters.park(frame, correlation, FOR_EVER, object, object.openers());
        }
    }

    private void make(final Frame frame, final long correlation, final Provider provider, final String name) {
        final StoredCustom object = new StoredCustom(core, messages, core.objects.nextId(), provider);
        if (core.waiters.park(frame, correlation, FOR_EVER, object, object.openers()) != null) {
            core.objects.add(name.isEmpty() ? null : name, object);
            provider.session().attach(object);
            object.make(content);
        }
    }

    private void onCall(final Frame frame) {
        frame.check(CustomCallDecoder.BLOCK_LENGTH, 1);
        call.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(call.correlation());
        final int method = call.method();
        call.wrapArguments(content);
        final String refusedArguments = messages.refusal(content);
        final long bytes = Item.cost(content.capacity());
        if (!(core.objects.get(call.objectId()) instanceof StoredCustom object)) {
            core.replyNoSuchObject(frame, correlation, "custom object", call.objectId());
        } else if (refusedArguments != null) {
            refuse(frame, correlation, Status.ILLEGAL, refusedArguments);
        } else if (content.capacity() > core.limits.maxValueBytes()) {
            core.replyTooLarge(frame, correlation, content.capacity());
        } else if (bytes > messages.bytes.left()) {
            refuse(
                    frame,
                    correlation,
                    Status.LIMIT,
                    "Too many bytes in calls that have not ended: the limit is " + messages.bytes.limit()
                            + " (maxCallBytes), " + messages.bytes.used() + " are in use and " + bytes
                            + " were to come.");
        } else if (!core.fits(bytes)) {
            core.replyTotalExceeded(frame, correlation);
        } else {
            park(frame, correlation, object, method);
        }
    }

    private void park(final Frame frame, final long correlation, final StoredCustom object, final int method) {
        final Waiter waiter = core.waiters.park(frame, correlation, FOR_EVER, object, object.calls());
        if (waiter != null) {
            waiter.item = core.items.take(content, 0, content.capacity());
            waiter.item.sequence = method;
            messages.bytes.use(waiter.item.cost());
            object.called();
        }
    }

    private void onResult(final Frame frame) {
        frame.check(CustomResultDecoder.BLOCK_LENGTH, 1);
        result.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final int objectId = result.objectId();
        final Status status = statusOf(result.statusRaw());
        result.wrapValue(content);
        if (core.objects.get(objectId) instanceof StoredCustom object) {
            if (object.provider().session() != frame.session() || status == null) {
                throw new ProtocolException("result from a session that does not run the object, or with a status that"
                        + " no result has: objectId=" + objectId + " status=" + result.statusRaw());
            }
            object.ended(result.number(), status, content);
        } else if (!core.objects.hasEnded(objectId)) {
            throw new ProtocolException("result of an object that is none: objectId=" + objectId);
        }
    }

    /** {@return the status that a result has, or null when it is none that a result may have} */
    private static Status statusOf(final short raw) {
        for (final Status status : RESULTS) {
            if (status.value() == raw) {
                return status;
            }
        }
        return null;
    }

    private void refuse(final Frame frame, final long correlation, final Status status, final String sentence) {
        core.answers.reply(frame.session().id, correlation, status, sentence);
    }
}
