package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.Kind;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.agrona.DirectBuffer;

/**
 * A list: opaque items in an array with room at both ends. Reading, writing and appending take constant time; an
 * insertion or a removal moves the references of the shorter side, 4 bytes an item. Nothing ever waits for it.
 */
final class StoredList implements PassiveObject {
    /** Most items of a list. */
    static final int MAX_SIZE = 1 << 30;

    private static final int LEAST_CAPACITY = 16;

    private final Core core;
    private final int id;
    private Body[] items = new Body[LEAST_CAPACITY];
    private int start;
    private int size;
    private long moves;
    private long changes;

    StoredList(final Core core, final int id) {
        this.core = core;
        this.id = id;
    }

    int size() {
        return size;
    }

    /** {@return how often an item that stays was given another index, or one was removed} */
    long moves() {
        return moves;
    }

    /** {@return how often anything was changed} */
    long changes() {
        return changes;
    }

    Body get(final int index) {
        return items[start + index];
    }

    void set(final int index, final DirectBuffer source, final int offset, final int length) {
        final Body item = get(index);
        use((long) length - item.length());
        core.references.drop(item);
        item.set(source, offset, length);
        core.references.keep(item);
        changes++;
    }

    /** Make room for new items; each is then to be given with {@link #fill}. */
    void open(final int index, final int count) {
        if (index < size) {
            moves++;
        }
        changes++;
        final int after = size - index;
        if (index >= after && start + size + count <= items.length) {
            System.arraycopy(items, start + index, items, start + index + count, after);
        } else if (index < after && start >= count) {
            System.arraycopy(items, start, items, start - count, index);
            start -= count;
        } else {
            reallocate(index, count);
        }
        size += count;
    }

    /** Give the content of a place that {@link #open} has made. */
    void fill(final int index, final DirectBuffer source, final int offset, final int length) {
        final Body item = new Body();
        item.set(source, offset, length);
        items[start + index] = item;
        core.references.keep(item);
        use(cost(length));
    }

    void remove(final int from, final int to) {
        if (from == to) {
            return;
        }
        moves++;
        changes++;
        for (int i = from; i < to; i++) {
            use(-cost(get(i).length()));
            core.references.drop(get(i));
        }
        final int count = to - from;
        final int after = size - to;
        if (from < after) {
            System.arraycopy(items, start, items, start + count, from);
            Arrays.fill(items, start, start + count, null);
            start += count;
        } else {
            System.arraycopy(items, start + to, items, start + from, after);
            Arrays.fill(items, start + size - count, start + size, null);
        }
        size -= count;
        shrink();
    }

    private void shrink() {
        if (size < items.length / 4 && items.length > LEAST_CAPACITY) {
            reallocate(size, 0);
        }
    }

    /** Remove the items that are chosen, in the order of their indexes; returns how many. */
    int removeIf(final IntPredicate chosen) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            final Body item = get(i);
            if (chosen.test(i)) {
                use(-cost(item.length()));
                core.references.drop(item);
            } else {
                items[start + kept++] = item;
            }
        }
        final int removed = size - kept;
        if (removed > 0) {
            moves++;
            changes++;
            Arrays.fill(items, start + kept, start + size, null);
            size = kept;
            shrink();
        }
        return removed;
    }

    /** Put the items of a range into another order: each place gets the item of the range that the order names. */
    void reorder(final int from, final int[] order) {
        final Body[] range = Arrays.copyOfRange(items, start + from, start + from + order.length);
        for (int i = 0; i < order.length; i++) {
            items[start + from + i] = range[order[i]];
        }
        moves++;
        changes++;
    }

    /** Move to an array two thirds full, with a gap at an index and most of the free room where the gap is nearest. */
    private void reallocate(final int index, final int count) {
        final int needed = Math.addExact(size, count);
        final Body[] target = new Body[Math.max(LEAST_CAPACITY, Math.addExact(needed, needed / 2))];
        final int free = target.length - needed;
        final int targetStart = index < size - index ? free - free / 4 : 0;
        System.arraycopy(items, start, target, targetStart, index);
        System.arraycopy(items, start + index, target, targetStart + index + count, size - index);
        items = target;
        start = targetStart;
    }

    static long cost(final int length) {
        return (long) length + StoreLimits.OVERHEAD_BYTES;
    }

    private void use(final long bytes) {
        core.budget.use(bytes);
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public Kind kind() {
        return Kind.LIST;
    }

    @Override
    public long argument() {
        return 0;
    }

    @Override
    public void delete() {
        remove(0, size);
    }

    @Override
    public void save(final SnapshotWriter out) {
        out.putLong(moves);
        out.putLong(changes);
        out.putInt(size);
        for (int i = 0; i < size; i++) {
            out.putBody(get(i));
        }
    }

    void load(final SnapshotReader in) {
        final long savedMoves = in.takeLong();
        final long savedChanges = in.takeLong();
        final int count = in.takeInt();
        for (int i = 0; i < count; i++) {
            open(i, 1);
            items[start + i] = new Body();
            in.takeBody(items[start + i]);
            core.references.keep(items[start + i]);
            use(cost(items[start + i].length()));
        }
        moves = savedMoves;
        changes = savedChanges;
    }
}
