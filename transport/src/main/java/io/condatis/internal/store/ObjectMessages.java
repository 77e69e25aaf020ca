package io.condatis.internal.store;

import io.condatis.internal.protocol.ConditionArgument;
import io.condatis.internal.protocol.EntryPage;
import io.condatis.internal.protocol.sbe.AttachDecoder;
import io.condatis.internal.protocol.sbe.DeleteDecoder;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.ObjectCountDecoder;
import io.condatis.internal.protocol.sbe.ObjectScanDecoder;
import io.condatis.internal.protocol.sbe.OpenDecoder;
import io.condatis.internal.protocol.sbe.ReleaseDecoder;
import io.condatis.internal.protocol.sbe.Status;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.agrona.BitUtil;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The messages about objects of every kind: they are made, found, listed, released and deleted. */
final class ObjectMessages {
    private static final int ROW_LENGTH = 1 + 2 * BitUtil.SIZE_OF_INT + BitUtil.SIZE_OF_LONG;

    private final Core core;
    private final List<ObjectType> types;
    private final OpenDecoder open = new OpenDecoder();
    private final AttachDecoder attach = new AttachDecoder();
    private final ReleaseDecoder release = new ReleaseDecoder();
    private final DeleteDecoder delete = new DeleteDecoder();
    private final ObjectScanDecoder scan = new ObjectScanDecoder();
    private final ObjectCountDecoder count = new ObjectCountDecoder();
    private final EntryPage.Writer page = new EntryPage.Writer();
    private final UnsafeBuffer name = new UnsafeBuffer(0, 0);
    private final ExpandableArrayBuffer row = new ExpandableArrayBuffer(ROW_LENGTH);

    ObjectMessages(final Core core, final List<ObjectType> types) {
        this.core = core;
        this.types = types;
    }

    /** {@return the type of that kind, or null} */
    ObjectType type(final int kind) {
        for (final ObjectType type : types) {
            if (type.kind().value() == kind) {
                return type;
            }
        }
        return null;
    }

