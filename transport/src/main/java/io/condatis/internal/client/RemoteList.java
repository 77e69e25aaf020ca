package io.condatis.internal.client;

import io.condatis.internal.protocol.ItemPage;
import io.condatis.internal.protocol.sbe.Condition;
import io.condatis.internal.protocol.sbe.Flag;
import io.condatis.internal.protocol.sbe.ListFindEncoder;
import io.condatis.internal.protocol.sbe.ListGetEncoder;
import io.condatis.internal.protocol.sbe.ListInsertEncoder;
import io.condatis.internal.protocol.sbe.ListRemoveAllEncoder;
import io.condatis.internal.protocol.sbe.ListRemoveEncoder;
import io.condatis.internal.protocol.sbe.ListRemoveSomeEncoder;
import io.condatis.internal.protocol.sbe.ListReorderEncoder;
import io.condatis.internal.protocol.sbe.ListReplaceEncoder;
import io.condatis.internal.protocol.sbe.ListScanEncoder;
import io.condatis.internal.protocol.sbe.ListSetEncoder;
import io.condatis.internal.protocol.sbe.ListSizeEncoder;
import java.nio.ByteOrder;

/**
 * A managed list, in bytes. Each method sends one request and waits for its answer; items are in the call that the caller has
 * begun and ends. Thread-safe as long as each call is one thread's.
 *
 * <p>The list counts its <em>moves</em>: how often an item that stays was given another index, or one was removed; and its
 * <em>changes</em>, of whatever sort. A request that names one of these counts does nothing once the count is another.
 */
public final class RemoteList {
    /** As an index: the end of the list. */
    public static final int END = -1;

    /** As a count of moves or changes: whatever it is. */
    public static final long ANY = -1;

    /** Instead of a count of moves: the condition did not hold, nothing was done. */
    public static final long REFUSED = -1;

    /** Most bytes of items asked for in one page. */
    private static final int PAGE_BYTES = 32 * 1024;

    private final Connection connection;
    private final ObjectReference reference;
    private final int objectId;

    RemoteList(final Connection connection, final ObjectReference reference) {
        this.connection = connection;
        this.reference = reference;
        objectId = reference.objectId();
    }

    /** {@return what refers to it} */
    public ObjectReference reference() {
        return reference;
    }

    /** {@return the connection it is reached by} */
    public Connection connection() {
        return connection;
    }

    /**
     * Read an item: it is the call's answer.
     *
     * @param call any
     * @param index from 0
     * @throws IndexOutOfBoundsException when there is none
     */
    public void get(final Call call, final int index) {
        final ListGetEncoder get = call.encoders
                .listGet
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .index(index);
        connection.invoke(call, get.encodedLength());
    }

    /**
     * Write an item; the one before is the call's answer.
     *
     * @param call whose value is the item
     * @param index from 0
     * @param moves that the list must have had, or ANY
     * @return false when it has had others, and nothing was done
     * @throws IndexOutOfBoundsException when there is none
     */
    public boolean set(final Call call, final int index, final long moves) {
        return set(call, index, moves, Condition.ALWAYS, 0);
    }

    /**
     * Write an item if it is byte for byte as expected.
     *
     * @param call whose value is the item, with the expected one
     * @param index from 0
     * @return whether it was written
     * @throws IndexOutOfBoundsException when there is none
     */
    public boolean setIfEqual(final Call call, final int index) {
        return set(call, index, ANY, Condition.IF_EQUAL, call.expected().length());
    }

    private boolean set(
            final Call call, final int index, final long moves, final Condition condition, final int expectedLength) {
        connection.checkLength(call.value().length() + expectedLength);
        final ListSetEncoder set = call.encoders
                .listSet
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .moves(moves)
                .index(index)
                .condition(condition)
                .putItem(call.value().buffer(), 0, call.value().length())
                .putExpected(call.expected().buffer(), 0, expectedLength);
        connection.invoke(call, set.encodedLength());
        return Answers.isOk(call);
    }

    /**
     * Insert items, all or none.
     *
     * @param call whose value is a page of items
     * @param index of the first, or END
     * @param moves that the list must have had, or ANY
     * @return moves that the list has had now, or REFUSED
     * @throws IndexOutOfBoundsException when the list is shorter
     */
    public long insert(final Call call, final int index, final long moves) {
        connection.checkLength(call.value().length());
        final ListInsertEncoder insert = call.encoders
                .listInsert
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .moves(moves)
                .index(index)
                .putItems(call.value().buffer(), 0, call.value().length());
        connection.invoke(call, insert.encodedLength());
        return Answers.isOk(call) ? call.number() : REFUSED;
    }

    /**
     * Remove a range; a single item is the call's answer.
     *
     * @param call any
     * @param from first index, or END for the last item's
     * @param to index behind the last, or END
     * @param moves that the list must have had, or ANY
     * @return moves that the list has had now, or REFUSED
     * @throws IndexOutOfBoundsException when there is no such range
     */
    public long remove(final Call call, final int from, final int to, final long moves) {
        final ListRemoveEncoder remove = new ListRemoveEncoder()
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .moves(moves)
                .from(from)
                .to(to);
        connection.invoke(call, remove.encodedLength());
        return Answers.isOk(call) ? call.number() : REFUSED;
    }

