package io.condatis.internal.store;

import io.condatis.internal.protocol.EntryPage;
import io.condatis.internal.protocol.ItemPage;
import io.condatis.internal.protocol.sbe.ArrayAddEncoder;
import io.condatis.internal.protocol.sbe.ArrayGetEncoder;
import io.condatis.internal.protocol.sbe.ArraySetEncoder;
import io.condatis.internal.protocol.sbe.Condition;
import io.condatis.internal.protocol.sbe.DictAddEncoder;
import io.condatis.internal.protocol.sbe.DictGetAllEncoder;
import io.condatis.internal.protocol.sbe.DictPopEncoder;
import io.condatis.internal.protocol.sbe.DictPutAllEncoder;
import io.condatis.internal.protocol.sbe.DictRemoveAllEncoder;
import io.condatis.internal.protocol.sbe.DictRetainAllEncoder;
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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes the requests for lists and arrays, and the batches of dicts, for one object and with one correlation. */
final class ContainerRequests {
    private final Requests out;
    private final long correlation;
    private final int objectId;

    private ContainerRequests(final Requests out, final long correlation, final int objectId) {
        this.out = out;
        this.correlation = correlation;
        this.objectId = objectId;
    }

    static ContainerRequests to(final Requests out, final long correlation, final int objectId) {
        return new ContainerRequests(out, correlation, objectId);
    }

