package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.ArrayAddDecoder;
import io.condatis.internal.protocol.sbe.ArrayGetDecoder;
import io.condatis.internal.protocol.sbe.ArraySetDecoder;
import io.condatis.internal.protocol.sbe.Condition;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.Status;
import org.agrona.concurrent.UnsafeBuffer;

/** The messages of arrays. */
final class ArrayType implements ObjectType {
    private final Core core;
    private final Answers answers;
    private final ArrayGetDecoder get = new ArrayGetDecoder();
    private final ArraySetDecoder set = new ArraySetDecoder();
    private final ArrayAddDecoder add = new ArrayAddDecoder();
    private final UnsafeBuffer elements = new UnsafeBuffer();
    private final UnsafeBuffer expected = new UnsafeBuffer();

    ArrayType(final Core core) {
        this.core = core;
        answers = core.answers;
    }

    @Override
    public Kind kind() {
        return Kind.ARRAY;
    }

    @Override
    public int[] templateIds() {
        return new int[] {ArrayGetDecoder.TEMPLATE_ID, ArraySetDecoder.TEMPLATE_ID, ArrayAddDecoder.TEMPLATE_ID};
    }

    @Override
    public String refusal(final long argument) {
        final int elementSize = StoredArray.elementSize(StoredArray.typeCode(argument));
        final long length = StoredArray.length(argument);
        if (elementSize == 0) {
            return "There is no type of elements with the code " + StoredArray.typeCode(argument) + ".";
        }
        if (length < 0 || length * elementSize > Integer.MAX_VALUE - 16) {
            return "There is no array of " + length + " elements.";
        }
        return null;
    }

    @Override
    public long cost(final long argument) {
        return StoredArray.cost(argument);
    }

    @Override
    public StoredObject create(final int id, final long argument) {
        return new StoredArray(core, id, argument);
    }

    @Override
    public StoredObject load(final int id, final long argument, final SnapshotReader in) {
        final StoredArray array = new StoredArray(core, id, argument);
        array.load(in);
        return array;
    }

    @Override
    public void onMessage(final Frame frame) {
        switch (frame.templateId()) {
            case ArrayGetDecoder.TEMPLATE_ID -> onGet(frame);
            case ArraySetDecoder.TEMPLATE_ID -> onSet(frame);
            default -> onAdd(frame);
        }
    }

    private void onGet(final Frame frame) {
        frame.check(ArrayGetDecoder.BLOCK_LENGTH, 0);
        get.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(get.correlation());
        final StoredArray array = array(frame, correlation, get.objectId());
        final int from = get.from();
        final long bytes = array == null ? 0 : (long) get.count() * array.elementSize();
        if (array == null || !isWithin(frame, correlation, array, from, get.count())) {
            return;
        }
        if (bytes > core.limits.maxValueBytes()) {
            core.replyTooLarge(frame, correlation, bytes);
        } else {
            reply(frame, correlation, Status.OK, array, from, (int) bytes);
        }
    }

    private void onSet(final Frame frame) {
        frame.check(ArraySetDecoder.BLOCK_LENGTH, 2);
        set.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(set.correlation());
        final StoredArray array = array(frame, correlation, set.objectId());
        final short condition = set.conditionRaw();
        final int from = set.from();
        set.wrapElements(elements);
        set.wrapExpected(expected);
        if (array == null) {
            return;
        }
        final int bytes = elements.capacity();
        if (bytes % array.elementSize() != 0
                || condition == Condition.IF_EQUAL.value() && expected.capacity() != bytes) {
            throw new ProtocolException("no whole elements: length=" + bytes + " expected=" + expected.capacity());
        }
        if (!isWithin(frame, correlation, array, from, bytes / array.elementSize())) {
            return;
        }
        if (condition > Condition.IF_EQUAL.value() || condition == Condition.IF_PRESENT.value()) {
            answers.reply(frame.session().id, correlation, Status.ILLEGAL, "No such condition: " + condition + ".");
        } else if (holds(array, condition, from)) {
            array.set(from, elements);
            answers.reply(frame.session().id, correlation, Status.OK, 0);
        } else {
            reply(frame, correlation, Status.REFUSED, array, from, Math.min(bytes, core.limits.maxValueBytes()));
        }
    }

    private boolean holds(final StoredArray array, final short condition, final int from) {
        return switch (Condition.get(condition)) {
            case IF_ABSENT -> !array.wasSet();
            case IF_EQUAL -> array.hasAt(from, expected);
            default -> true;
        };
    }

    private void onAdd(final Frame frame) {
        frame.check(ArrayAddDecoder.BLOCK_LENGTH, 0);
        add.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(add.correlation());
        final StoredArray array = array(frame, correlation, add.objectId());
        if (array != null && isWithin(frame, correlation, array, add.index(), 1)) {
            array.add(add.index(), add.operand());
            reply(frame, correlation, Status.OK, array, add.index(), array.elementSize());
        }
    }

    private void reply(
            final Frame frame,
            final long correlation,
            final Status status,
            final StoredArray array,
            final int from,
            final int bytes) {
        answers.scratch().putBytes(Body.REPLY_PREFIX, array.elements(), from * array.elementSize(), bytes);
        answers.replyScratch(frame.session().id, correlation, status, 0, bytes);
    }

    private boolean isWithin(
            final Frame frame, final long correlation, final StoredArray array, final int from, final int count) {
        if (from >= 0 && count >= 0 && (long) from + count <= array.length()) {
            return true;
        }
        answers.reply(
                frame.session().id,
                correlation,
                Status.OUT_OF_BOUNDS,
                "There is no range of " + count + " elements from index " + from + " in an array of " + array.length()
                        + ".");
        return false;
    }

    private StoredArray array(final Frame frame, final long correlation, final int objectId) {
        if (core.objects.get(objectId) instanceof StoredArray array) {
            return array;
        }
        core.replyNoSuchObject(frame, correlation, "array", objectId);
        return null;
    }
}
