package io.condatis.internal.store;

import io.condatis.internal.protocol.EntryPage;
import io.condatis.internal.protocol.sbe.Condition;
import io.condatis.internal.protocol.sbe.DictAddDecoder;
import io.condatis.internal.protocol.sbe.DictClearDecoder;
import io.condatis.internal.protocol.sbe.DictGetAllDecoder;
import io.condatis.internal.protocol.sbe.DictGetDecoder;
import io.condatis.internal.protocol.sbe.DictPopDecoder;
import io.condatis.internal.protocol.sbe.DictPutAllDecoder;
import io.condatis.internal.protocol.sbe.DictPutDecoder;
import io.condatis.internal.protocol.sbe.DictRemoveAllDecoder;
import io.condatis.internal.protocol.sbe.DictRemoveDecoder;
import io.condatis.internal.protocol.sbe.DictRetainAllDecoder;
import io.condatis.internal.protocol.sbe.DictScanDecoder;
import io.condatis.internal.protocol.sbe.DictSizeDecoder;
import io.condatis.internal.protocol.sbe.Flag;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.Status;
import org.agrona.concurrent.UnsafeBuffer;

/** The messages of dicts, and of all that is a dict on the wire. */
final class DictType implements ObjectType {
    private final Core core;
    private final Answers answers;

    private final DictGetDecoder get = new DictGetDecoder();
    private final DictPutDecoder put = new DictPutDecoder();
    private final DictRemoveDecoder remove = new DictRemoveDecoder();
    private final DictSizeDecoder size = new DictSizeDecoder();
    private final DictClearDecoder clear = new DictClearDecoder();
    private final DictScanDecoder scan = new DictScanDecoder();

    private final UnsafeBuffer key = new UnsafeBuffer();
    private final UnsafeBuffer value = new UnsafeBuffer();
    private final UnsafeBuffer expected = new UnsafeBuffer();
    private final UnsafeBuffer stored = new UnsafeBuffer();
    private final EntryPage.Writer page = new EntryPage.Writer();

    private final DictBatches batches;

    DictType(final Core core) {
        this.core = core;
        answers = core.answers;
        batches = new DictBatches(core, this);
    }

    @Override
    public Kind kind() {
        return Kind.DICT;
    }

    @Override
    public int[] templateIds() {
        return new int[] {
            DictGetDecoder.TEMPLATE_ID,
            DictPutDecoder.TEMPLATE_ID,
            DictRemoveDecoder.TEMPLATE_ID,
            DictSizeDecoder.TEMPLATE_ID,
            DictClearDecoder.TEMPLATE_ID,
            DictScanDecoder.TEMPLATE_ID,
            DictPutAllDecoder.TEMPLATE_ID,
            DictGetAllDecoder.TEMPLATE_ID,
            DictRemoveAllDecoder.TEMPLATE_ID,
            DictRetainAllDecoder.TEMPLATE_ID,
            DictPopDecoder.TEMPLATE_ID,
            DictAddDecoder.TEMPLATE_ID,
        };
    }

    @Override
    public String refusal(final long argument) {
        return argument == 0 ? null : "A dict has no argument: " + argument + " was given, and only 0 is legal.";
    }

    @Override
    public StoredObject create(final int id, final long argument) {
        return new StoredDict(core, id, Kind.DICT);
    }

    @Override
    public StoredObject load(final int id, final long argument, final SnapshotReader in) {
        final StoredDict dict = new StoredDict(core, id, Kind.DICT);
        dict.load(in);
        return dict;
    }

    @Override
    public void onMessage(final Frame frame) {
        switch (frame.templateId()) {
            case DictGetDecoder.TEMPLATE_ID -> onGet(frame);
            case DictPutDecoder.TEMPLATE_ID -> onPut(frame);
            case DictRemoveDecoder.TEMPLATE_ID -> onRemove(frame);
            case DictSizeDecoder.TEMPLATE_ID -> onSize(frame);
            case DictClearDecoder.TEMPLATE_ID -> onClear(frame);
            case DictScanDecoder.TEMPLATE_ID -> onScan(frame);
            default -> batches.onMessage(frame);
        }
    }

    private void onGet(final Frame frame) {
        frame.check(DictGetDecoder.BLOCK_LENGTH, 1);
        get.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(get.correlation());
        final StoredDict dict = dict(frame, correlation, get.objectId());
        if (dict == null) {
            return;
        }
        get.wrapKey(key);
        final Entry entry = dict.find(key);
        if (entry == null) {
            answers.reply(frame.session().id, correlation, Status.ABSENT, 0);
        } else {
            answers.reply(frame.session().id, correlation, Status.OK, 0, entry.value);
        }
    }

    private void onPut(final Frame frame) {
        frame.check(DictPutDecoder.BLOCK_LENGTH, 3);
        put.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(put.correlation());
        final StoredDict dict = dict(frame, correlation, put.objectId());
        if (dict == null || !isKnownCondition(frame, correlation, put.conditionRaw())) {
            return;
        }
        put.wrapKey(key);
        put.wrapValue(value);
        put.wrapExpected(expected);
        final Entry entry = dict.find(key);
        if (!holds(put.conditionRaw(), entry)) {
            replyPut(frame, correlation, Status.REFUSED, entry);
        } else if (fits(frame, correlation, entry)) {
            replyPut(frame, correlation, Status.OK, entry);
            store(dict, entry);
        }
    }

