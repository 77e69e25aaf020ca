package io.condatis.internal.store;

import io.condatis.internal.protocol.ItemPage;
import io.condatis.internal.protocol.sbe.Flag;
import io.condatis.internal.protocol.sbe.ListInsertDecoder;
import io.condatis.internal.protocol.sbe.ListRemoveAllDecoder;
import io.condatis.internal.protocol.sbe.ListRemoveSomeDecoder;
import io.condatis.internal.protocol.sbe.ListReorderDecoder;
import io.condatis.internal.protocol.sbe.ListReplaceDecoder;
import io.condatis.internal.protocol.sbe.Status;
import java.nio.ByteOrder;
import java.util.BitSet;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** The messages of lists that bring many items or another order of them, or take many away. */
final class ListBatches {
    private static final int END = -1;

    private final Core core;
    private final ListType type;
    private final Answers answers;
    private final ListInsertDecoder insert = new ListInsertDecoder();
    private final ListReplaceDecoder replace = new ListReplaceDecoder();
    private final ListReorderDecoder reorder = new ListReorderDecoder();
    private final ListRemoveAllDecoder removeAll = new ListRemoveAllDecoder();
    private final ListRemoveSomeDecoder removeSome = new ListRemoveSomeDecoder();
    private final UnsafeBuffer page = new UnsafeBuffer();
    private final UnsafeBuffer item = new UnsafeBuffer();
    private final ItemPage.Reader items = new ItemPage.Reader();

    ListBatches(final Core core, final ListType type) {
        this.core = core;
        this.type = type;
        answers = core.answers;
    }

    void onMessage(final Frame frame) {
        switch (frame.templateId()) {
            case ListInsertDecoder.TEMPLATE_ID -> onInsert(frame);
            case ListReplaceDecoder.TEMPLATE_ID -> onReplace(frame);
            case ListReorderDecoder.TEMPLATE_ID -> onReorder(frame);
            case ListRemoveAllDecoder.TEMPLATE_ID -> onRemoveAll(frame);
            default -> onRemoveSome(frame);
        }
    }

    private void onInsert(final Frame frame) {
        frame.check(ListInsertDecoder.BLOCK_LENGTH, 1);
        insert.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(insert.correlation());
        insert.wrapItems(page);
        final int count = countItems();
        final StoredList list = type.list(frame, correlation, insert.objectId());
        if (list == null || !type.holds(frame, correlation, insert.moves(), list.moves())) {
            return;
        }
        final int index = insert.index() == END ? list.size() : insert.index();
        if (!type.isWithin(frame, correlation, list, index, 0)
                || !fits(frame, correlation, null, 0)
                || !hasRoom(frame, correlation, list, count)) {
            return;
        }
        if (count > 0) {
            list.open(index, count);
            items.wrap(page, 0, page.capacity());
            for (int i = index; items.next(); i++) {
                list.fill(i, page, items.offset(), items.length());
            }
        }
        answers.reply(frame.session().id, correlation, Status.OK, list.moves());
    }

    private boolean hasRoom(final Frame frame, final long correlation, final StoredList list, final int count) {
        if ((long) list.size() + count <= StoredList.MAX_SIZE) {
            return true;
        }
        answers.reply(
                frame.session().id,
                correlation,
                Status.LIMIT,
                "A list has at most " + StoredList.MAX_SIZE + " items, and this one has " + list.size() + ".");
        return false;
    }

    private void onReplace(final Frame frame) {
        frame.check(ListReplaceDecoder.BLOCK_LENGTH, 1);
        replace.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(replace.correlation());
        replace.wrapItems(page);
        final int count = countItems();
        final int from = replace.from();
        final StoredList list = type.list(frame, correlation, replace.objectId());
        if (list == null
                || !type.holds(frame, correlation, replace.changes(), list.changes())
                || !type.isWithin(frame, correlation, list, from, count)
                || !fits(frame, correlation, list, from)) {
            return;
        }
        items.wrap(page, 0, page.capacity());
        for (int i = from; items.next(); i++) {
            list.set(i, page, items.offset(), items.length());
        }
        answers.reply(frame.session().id, correlation, Status.OK, list.changes());
    }

