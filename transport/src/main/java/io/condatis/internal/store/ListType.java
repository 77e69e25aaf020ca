package io.condatis.internal.store;

import io.condatis.internal.protocol.ItemPage;
import io.condatis.internal.protocol.sbe.Condition;
import io.condatis.internal.protocol.sbe.Flag;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.ListFindDecoder;
import io.condatis.internal.protocol.sbe.ListGetDecoder;
import io.condatis.internal.protocol.sbe.ListInsertDecoder;
import io.condatis.internal.protocol.sbe.ListRemoveAllDecoder;
import io.condatis.internal.protocol.sbe.ListRemoveDecoder;
import io.condatis.internal.protocol.sbe.ListRemoveSomeDecoder;
import io.condatis.internal.protocol.sbe.ListReorderDecoder;
import io.condatis.internal.protocol.sbe.ListReplaceDecoder;
import io.condatis.internal.protocol.sbe.ListScanDecoder;
import io.condatis.internal.protocol.sbe.ListSetDecoder;
import io.condatis.internal.protocol.sbe.ListSizeDecoder;
import io.condatis.internal.protocol.sbe.Status;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/** The messages of lists. */
final class ListType implements ObjectType {
    /** Items looked at for one ListFind; others get their turn in between. */
    static final int FIND_SLICE = 16_384;

    private static final int END = -1;
    private static final long ANY = -1;
    private static final long MOVED = -1;

    private final Core core;
    private final Answers answers;
    private final ListBatches batches;

    private final ListGetDecoder get = new ListGetDecoder();
    private final ListSetDecoder set = new ListSetDecoder();
    private final ListRemoveDecoder remove = new ListRemoveDecoder();
    private final ListFindDecoder find = new ListFindDecoder();
    private final ListSizeDecoder size = new ListSizeDecoder();
    private final ListScanDecoder scan = new ListScanDecoder();

    private final UnsafeBuffer item = new UnsafeBuffer();
    private final UnsafeBuffer expected = new UnsafeBuffer();
    private final UnsafeBuffer stored = new UnsafeBuffer();
    private final ItemPage.Writer page = new ItemPage.Writer();

    ListType(final Core core) {
        this.core = core;
        answers = core.answers;
        batches = new ListBatches(core, this);
    }

    @Override
    public Kind kind() {
        return Kind.LIST;
    }

    @Override
    public int[] templateIds() {
        return new int[] {
            ListGetDecoder.TEMPLATE_ID,
            ListSetDecoder.TEMPLATE_ID,
            ListInsertDecoder.TEMPLATE_ID,
            ListRemoveDecoder.TEMPLATE_ID,
            ListFindDecoder.TEMPLATE_ID,
            ListSizeDecoder.TEMPLATE_ID,
            ListScanDecoder.TEMPLATE_ID,
            ListReplaceDecoder.TEMPLATE_ID,
            ListReorderDecoder.TEMPLATE_ID,
            ListRemoveAllDecoder.TEMPLATE_ID,
            ListRemoveSomeDecoder.TEMPLATE_ID,
        };
    }

    @Override
    public String refusal(final long argument) {
        return argument == 0 ? null : "A list has no argument: " + argument + " was given, and only 0 is legal.";
    }

    @Override
    public StoredObject create(final int id, final long argument) {
        return new StoredList(core, id);
    }

    @Override
    public StoredObject load(final int id, final long argument, final SnapshotReader in) {
        final StoredList list = new StoredList(core, id);
        list.load(in);
        return list;
    }

    @Override
    public void onMessage(final Frame frame) {
        switch (frame.templateId()) {
            case ListGetDecoder.TEMPLATE_ID -> onGet(frame);
            case ListSetDecoder.TEMPLATE_ID -> onSet(frame);
            case ListRemoveDecoder.TEMPLATE_ID -> onRemove(frame);
            case ListFindDecoder.TEMPLATE_ID -> onFind(frame);
            case ListSizeDecoder.TEMPLATE_ID -> onSize(frame);
            case ListScanDecoder.TEMPLATE_ID -> onScan(frame);
            default -> batches.onMessage(frame);
        }
    }