    static byte[] items(final List<byte[]> items) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final ItemPage.Writer page = new ItemPage.Writer().wrap(buffer, 0);
        items.forEach(item -> page.item(new UnsafeBuffer(item), 0, item.length));
        return bytes(buffer, page.length());
    }

    /** Keys and values in turn. */
    static byte[] entries(final List<byte[]> keysAndValues) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final EntryPage.Writer page = new EntryPage.Writer().wrap(buffer, 0);
        for (int i = 0; i < keysAndValues.size(); i += 2) {
            page.key(new UnsafeBuffer(keysAndValues.get(i)), 0, keysAndValues.get(i).length);
            page.value(new UnsafeBuffer(keysAndValues.get(i + 1)), 0, keysAndValues.get(i + 1).length);
        }
        return bytes(buffer, page.length());
    }

    private static byte[] bytes(final ExpandableArrayBuffer buffer, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    Requests putAll(final Condition condition, final byte[] page) {
        return out.until(new DictPutAllEncoder()
                .wrapAndApplyHeader(out.buffer, Requests.OFFSET, out.header)
                .correlation(correlation)
                .objectId(objectId)
                .condition(condition)
                .putEntries(page, 0, page.length)
                .limit());
    }

    Requests getAll(final int maxBytes, final Flag withValues, final byte[] page) {
        return out.until(new DictGetAllEncoder()
                .wrapAndApplyHeader(out.buffer, Requests.OFFSET, out.header)
                .correlation(correlation)
                .objectId(objectId)
                .maxBytes(maxBytes)
                .withValues(withValues)
                .putKeys(page, 0, page.length)
                .limit());
    }

    Requests removeAll(final byte[] page) {
        return out.until(new DictRemoveAllEncoder()
                .wrapAndApplyHeader(out.buffer, Requests.OFFSET, out.header)
                .correlation(correlation)
                .objectId(objectId)
                .putKeys(page, 0, page.length)
                .limit());
    }

    Requests retainAll(final byte[] page) {
        return out.until(new DictRetainAllEncoder()
                .wrapAndApplyHeader(out.buffer, Requests.OFFSET, out.header)
                .correlation(correlation)
                .objectId(objectId)
                .putKeys(page, 0, page.length)
                .limit());
    }

    Requests pop(final Flag last) {
        return out.until(new DictPopEncoder()
                .wrapAndApplyHeader(out.buffer, Requests.OFFSET, out.header)
                .correlation(correlation)
                .objectId(objectId)
                .last(last)
                .limit());
    }

    Requests add(final byte[] key, final byte[] operand) {
        return out.until(new DictAddEncoder()
                .wrapAndApplyHeader(out.buffer, Requests.OFFSET, out.header)
                .correlation(correlation)
                .objectId(objectId)
                .putKey(key, 0, key.length)
                .putOperand(operand, 0, operand.length)
                .limit());
    }

    Requests get(final int index) {
        return out.until(new ListGetEncoder()
                .wrapAndApplyHeader(out.buffer, Requests.OFFSET, out.header)
                .correlation(correlation)
                .objectId(objectId)
                .index(index)
                .limit());
    }

    Requests set(
            final long moves, final int index, final Condition condition, final byte[] item, final byte[] expected) {
        return out.until(new ListSetEncoder()
                .wrapAndApplyHeader(out.buffer, Requests.OFFSET, out.header)
                .correlation(correlation)
                .objectId(objectId)
                .moves(moves)
                .index(index)
                .condition(condition)
                .putItem(item, 0, item.length)
                .putExpected(expected, 0, expected.length)
                .limit());
    }

    Requests insert(final long moves, final int index, final byte[] page) {
        return out.until(new ListInsertEncoder()
                .wrapAndApplyHeader(out.buffer, Requests.OFFSET, out.header)
                .correlation(correlation)
                .objectId(objectId)
                .moves(moves)
                .index(index)
                .putItems(page, 0, page.length)
                .limit());
    }

    Requests remove(final long moves, final int from, final int to) {
        return out.until(new ListRemoveEncoder()
                .wrapAndApplyHeader(out.buffer, Requests.OFFSET, out.header)
                .correlation(correlation)
                .objectId(objectId)
                .moves(moves)
                .from(from)
                .to(to)
                .limit());
    }

    Requests find(final int from, final int to, final Flag backwards, final Flag remove, final byte[] item) {
        return out.until(new ListFindEncoder()
                .wrapAndApplyHeader(out.buffer, Requests.OFFSET, out.header)
                .correlation(correlation)
                .objectId(objectId)
                .from(from)
                .to(to)
                .backwards(backwards)
                .remove(remove)
                .putItem(item, 0, item.length)
                .limit());
    }

    Requests size() {
        return out.until(new ListSizeEncoder()
                .wrapAndApplyHeader(out.buffer, Requests.OFFSET, out.header)
                .correlation(correlation)
                .objectId(objectId)
                .limit());
    }

    Requests scan(final long moves, final int from, final int to, final int maxBytes) {
        return out.until(new ListScanEncoder()
                .wrapAndApplyHeader(out.buffer, Requests.OFFSET, out.header)
                .correlation(correlation)
                .objectId(objectId)
                .moves(moves)
                .from(from)
                .to(to)
                .maxBytes(maxBytes)
                .limit());
    }

    Requests replace(final long changes, final int from, final byte[] page) {
        return out.until(new ListReplaceEncoder()
                .wrapAndApplyHeader(out.buffer, Requests.OFFSET, out.header)
                .correlation(correlation)
                .objectId(objectId)
                .changes(changes)
                .from(from)
                .putItems(page, 0, page.length)
                .limit());
    }

    Requests removeAll(final Flag retain, final byte[] page) {
        return out.until(new ListRemoveAllEncoder()
                .wrapAndApplyHeader(out.buffer, Requests.OFFSET, out.header)
                .correlation(correlation)
                .objectId(objectId)
                .retain(retain)
                .putItems(page, 0, page.length)
                .limit());
    }

    Requests removeSome(final long changes, final int... indexes) {
        final byte[] bytes = int32s(indexes);
        return out.until(new ListRemoveSomeEncoder()
                .wrapAndApplyHeader(out.buffer, Requests.OFFSET, out.header)
                .correlation(correlation)
                .objectId(objectId)
                .changes(changes)
                .putIndexes(bytes, 0, bytes.length)
                .limit());
    }

    private static byte[] int32s(final int... numbers) {
        final ByteBuffer bytes =
                ByteBuffer.allocate(numbers.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (final int number : numbers) {
            bytes.putInt(number);
        }
        return bytes.array();
    }

    Requests reorder(final long changes, final int from, final int... order) {
        final byte[] bytes = int32s(order);
        return out.until(new ListReorderEncoder()
                .wrapAndApplyHeader(out.buffer, Requests.OFFSET, out.header)
                .correlation(correlation)
                .objectId(objectId)
                .changes(changes)
                .from(from)
                .putOrder(bytes, 0, bytes.length)
                .limit());
    }

    Requests arrayGet(final int from, final int count) {
        return out.until(new ArrayGetEncoder()
                .wrapAndApplyHeader(out.buffer, Requests.OFFSET, out.header)
                .correlation(correlation)
                .objectId(objectId)
                .from(from)
                .count(count)
                .limit());
    }

    Requests arraySet(final int from, final Condition condition, final byte[] elements, final byte[] expected) {
        return out.until(new ArraySetEncoder()
                .wrapAndApplyHeader(out.buffer, Requests.OFFSET, out.header)
                .correlation(correlation)
                .objectId(objectId)
                .from(from)
                .condition(condition)
                .putElements(elements, 0, elements.length)
                .putExpected(expected, 0, expected.length)
                .limit());
    }

    Requests arrayAdd(final int index, final long operand) {
        return out.until(new ArrayAddEncoder()
                .wrapAndApplyHeader(out.buffer, Requests.OFFSET, out.header)
                .correlation(correlation)
                .objectId(objectId)
                .index(index)
                .operand(operand)
                .limit());
    }
}
