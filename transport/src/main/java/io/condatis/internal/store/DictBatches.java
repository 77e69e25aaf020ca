package io.condatis.internal.store;

import io.condatis.internal.protocol.EntryPage;
import io.condatis.internal.protocol.NumberForm;
import io.condatis.internal.protocol.sbe.Condition;
import io.condatis.internal.protocol.sbe.DictAddDecoder;
import io.condatis.internal.protocol.sbe.DictGetAllDecoder;
import io.condatis.internal.protocol.sbe.DictPopDecoder;
import io.condatis.internal.protocol.sbe.DictPutAllDecoder;
import io.condatis.internal.protocol.sbe.DictRemoveAllDecoder;
import io.condatis.internal.protocol.sbe.DictRetainAllDecoder;
import io.condatis.internal.protocol.sbe.Flag;
import io.condatis.internal.protocol.sbe.Status;
import org.agrona.concurrent.UnsafeBuffer;

/** The messages of dicts that do more than one step at once. */
final class DictBatches {
    private final Core core;
    private final DictType type;
    private final Answers answers;

    private final DictPutAllDecoder putAll = new DictPutAllDecoder();
    private final DictGetAllDecoder getAll = new DictGetAllDecoder();
    private final DictRemoveAllDecoder removeAll = new DictRemoveAllDecoder();
    private final DictPopDecoder pop = new DictPopDecoder();
    private final DictAddDecoder add = new DictAddDecoder();
    private final DictRetainAllDecoder retainAll = new DictRetainAllDecoder();

    private final UnsafeBuffer page = new UnsafeBuffer();
    private final UnsafeBuffer key = new UnsafeBuffer();
    private final UnsafeBuffer value = new UnsafeBuffer();
    private final UnsafeBuffer stored = new UnsafeBuffer();
    private final EntryPage.Reader entries = new EntryPage.Reader();
    private final EntryPage.Writer answer = new EntryPage.Writer();

    DictBatches(final Core core, final DictType type) {
        this.core = core;
        this.type = type;
        answers = core.answers;
    }

    void onMessage(final Frame frame) {
        switch (frame.templateId()) {
            case DictPutAllDecoder.TEMPLATE_ID -> onPutAll(frame);
            case DictGetAllDecoder.TEMPLATE_ID -> onGetAll(frame);
            case DictRemoveAllDecoder.TEMPLATE_ID -> onRemoveAll(frame);
            case DictPopDecoder.TEMPLATE_ID -> onPop(frame);
            case DictRetainAllDecoder.TEMPLATE_ID -> onRetainAll(frame);
            default -> onAdd(frame);
        }
    }

    private void onPutAll(final Frame frame) {
        frame.check(DictPutAllDecoder.BLOCK_LENGTH, 1);
        putAll.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(putAll.correlation());
        final short condition = putAll.conditionRaw();
        putAll.wrapEntries(page);
        checkPage();
        final StoredDict dict = type.dict(frame, correlation, putAll.objectId());
        if (dict == null) {
            return;
        }
        if (condition != Condition.ALWAYS.value() && condition != Condition.IF_ABSENT.value()) {
            type.replyBadCondition(frame, correlation, condition);
            return;
        }
        if (!fits(frame, correlation, dict)) {
            return;
        }
        long added = 0;
        entries.wrap(page, 0, page.capacity());
        while (nextEntry()) {
            final Entry present = dict.find(key);
            if (present == null) {
                dict.add(key, value);
                added++;
            } else if (condition == Condition.ALWAYS.value()) {
                dict.replace(present, value);
            }
        }
        answers.reply(frame.session().id, correlation, Status.OK, added);
    }

    /** Whether all entries of the page may be stored, as if they replaced nothing but what is present now. */
    private boolean fits(final Frame frame, final long correlation, final StoredDict dict) {
        long more = 0;
        entries.wrap(page, 0, page.capacity());
        while (nextEntry()) {
            final long bytes = (long) key.capacity() + value.capacity();
            if (bytes > core.limits.maxValueBytes()) {
                core.replyTooLarge(frame, correlation, bytes);
                return false;
            }
            if (core.refusesReference(frame, correlation, value)) {
                return false;
            }
            final Entry present = dict.find(key);
            more += Math.max(0, Entry.cost(key.capacity(), value.capacity()) - (present == null ? 0 : present.cost()));
        }
        if (more > 0 && !core.fits(more)) {
            core.replyTotalExceeded(frame, correlation);
            return false;
        }
        return true;
    }

    private void onGetAll(final Frame frame) {
        frame.check(DictGetAllDecoder.BLOCK_LENGTH, 1);
        getAll.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(getAll.correlation());
        getAll.wrapKeys(page);
        checkPage();
        final StoredDict dict = type.dict(frame, correlation, getAll.objectId());
        if (dict == null) {
            return;
        }
        final int most = Math.min(getAll.maxBytes(), core.limits.maxValueBytes());
        final boolean withValues = getAll.withValuesRaw() == Flag.YES.value();
        answer.wrap(answers.scratch(), Body.REPLY_PREFIX);
        long lookedUp = 0;
        entries.wrap(page, 0, page.capacity());
        while (nextEntry()) {
            final Entry entry = dict.find(key);
            if (entry != null) {
                if (answer.length() > 0 && answer.length() + DictType.pageLength(entry, withValues) > most) {
                    break;
                }
                write(frame, entry, withValues);
            }
            lookedUp++;
        }
        answers.replyScratch(frame.session().id, correlation, Status.OK, lookedUp, answer.length());
    }