    private void onGet(final Frame frame) {
        frame.check(ListGetDecoder.BLOCK_LENGTH, 0);
        get.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(get.correlation());
        final StoredList list = list(frame, correlation, get.objectId());
        final int index = get.index();
        if (list != null && isWithin(frame, correlation, list, index, 1)) {
            answers.reply(frame.session().id, correlation, Status.OK, list.size(), list.get(index));
        }
    }

    private void onSet(final Frame frame) {
        frame.check(ListSetDecoder.BLOCK_LENGTH, 2);
        set.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(set.correlation());
        final short condition = set.conditionRaw();
        final int index = set.index();
        final long moves = set.moves();
        final StoredList list = list(frame, correlation, set.objectId());
        set.wrapItem(item);
        set.wrapExpected(expected);
        if (list == null
                || !holds(frame, correlation, moves, list.moves())
                || !isWithin(frame, correlation, list, index, 1)) {
            return;
        }
        if (condition != Condition.ALWAYS.value() && condition != Condition.IF_EQUAL.value()) {
            answers.reply(frame.session().id, correlation, Status.ILLEGAL, "No such condition: " + condition + ".");
            return;
        }
        final Body present = list.get(index);
        if (condition == Condition.IF_EQUAL.value() && !present.hasContent(expected)) {
            answers.reply(frame.session().id, correlation, Status.REFUSED, 0, present);
        } else if (fits(frame, correlation, item.capacity(), (long) item.capacity() - present.length())
                && !core.refusesReference(frame, correlation, item)) {
            answers.reply(frame.session().id, correlation, Status.OK, 0, present);
            list.set(index, item, 0, item.capacity());
        }
    }

    private void onRemove(final Frame frame) {
        frame.check(ListRemoveDecoder.BLOCK_LENGTH, 0);
        remove.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(remove.correlation());
        final StoredList list = list(frame, correlation, remove.objectId());
        if (list == null || !holds(frame, correlation, remove.moves(), list.moves())) {
            return;
        }
        final int from = remove.from() == END ? list.size() - 1 : remove.from();
        final int to = remove.to() == END ? list.size() : remove.to();
        if (!isWithin(frame, correlation, list, from, to - from)) {
            return;
        }
        final long moves = list.moves() + (from == to ? 0 : 1);
        if (to - from == 1) {
            answers.reply(frame.session().id, correlation, Status.OK, moves, list.get(from));
        } else {
            answers.reply(frame.session().id, correlation, Status.OK, moves);
        }
        list.remove(from, to);
    }

    private void onFind(final Frame frame) {
        frame.check(ListFindDecoder.BLOCK_LENGTH, 1);
        find.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(find.correlation());
        final StoredList list = list(frame, correlation, find.objectId());
        if (list == null) {
            return;
        }
        final boolean backwards = find.backwardsRaw() == Flag.YES.value();
        find.wrapItem(item);
        final int step = backwards ? -1 : 1;
        final int end = backwards ? Math.max(0, find.to()) - 1 : behind(list, find.to());
        int index = first(list, find.from(), backwards);
        int left = FIND_SLICE;
        while ((end - index) * step > 0 && left > 0 && !list.get(index).hasContent(item)) {
            index += step;
            left--;
        }
        if ((end - index) * step <= 0) {
            answers.reply(frame.session().id, correlation, Status.ABSENT, END);
        } else if (left == 0) {
            answers.reply(frame.session().id, correlation, Status.ABSENT, index);
        } else {
            answers.reply(frame.session().id, correlation, Status.OK, index);
            if (find.removeRaw() == Flag.YES.value()) {
                list.remove(index, index + 1);
            }
        }
    }