    /** {@return whether the message was one of these} */
    boolean onMessage(final Frame frame) {
        switch (frame.templateId()) {
            case OpenDecoder.TEMPLATE_ID -> onOpen(frame);
            case AttachDecoder.TEMPLATE_ID -> onAttach(frame);
            case ReleaseDecoder.TEMPLATE_ID -> onRelease(frame);
            case DeleteDecoder.TEMPLATE_ID -> onDelete(frame);
            case ObjectScanDecoder.TEMPLATE_ID -> onScan(frame);
            case ObjectCountDecoder.TEMPLATE_ID -> onCount(frame);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void onOpen(final Frame frame) {
        frame.check(OpenDecoder.BLOCK_LENGTH, 1);
        open.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(open.correlation());
        final long argument = open.argument();
        final ObjectType type = type(open.kindRaw());
        final int nameLength = open.nameLength();
        if (type == null) {
            refuse(frame, correlation, Status.ILLEGAL, "There is no such kind of object: " + open.kindRaw() + ".");
        } else if (type.refusal(argument) != null) {
            refuse(frame, correlation, Status.ILLEGAL, type.refusal(argument));
        } else if (nameLength > core.limits.maxNameBytes()) {
            refuse(
                    frame,
                    correlation,
                    Status.LIMIT,
                    "The name is too long: " + nameLength + " bytes, and the limit is " + core.limits.maxNameBytes()
                            + " (maxNameBytes).");
        } else {
            final byte[] bytes = new byte[nameLength];
            open.getName(bytes, 0, nameLength);
            open(frame, correlation, type, argument, bytes);
        }
    }

    private void open(
            final Frame frame,
            final long correlation,
            final ObjectType type,
            final long argument,
            final byte[] nameBytes) {
        final String wanted = new String(nameBytes, StandardCharsets.UTF_8);
        final Holding present = core.objects.holding(wanted);
        final StoredObject object = present == null ? null : present.object;
        if (!Arrays.equals(nameBytes, wanted.getBytes(StandardCharsets.UTF_8))) {
            refuse(frame, correlation, Status.ILLEGAL, "A name is UTF-8 text.");
        } else if (present == null && core.refusalOfOneMore() != null) {
            refuse(frame, correlation, Status.LIMIT, core.refusalOfOneMore());
        } else if (present == null && !core.fits(type.cost(argument))) {
            core.replyTotalExceeded(frame, correlation);
        } else if (object != null && (object.kind() != type.kind() || object.argument() != argument)) {
            refuse(
                    frame,
                    correlation,
                    Status.ILLEGAL,
                    "\"" + wanted + "\" is a " + described(object.kind(), object.argument()) + ", and a "
                            + described(type.kind(), argument)
                            + " was asked for: ask for the same in every process, or use another name.");
        } else if (present != null) {
            opened(frame, correlation, present);
        } else if (core.fits(type.cost(argument))) {
            opened(frame, correlation, make(type, argument, wanted));
        } else {
            core.replyTotalExceeded(frame, correlation);
        }
    }

    /** In the words of the method that asks for it. */
    private static String described(final Kind kind, final long argument) {
        final String words = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return switch (kind) {
            case QUEUE, PRIORITY_QUEUE, JOINABLE_QUEUE -> words + " with maxsize=" + argument;
            case LOCK, REENTRANT_LOCK -> words + " with policy " + LockType.policyName(argument);
            case SEMAPHORE, BOUNDED_SEMAPHORE -> words + " with permits=" + argument;
            case BARRIER -> words + " with parties=" + argument;
            case ARRAY ->
                words + " of " + StoredArray.length(argument) + " '" + (char) StoredArray.typeCode(argument) + "'";
            case CONDITION -> words + " of the lock with the id " + ConditionArgument.lockId(argument);
            default -> words;
        };
    }

    private Holding make(final ObjectType type, final long argument, final String wanted) {
        return core.objects.add(wanted.isEmpty() ? null : wanted, type.create(core.objects.nextId(), argument));
    }

    private void opened(final Frame frame, final long correlation, final Holding holding) {
        final Session session = frame.session();
        core.references.give(session, holding.object.id());
        core.answers.opened(session.id, correlation, holding, holding.object.attach(session));
    }

    private void onAttach(final Frame frame) {
        frame.check(AttachDecoder.BLOCK_LENGTH, 0);
        attach.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(attach.correlation());
        final Holding holding = core.objects.holding(attach.objectId());
        if (holding == null) {
            core.replyNoSuchObject(frame, correlation, "object", attach.objectId());
        } else if (holding.object.kind().value() != attach.kindRaw()) {
            refuse(
                    frame,
                    correlation,
                    Status.ILLEGAL,
                    "The object with the id " + attach.objectId() + " is a " + holding.object.kind()
                            + ", and another kind was asked for.");
        } else {
            opened(frame, correlation, holding);
        }
    }

    private void onRelease(final Frame frame) {
        frame.check(ReleaseDecoder.BLOCK_LENGTH, 0);
        release.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final Session session = frame.session();
        final int objectId = release.objectId();
        if (core.references.giveBack(session, objectId, release.count())) {
            leave(session, core.objects.get(objectId));
        }
    }

    /** A session has given back its last reference to an object: nothing of the object is the session's any more. */
    private void leave(final Session session, final StoredObject object) {
        for (final Waiter waiter : session.waiters()) {
            if (waiter.object == object) {
                object.withdraw(waiter);
                core.answers.reply(session.id, waiter.correlation, Status.CANCELLED, 0);
            }
        }
        if (session.forget(object)) {
            object.detach(session);
        }
    }

    private void onDelete(final Frame frame) {
        frame.check(DeleteDecoder.BLOCK_LENGTH, 1);
        delete.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(delete.correlation());
        final Holding holding = core.objects.holding(delete.name());
        if (holding == null) {
            core.answers.reply(frame.session().id, correlation, Status.ABSENT, 0);
        } else {
            core.delete(holding);
            core.answers.reply(frame.session().id, correlation, Status.OK, 0);
        }
    }

    private void onScan(final Frame frame) {
        frame.check(ObjectScanDecoder.BLOCK_LENGTH, 0);
        scan.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(scan.correlation());
        final int most = Math.min(scan.maxBytes(), core.limits.maxValueBytes());
        page.wrap(core.answers.scratch(), Body.REPLY_PREFIX);
        long cursor = scan.cursor();
        Holding holding = core.objects.after((int) cursor);
        while (holding != null && (page.length() == 0 || page.length() + rowLength(holding) <= most)) {
            write(holding);
            cursor = holding.object.id();
            holding = holding.next;
        }
        core.answers.replyScratch(
                frame.session().id, correlation, Status.OK, holding == null ? 0 : cursor, page.length());
    }

    private void write(final Holding holding) {
        final byte[] bytes = holding.isAnonymous() ? new byte[0] : holding.name.getBytes(StandardCharsets.UTF_8);
        name.wrap(bytes);
        page.key(name, 0, bytes.length);
        row.putByte(0, (byte) holding.object.kind().value());
        row.putInt(1, holding.object.id(), ByteOrder.LITTLE_ENDIAN);
        row.putInt(1 + BitUtil.SIZE_OF_INT, holding.references, ByteOrder.LITTLE_ENDIAN);
        row.putLong(1 + 2 * BitUtil.SIZE_OF_INT, holding.object.argument(), ByteOrder.LITTLE_ENDIAN);
        page.value(row, 0, ROW_LENGTH);
    }

    private static long rowLength(final Holding holding) {
        final int most = holding.isAnonymous() ? 0 : 4 * holding.name.length();
        return (long) EntryPage.ENTRY_OVERHEAD + most + ROW_LENGTH;
    }

    private void onCount(final Frame frame) {
        frame.check(ObjectCountDecoder.BLOCK_LENGTH, 0);
        count.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(count.correlation());
        core.answers.reply(frame.session().id, correlation, Status.OK, core.objects.size());
    }

    private void refuse(final Frame frame, final long correlation, final Status status, final String sentence) {
        core.answers.reply(frame.session().id, correlation, status, sentence);
    }
}