    /**
     * Look for the first item that is byte for byte as wanted, 16384 items at a time.
     *
     * @param call whose value is the item
     * @param from first index to look at
     * @param to index behind the last, or END
     * @param remove whether it is removed at once
     * @return its index, or -1
     */
    public int find(final Call call, final int from, final int to, final boolean remove) {
        int next = from;
        do {
            next = findSlice(call, next, to, Flag.NO, remove ? Flag.YES : Flag.NO);
        } while (!Answers.isOk(call) && next != END);
        return next;
    }

    /**
     * Look for the last item that is byte for byte as wanted, 16384 items at a time.
     *
     * @param call whose value is the item
     * @param from first and highest index to look at, or END
     * @param to last and lowest index to look at
     * @return its index, or -1
     */
    public int findLast(final Call call, final int from, final int to) {
        int next = from;
        do {
            next = findSlice(call, next, to, Flag.YES, Flag.NO);
        } while (!Answers.isOk(call) && next != END);
        return next;
    }

    private int findSlice(final Call call, final int from, final int to, final Flag backwards, final Flag remove) {
        connection.checkLength(call.value().length());
        connection.renew(call);
        final ListFindEncoder find = new ListFindEncoder()
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .from(from)
                .to(to)
                .backwards(backwards)
                .remove(remove)
                .putItem(call.value().buffer(), 0, call.value().length());
        connection.invoke(call, find.encodedLength());
        return (int) call.number();
    }

    /** {@return number of items} */
    public int size() {
        final Call call = connection.begin();
        try {
            final ListSizeEncoder size = new ListSizeEncoder()
                    .wrapAndApplyHeader(call.request, 0, call.header)
                    .correlation(call.correlation())
                    .objectId(objectId);
            connection.invoke(call, size.encodedLength());
            return (int) call.number();
        } finally {
            connection.end(call);
        }
    }

    /**
     * Fetch a page of items; the call's answer has them from {@link ItemPage#SCAN_ITEMS_OFFSET} on, its number is the size of
     * the list.
     *
     * @param call any
     * @param from first index
     * @param to index behind the last wanted, or END
     * @param moves that the list must have had, or ANY
     * @return false when it has had others, and there is no page
     */
    public boolean scan(final Call call, final int from, final int to, final long moves) {
        final ListScanEncoder scan = new ListScanEncoder()
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .moves(moves)
                .from(from)
                .to(to)
                .maxBytes(PAGE_BYTES);
        connection.invoke(call, scan.encodedLength());
        return Answers.isOk(call);
    }

    /**
     * {@return moves that the list had had when a page was fetched}
     *
     * @param call that fetched it
     */
    public static long moves(final Call call) {
        return call.answer().buffer().getLong(ItemPage.SCAN_MOVES_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * {@return changes that the list had had when a page was fetched}
     *
     * @param call that fetched it
     */
    public static long changes(final Call call) {
        return call.answer().buffer().getLong(ItemPage.SCAN_CHANGES_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Replace items by as many others, all or none.
     *
     * @param call whose value is a page of items
     * @param from index of the first
     * @param changes that the list must have had, or ANY
     * @return changes that the list has had now, or REFUSED
     */
    public long replace(final Call call, final int from, final long changes) {
        connection.checkLength(call.value().length());
        final ListReplaceEncoder replace = new ListReplaceEncoder()
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .changes(changes)
                .from(from)
                .putItems(call.value().buffer(), 0, call.value().length());
        connection.invoke(call, replace.encodedLength());
        return Answers.isOk(call) ? call.number() : REFUSED;
    }

    /**
     * Remove every item that is byte for byte one of some, or every other.
     *
     * @param call whose value is a page of items
     * @param retain whether the others are removed
     * @return how many were removed
     */
    public int removeAll(final Call call, final boolean retain) {
        connection.checkLength(call.value().length());
        final ListRemoveAllEncoder remove = new ListRemoveAllEncoder()
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .retain(retain ? Flag.YES : Flag.NO)
                .putItems(call.value().buffer(), 0, call.value().length());
        connection.invoke(call, remove.encodedLength());
        return (int) call.number();
    }

    /**
     * Remove the items of some indexes, all or none.
     *
     * @param call whose value is an int32 for each index, lowest first
     * @param changes that the list must have had, or ANY
     * @return moves that the list has had now, or REFUSED
     */
    public long removeSome(final Call call, final long changes) {
        connection.checkLength(call.value().length());
        final ListRemoveSomeEncoder remove = new ListRemoveSomeEncoder()
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .changes(changes)
                .putIndexes(call.value().buffer(), 0, call.value().length());
        connection.invoke(call, remove.encodedLength());
        return Answers.isOk(call) ? call.number() : REFUSED;
    }

    /**
     * Put the items of a range into another order.
     *
     * @param call whose value is an int32 for each place: which item of the range it gets
     * @param from first index of the range
     * @param changes that the list must have had, or ANY
     * @return false when it has had others, and nothing was done
     */
    public boolean reorder(final Call call, final int from, final long changes) {
        connection.checkLength(call.value().length());
        final ListReorderEncoder reorder = new ListReorderEncoder()
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .changes(changes)
                .from(from)
                .putOrder(call.value().buffer(), 0, call.value().length());
        connection.invoke(call, reorder.encodedLength());
        return Answers.isOk(call);
    }
}