    /** Where a search begins; the list may have become shorter since the last slice, which is no error. */
    private static int first(final StoredList list, final int from, final boolean backwards) {
        if (from == END) {
            return list.size() - 1;
        }
        return Math.max(backwards ? -1 : 0, Math.min(from, backwards ? list.size() - 1 : list.size()));
    }

    private static int behind(final StoredList list, final int to) {
        return to == END ? list.size() : Math.max(0, Math.min(to, list.size()));
    }

    private void onSize(final Frame frame) {
        frame.check(ListSizeDecoder.BLOCK_LENGTH, 0);
        size.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(size.correlation());
        final StoredList list = list(frame, correlation, size.objectId());
        if (list != null) {
            answers.reply(frame.session().id, correlation, Status.OK, list.size());
        }
    }

    private void onScan(final Frame frame) {
        frame.check(ListScanDecoder.BLOCK_LENGTH, 0);
        scan.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(scan.correlation());
        final StoredList list = list(frame, correlation, scan.objectId());
        if (list == null || !holds(frame, correlation, scan.moves(), list.moves())) {
            return;
        }
        final int most = Math.min(scan.maxBytes(), core.limits.maxValueBytes() - ItemPage.SCAN_ITEMS_OFFSET);
        final int to = scan.to() == END ? list.size() : Math.min(scan.to(), list.size());
        final int start = Body.REPLY_PREFIX;
        page.wrap(answers.scratch(), start + ItemPage.SCAN_ITEMS_OFFSET);
        for (int i = Math.max(0, scan.from()); i < to; i++) {
            final Body body = list.get(i);
            if (page.length() > 0 && page.length() + ItemPage.ITEM_OVERHEAD + (long) body.length() > most) {
                break;
            }
            stored.wrap(body.bytes());
            page.item(stored, Body.OFFSET, body.length());
            core.references.sent(frame.session().id, body);
        }
        answers.scratch().putLong(start + ItemPage.SCAN_MOVES_OFFSET, list.moves(), ByteOrder.LITTLE_ENDIAN);
        answers.scratch().putLong(start + ItemPage.SCAN_CHANGES_OFFSET, list.changes(), ByteOrder.LITTLE_ENDIAN);
        answers.replyScratch(
                frame.session().id, correlation, Status.OK, list.size(), ItemPage.SCAN_ITEMS_OFFSET + page.length());
    }

    /** Whether so many items may be written from an index; answered otherwise. */
    boolean isWithin(
            final Frame frame, final long correlation, final StoredList list, final int from, final int count) {
        if (from >= 0 && count >= 0 && (long) from + count <= list.size()) {
            return true;
        }
        answers.reply(
                frame.session().id,
                correlation,
                Status.OUT_OF_BOUNDS,
                count == 1
                        ? "There is no index " + from + " in a list of " + list.size() + " items."
                        : "There is no range of " + count + " items from index " + from + " in a list of " + list.size()
                                + " items.");
        return false;
    }

    /** Whether a count is as the request wants it; answered otherwise. */
    boolean holds(final Frame frame, final long correlation, final long wanted, final long actual) {
        if (wanted == ANY || wanted == actual) {
            return true;
        }
        answers.reply(frame.session().id, correlation, Status.REFUSED, MOVED);
        return false;
    }

    /** Whether an item of a length may be stored at the cost of so many more bytes; answered otherwise. */
    boolean fits(final Frame frame, final long correlation, final int length, final long more) {
        if (length > core.limits.maxValueBytes() - ItemPage.SCAN_ITEMS_OFFSET - ItemPage.ITEM_OVERHEAD) {
            core.replyTooLarge(frame, correlation, length);
            return false;
        }
        if (more > 0 && !core.fits(more)) {
            core.replyTotalExceeded(frame, correlation);
            return false;
        }
        return true;
    }

    /** {@return the list of that id, or null after it was answered that there is none} */
    StoredList list(final Frame frame, final long correlation, final int objectId) {
        if (core.objects.get(objectId) instanceof StoredList list) {
            return list;
        }
        core.replyNoSuchObject(frame, correlation, "list", objectId);
        return null;
    }
}