    private void onRemoveAll(final Frame frame) {
        frame.check(DictRemoveAllDecoder.BLOCK_LENGTH, 1);
        removeAll.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(removeAll.correlation());
        removeAll.wrapKeys(page);
        checkPage();
        final StoredDict dict = type.dict(frame, correlation, removeAll.objectId());
        if (dict == null) {
            return;
        }
        long removed = 0;
        entries.wrap(page, 0, page.capacity());
        while (nextEntry()) {
            final Entry entry = dict.find(key);
            if (entry != null) {
                dict.remove(entry);
                removed++;
            }
        }
        answers.reply(frame.session().id, correlation, Status.OK, removed);
    }

    private void onRetainAll(final Frame frame) {
        frame.check(DictRetainAllDecoder.BLOCK_LENGTH, 1);
        retainAll.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(retainAll.correlation());
        retainAll.wrapKeys(page);
        checkPage();
        final StoredDict dict = type.dict(frame, correlation, retainAll.objectId());
        if (dict == null) {
            return;
        }
        final Wanted wanted = new Wanted(core.hashSeed());
        entries.wrap(page, 0, page.capacity());
        while (nextEntry()) {
            wanted.add(page, entries.keyOffset(), entries.keyLength());
        }
        final long before = dict.size();
        Entry entry = dict.order().after(0);
        while (entry != null) {
            final Entry next = dict.order().after(entry);
            if (!wanted.contains(entry.key, 0, entry.key.length)) {
                dict.remove(entry);
            }
            entry = next;
        }
        answers.reply(frame.session().id, correlation, Status.OK, before - dict.size());
    }

    private void onPop(final Frame frame) {
        frame.check(DictPopDecoder.BLOCK_LENGTH, 0);
        pop.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(pop.correlation());
        final StoredDict dict = type.dict(frame, correlation, pop.objectId());
        if (dict == null) {
            return;
        }
        final EntryOrder order = dict.order();
        final Entry entry = pop.lastRaw() == Flag.YES.value() ? order.last() : order.after(0);
        if (entry == null) {
            answers.reply(frame.session().id, correlation, Status.ABSENT, 0);
            return;
        }
        answer.wrap(answers.scratch(), Body.REPLY_PREFIX);
        write(frame, entry, true);
        answers.replyScratch(frame.session().id, correlation, Status.OK, 0, answer.length());
        dict.remove(entry);
    }

    private void onAdd(final Frame frame) {
        frame.check(DictAddDecoder.BLOCK_LENGTH, 2);
        add.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(add.correlation());
        final StoredDict dict = type.dict(frame, correlation, add.objectId());
        if (dict == null) {
            return;
        }
        add.wrapKey(key);
        add.wrapOperand(value);
        final Entry entry = dict.find(key);
        if (!NumberForm.isNumber(value, 0, value.capacity())) {
            answers.reply(frame.session().id, correlation, Status.ILLEGAL, "Only numbers can be added.");
        } else if (entry == null) {
            answers.reply(frame.session().id, correlation, Status.ABSENT, 0);
        } else if (add(entry)) {
            answers.reply(frame.session().id, correlation, Status.OK, 0, entry.value);
        } else {
            answers.reply(
                    frame.session().id,
                    correlation,
                    Status.ILLEGAL_STATE,
                    "The value is no number of the type that is to be added: addAndGet(key, long) adds to a Long.");
        }
    }

    /** Add in place: a sum is as long as what it was added to. */
    private boolean add(final Entry entry) {
        final Body body = entry.value;
        stored.wrap(body.bytes());
        return NumberForm.isNumber(stored, Body.OFFSET, body.length()) && NumberForm.add(stored, Body.OFFSET, value, 0);
    }

    private void write(final Frame frame, final Entry entry, final boolean withValues) {
        type.write(answer, entry, withValues);
        if (withValues) {
            core.references.sent(frame.session().id, entry.value);
        }
    }

    private boolean nextEntry() {
        if (!entries.next()) {
            return false;
        }
        key.wrap(page, entries.keyOffset(), entries.keyLength());
        value.wrap(page, entries.valueOffset(), entries.valueLength());
        return true;
    }

    /** Throws unless the whole page can be walked, so that nothing is half done. */
    private void checkPage() {
        entries.wrap(page, 0, page.capacity());
        try {
            while (entries.next()) {
                // Looks at the lengths only.
            }
        } catch (final IllegalArgumentException e) {
            throw new ProtocolException(e.getMessage());
        }
    }
}