    /** Answer with what is stored now, which a put changes afterwards. */
    private void replyPut(final Frame frame, final long correlation, final Status status, final Entry present) {
        final int number = present == null ? 0 : 1;
        if (present != null && put.wantPreviousRaw() == Flag.YES.value()) {
            answers.reply(frame.session().id, correlation, status, number, present.value);
        } else {
            answers.reply(frame.session().id, correlation, status, number);
        }
    }

    private void store(final StoredDict dict, final Entry present) {
        if (present == null) {
            dict.add(key, value);
        } else {
            dict.replace(present, value);
        }
    }

    private boolean fits(final Frame frame, final long correlation, final Entry present) {
        final long bytes = (long) key.capacity() + value.capacity();
        if (bytes > core.limits.maxValueBytes()) {
            core.replyTooLarge(frame, correlation, bytes);
            return false;
        }
        if (core.refusesReference(frame, correlation, value)) {
            return false;
        }
        final long more = Entry.cost(key.capacity(), value.capacity()) - (present == null ? 0 : present.cost());
        if (more > 0 && !core.fits(more)) {
            core.replyTotalExceeded(frame, correlation);
            return false;
        }
        return true;
    }

    private void onRemove(final Frame frame) {
        frame.check(DictRemoveDecoder.BLOCK_LENGTH, 2);
        remove.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(remove.correlation());
        final short condition = remove.conditionRaw();
        final StoredDict dict = dict(frame, correlation, remove.objectId());
        if (dict == null) {
            return;
        }
        if (condition != Condition.ALWAYS.value() && condition != Condition.IF_EQUAL.value()) {
            replyBadCondition(frame, correlation, condition);
            return;
        }
        remove.wrapKey(key);
        remove.wrapExpected(expected);
        final Entry entry = dict.find(key);
        if (entry == null) {
            answers.reply(frame.session().id, correlation, Status.ABSENT, 0);
        } else if (!holds(condition, entry)) {
            answers.reply(frame.session().id, correlation, Status.REFUSED, 0, entry.value);
        } else {
            answers.reply(frame.session().id, correlation, Status.OK, 0, entry.value);
            dict.remove(entry);
        }
    }

    private void onSize(final Frame frame) {
        frame.check(DictSizeDecoder.BLOCK_LENGTH, 0);
        size.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(size.correlation());
        final StoredDict dict = dict(frame, correlation, size.objectId());
        if (dict != null) {
            answers.reply(frame.session().id, correlation, Status.OK, dict.size());
        }
    }

    private void onClear(final Frame frame) {
        frame.check(DictClearDecoder.BLOCK_LENGTH, 0);
        clear.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(clear.correlation());
        final StoredDict dict = dict(frame, correlation, clear.objectId());
        if (dict != null) {
            answers.reply(frame.session().id, correlation, Status.OK, dict.size());
            dict.clear();
        }
    }

    private void onScan(final Frame frame) {
        frame.check(DictScanDecoder.BLOCK_LENGTH, 0);
        scan.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(scan.correlation());
        final StoredDict dict = dict(frame, correlation, scan.objectId());
        if (dict == null) {
            return;
        }
        final int most = Math.min(scan.maxBytes(), core.limits.maxValueBytes());
        final boolean withValues = scan.withValuesRaw() == Flag.YES.value();
        final EntryOrder order = dict.order();
        page.wrap(answers.scratch(), Body.REPLY_PREFIX);
        long cursor = scan.cursor();
        Entry entry = order.after(cursor);
        while (entry != null && (page.length() == 0 || page.length() + pageLength(entry, withValues) <= most)) {
            write(page, entry, withValues);
            if (withValues) {
                core.references.sent(frame.session().id, entry.value);
            }
            cursor = entry.number;
            entry = order.after(entry);
        }
        final long next = entry == null ? 0 : cursor;
        answers.replyScratch(frame.session().id, correlation, Status.OK, next, page.length());
    }

    /** Append an entry to a page. */
    void write(final EntryPage.Writer target, final Entry entry, final boolean withValues) {
        stored.wrap(entry.key);
        target.key(stored, 0, entry.key.length);
        if (withValues) {
            stored.wrap(entry.value.bytes());
            target.value(stored, Body.OFFSET, entry.value.length());
        } else {
            target.noValue();
        }
    }

    static long pageLength(final Entry entry, final boolean withValues) {
        final int valueLength = withValues ? entry.value.length() : 0;
        return (long) EntryPage.ENTRY_OVERHEAD + entry.key.length + valueLength;
    }

    private boolean holds(final short condition, final Entry entry) {
        return switch (Condition.get(condition)) {
            case IF_ABSENT -> entry == null;
            case IF_PRESENT -> entry != null;
            case IF_EQUAL -> entry != null && entry.hasValue(expected);
            default -> true;
        };
    }

    private boolean isKnownCondition(final Frame frame, final long correlation, final short condition) {
        if (condition > Condition.IF_EQUAL.value()) {
            replyBadCondition(frame, correlation, condition);
            return false;
        }
        return true;
    }

    void replyBadCondition(final Frame frame, final long correlation, final short condition) {
        answers.reply(
                frame.session().id,
                correlation,
                Status.ILLEGAL,
                "No such condition for this request: " + condition + ".");
    }

    /** {@return the dict of that id, or null after it was answered that there is none} */
    StoredDict dict(final Frame frame, final long correlation, final int objectId) {
        if (core.objects.get(objectId) instanceof StoredDict dict) {
            return dict;
        }
        core.replyNoSuchObject(frame, correlation, "dict", objectId);
        return null;
    }
}