    private void onReorder(final Frame frame) {
        frame.check(ListReorderDecoder.BLOCK_LENGTH, 1);
        reorder.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(reorder.correlation());
        reorder.wrapOrder(page);
        final int[] order = order();
        final StoredList list = type.list(frame, correlation, reorder.objectId());
        if (list != null
                && type.holds(frame, correlation, reorder.changes(), list.changes())
                && type.isWithin(frame, correlation, list, reorder.from(), order.length)) {
            list.reorder(reorder.from(), order);
            answers.reply(frame.session().id, correlation, Status.OK, list.changes());
        }
    }

    private void onRemoveAll(final Frame frame) {
        frame.check(ListRemoveAllDecoder.BLOCK_LENGTH, 1);
        removeAll.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(removeAll.correlation());
        final boolean retain = removeAll.retainRaw() == Flag.YES.value();
        removeAll.wrapItems(page);
        countItems();
        final StoredList list = type.list(frame, correlation, removeAll.objectId());
        if (list == null) {
            return;
        }
        final Wanted wanted = new Wanted(core.hashSeed());
        items.wrap(page, 0, page.capacity());
        while (items.next()) {
            wanted.add(page, items.offset(), items.length());
        }
        final int removed = list.removeIf(index -> {
            final Body body = list.get(index);
            return wanted.contains(body.bytes(), Body.OFFSET, body.length()) != retain;
        });
        answers.reply(frame.session().id, correlation, Status.OK, removed);
    }

    private void onRemoveSome(final Frame frame) {
        frame.check(ListRemoveSomeDecoder.BLOCK_LENGTH, 1);
        removeSome.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(removeSome.correlation());
        removeSome.wrapIndexes(page);
        final BitSet chosen = indexes();
        final StoredList list = type.list(frame, correlation, removeSome.objectId());
        if (list != null
                && type.holds(frame, correlation, removeSome.changes(), list.changes())
                && type.isWithin(frame, correlation, list, 0, chosen.length())) {
            list.removeIf(chosen::get);
            answers.reply(frame.session().id, correlation, Status.OK, list.moves());
        }
    }

    private BitSet indexes() {
        if (page.capacity() % BitUtil.SIZE_OF_INT != 0) {
            throw new ProtocolException("no indexes: length=" + page.capacity());
        }
        final BitSet indexes = new BitSet();
        int last = -1;
        for (int i = 0; i < page.capacity(); i += BitUtil.SIZE_OF_INT) {
            final int index = page.getInt(i, ByteOrder.LITTLE_ENDIAN);
            if (index <= last || index >= StoredList.MAX_SIZE) {
                throw new ProtocolException("no indexes: " + index + " after " + last);
            }
            indexes.set(index);
            last = index;
        }
        return indexes;
    }

    private int[] order() {
        if (page.capacity() % BitUtil.SIZE_OF_INT != 0) {
            throw new ProtocolException("no order of items: length=" + page.capacity());
        }
        final int[] order = new int[page.capacity() / BitUtil.SIZE_OF_INT];
        final BitSet seen = new BitSet(order.length);
        for (int i = 0; i < order.length; i++) {
            order[i] = page.getInt(i * BitUtil.SIZE_OF_INT, ByteOrder.LITTLE_ENDIAN);
            if (order[i] < 0 || order[i] >= order.length || seen.get(order[i])) {
                throw new ProtocolException("no permutation: " + order[i] + " of " + order.length);
            }
            seen.set(order[i]);
        }
        return order;
    }

    /** Whether all items of the page may be stored, in place of those from an index where a list is given. */
    private boolean fits(final Frame frame, final long correlation, final StoredList replaced, final int from) {
        long more = 0;
        items.wrap(page, 0, page.capacity());
        for (int i = from; items.next(); i++) {
            final long freed =
                    replaced == null ? 0 : StoredList.cost(replaced.get(i).length());
            item.wrap(page, items.offset(), items.length());
            if (!type.fits(frame, correlation, items.length(), 0) || core.refusesReference(frame, correlation, item)) {
                return false;
            }
            more += Math.max(0, StoredList.cost(items.length()) - freed);
        }
        return type.fits(frame, correlation, 0, more);
    }

    /** Throws unless the whole page can be walked, so that nothing is half done. */
    private int countItems() {
        items.wrap(page, 0, page.capacity());
        try {
            int count = 0;
            while (items.next()) {
                count++;
            }
            return count;
        } catch (final IllegalArgumentException e) {
            throw new ProtocolException(e.getMessage());
        }
    }
}
