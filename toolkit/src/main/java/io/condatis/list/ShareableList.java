package io.condatis.list;

import io.condatis.internal.os.Access;
import io.condatis.memory.IncompatibleLayoutException;
import io.condatis.memory.NameExistsException;
import io.condatis.memory.NameMissingException;
import io.condatis.memory.OutOfSharedMemoryException;
import io.condatis.memory.SharedMemory;
import java.io.Serializable;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A list of fixed length in shared memory, byte-compatible with CPython's
 * {@code multiprocessing.shared_memory.ShareableList} in both directions.
 *
 * <p>Use it to exchange a few values of mixed types with Python, or between JVMs. Items are {@code Long}, {@code Double},
 * {@code Boolean}, {@code String}, {@code byte[]} and null; {@code Integer}, {@code Short}, {@code Byte} and {@code Float}
 * are taken and read back wider. Any item may be replaced by one of another type, but the room of each is fixed when the
 * list is made: 8 bytes, or for text and bytes the multiple of 8 above their length in UTF-8.
 *
 * <p><b>Layout.</b> CPython's, then a footer for Java processes; see {@code docs/formats/shareable-list.md}.
 *
 * <p><b>Threads and processes.</b> All methods may be called by all threads of all JVMs at once: each item is read whole,
 * as it was before or after some {@code set}, and the atomic operations are atomic. CPython knows no such thing: an
 * item that it writes may be read as an old one of the new type or the other way round, and its changes may be lost among
 * ours; use a lock of your own there. A list that CPython has made has no footer: between JVMs its numbers that keep their
 * type are whole, everything else is as with CPython.
 *
 * <p><b>Lifetime.</b> That of {@link #sharedMemory()}: whoever created it removes it at its end or by {@code unlink()}.
 * After {@link #close()} each operation throws {@link IllegalStateException}.
 *
 * <p><b>Blocking.</b> A writer waits for other writers of the same list. A reader never waits for a living one unless it
 * finds the same item changing a hundred times in a row.
 *
 * <p><b>Crash.</b> A JVM that is killed leaves each item as before or after its change. CPython may leave one half-written:
 * reading it is an {@link InconsistentItemException} after a second, until somebody sets it.
 *
 * <p><b>Serialisation.</b> As a handle, of the same length for every list, see {@link SharedMemory}.
 *
 * <p><b>CPython.</b> Indexes count from 0 only, as in every {@code List}. Trailing NULs of text and bytes are lost, as
 * there. {@link #copy()} does not exist there, and text is sized by bytes, so that none is cut.
 *
 * @serial exclude
 */
@SuppressWarnings("serial") // a handle is written, never the fields
public final class ShareableList extends AbstractList<Object> implements RandomAccess, AutoCloseable, Serializable {
    private static final long READY_DEADLINE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final SharedMemory memory;
    private final Access access;
    private final Items items;
    private final ItemReader reader;
    private final NumberReader numbers;
    private final ItemWriter writer;

    private ShareableList(final SharedMemory memory, final UnsafeBuffer bytes, final ListLayout layout) {
        this.memory = memory;
        this.access = Access.of(memory.buffer());
        this.items = new Items(bytes, layout);
        final Footer footer = FooterDescriptor.isIn(bytes, layout) ? new Footer(memory, bytes, items) : null;
        final String fault = footer == null ? null : footer.fault();
        if (fault != null) {
            throw incompatible(memory, fault);
        }
        this.numbers = new NumberReader(access, bytes, layout, footer != null);
        this.reader = new ItemReader(memory.name(), items, footer);
        this.writer = new ItemWriter(memory.name(), items, reader, footer == null ? new LocalGate(items) : footer);
    }

    /**
     * Makes a list in a block with a name of its own.
     *
     * @param items read once
     * @return the list
     * @throws IllegalArgumentException when a list cannot hold one of them
     * @throws OutOfSharedMemoryException when the directory has no room
     */
    public static ShareableList create(final Iterable<?> items) {
        return build(null, items.iterator());
    }

    /**
     * Makes a list.
     *
     * @param name of the block, see {@link SharedMemory#create(String, long)}
     * @param items read once
     * @return the list; whoever attaches finds all of it
     * @throws IllegalArgumentException when a list cannot hold one of them; nothing is made then
     * @throws NameExistsException when the name is taken
     * @throws OutOfSharedMemoryException when the directory has no room
     */
    public static ShareableList create(final String name, final Iterable<?> items) {
        return create(name, items.iterator());
    }

    /**
     * Makes a list of what an iterator, or a stream's, yields.
     *
     * @param name of the block
     * @param items read to its end; what it throws is thrown here, and nothing is made then
     * @return the list
     * @throws IllegalArgumentException when a list cannot hold one of them; nothing is made then
     * @throws NameExistsException when the name is taken
     * @throws OutOfSharedMemoryException when the directory has no room
     */
    public static ShareableList create(final String name, final Iterator<?> items) {
        return build(Objects.requireNonNull(name, "name"), items);
    }

    private static ShareableList build(final String name, final Iterator<?> source) {
        final List<NewItem> list = new ArrayList<>();
        while (source.hasNext()) {
            list.add(NewItem.of(source.next(), list.size()));
        }
        final ListLayout layout = new ListLayout(
                list.stream().mapToInt(item -> item.data().length).toArray());
        final long size = FooterDescriptor.offsetIn(layout) + FooterDescriptor.lengthBytes(layout);
        final SharedMemory memory = name == null
                ? SharedMemory.create(size, block -> fill(block, layout, list))
                : SharedMemory.create(name, size, block -> fill(block, layout, list));
        return new ShareableList(memory, Access.window(memory.buffer(), 0, memory.size()), layout);
    }

    private static void fill(final AtomicBuffer block, final ListLayout layout, final List<NewItem> list) {
        layout.write(block);
        for (int i = 0; i < list.size(); i++) {
            final NewItem item = list.get(i);
            block.putBytes(layout.dataOffset(i), item.data());
            block.putLong(layout.formatOffset(i), item.format());
            block.putByte(layout.codeOffset(i), item.code());
        }
        Footer.initialise(block, layout);
    }

    /**
     * Opens a list that a JVM or CPython has made.
     *
     * @param name of its block
     * @return the list
     * @throws NameMissingException when there is no such block
     * @throws IncompatibleLayoutException when what is in the block is no list, and does not become one within a second
     */
    public static ShareableList attach(final String name) {
        final SharedMemory memory = SharedMemory.attach(name);
        boolean done = false;
        try {
            final ShareableList list = over(memory);
            done = true;
            return list;
        } finally {
            if (!done) {
                memory.close();
            }
        }
    }

    /**
     * The list in a block that this process has open.
     *
     * @param memory with the list; closing either closes both
     * @return the list
     * @throws IncompatibleLayoutException when what is in the block is no list, and does not become one within a second
     */
    public static ShareableList over(final SharedMemory memory) {
        final UnsafeBuffer bytes = Access.window(memory.buffer(), 0, memory.size());
        final long startNs = System.nanoTime();
        while (true) {
            final ListLayout layout = ListLayout.read(bytes);
            final boolean late = System.nanoTime() - startNs > READY_DEADLINE_NS;
            if (layout != null && (isFilled(bytes, layout) || late && layout.length() > 0)) {
                return new ShareableList(memory, bytes, layout);
            }
            if (late) {
                throw incompatible(memory, "its bytes are no list, or one that was cut or never filled");
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }

    /** CPython makes the file, then fills it from the front: what is not yet there is zero. */
    private static boolean isFilled(final UnsafeBuffer bytes, final ListLayout layout) {
        final Items items = new Items(bytes, layout);
        for (int i = 0; i < layout.length(); i++) {
            if (!items.isWhole(i)) {
                return false;
            }
        }
        return layout.length() > 0 || bytes.capacity() == layout.totalBytes() || FooterDescriptor.isIn(bytes, layout);
    }

    private static IncompatibleLayoutException incompatible(final SharedMemory memory, final String fault) {
        return new IncompatibleLayoutException("Shared memory '" + memory.name() + "' of " + memory.size()
                + " bytes cannot be used as a list: " + fault + ". Use another name, or make it anew.");
    }

    @Override
    public int size() {
        return items.layout.length();
    }

    /**
     * {@inheritDoc}
     *
     * @return a {@code Long}, {@code Double}, {@code Boolean}, {@code String}, new {@code byte[]} or null
     * @throws InconsistentItemException when a process that is no JVM has left it half-written
     */
    @Override
    public Object get(final int index) {
        check(index);
        return reader.get(index);
    }

    /**
     * The item without boxing.
     *
     * @param index from 0
     * @return the item
     * @throws ClassCastException when it is no int
     */
    public long getLong(final int index) {
        return numbers.getLong(this, index);
    }

    /**
     * The item without boxing.
     *
     * @param index from 0
     * @return the item
     * @throws ClassCastException when it is no float
     */
    public double getDouble(final int index) {
        return numbers.getDouble(this, index);
    }

    /**
     * {@inheritDoc}
     *
     * @return the item before, read and replaced in one step among Java processes
     * @throws IllegalArgumentException when a list cannot hold it or the item's room is too small; the item stays
     */
    @Override
    public Object set(final int index, final Object value) {
        check(index);
        return writer.set(index, value);
    }

    /**
     * Replaces an item, of whatever type, by a number without boxing or looking at what was there.
     *
     * @param index from 0
     * @param value new item
     */
    public void setLong(final int index, final long value) {
        check(index);
        writer.setWord(index, ItemFormat.LONG, value);
    }

    /**
     * Replaces an item, of whatever type, by a number without boxing or looking at what was there.
     *
     * @param index from 0
     * @param value new item
     */
    public void setDouble(final int index, final double value) {
        check(index);
        writer.setWord(index, ItemFormat.DOUBLE, Double.doubleToRawLongBits(value));
    }

    /**
     * Replaces a number if it is as expected; atomic among Java processes.
     *
     * @param index from 0
     * @param expected value
     * @param value new item
     * @return whether it was as expected
     * @throws ClassCastException when the item is no int
     */
    public boolean compareAndSetLong(final int index, final long expected, final long value) {
        check(index);
        return writer.compareAndSetLong(index, expected, value);
    }

    /**
     * Adds to a number, wrapping on overflow; atomic among Java processes.
     *
     * @param index from 0
     * @param delta to add
     * @return the number before
     * @throws ClassCastException when the item is no int
     */
    public long getAndAddLong(final int index, final long delta) {
        check(index);
        return writer.getAndAddLong(index, delta);
    }

    /**
     * How many items are equal to an object. Here, in {@link #indexOf}, {@link #lastIndexOf} and {@link #contains} numbers
     * are equal by value, as in Python: {@code 1}, {@code 1L}, {@code 1.0} and {@code true}; bytes are equal by content.
     *
     * @param item to look for
     * @return 0 to {@link #size()}
     */
    public int count(final Object item) {
        int count = 0;
        for (int i = 0; i < size(); i++) {
            if (Equality.holds(get(i), item)) {
                count++;
            }
        }
        return count;
    }

    @Override
    public boolean contains(final Object item) {
        return indexOf(item) >= 0;
    }

    @Override
    public int indexOf(final Object item) {
        for (int i = 0; i < size(); i++) {
            if (Equality.holds(get(i), item)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int lastIndexOf(final Object item) {
        for (int i = size() - 1; i >= 0; i--) {
            if (Equality.holds(get(i), item)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Not supported: items differ in room, so that one in two places would be half a sort. Sort {@link #copy()}.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public void sort(final Comparator<? super Object> order) {
        throw new UnsupportedOperationException("A list in shared memory cannot be sorted in place: sort copy().");
    }

    /** {@return the items now, each whole, in a list of this process that is neither shared nor fixed} */
    public List<Object> copy() {
        return new ArrayList<>(this);
    }

    /** {@return the {@code struct} formats of all items, joined as CPython's {@code format} is} */
    public String format() {
        access.check();
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < size(); i++) {
            text.append(ItemFormat.text(items.format(i)));
        }
        return text.toString();
    }

    /** {@return the block, for its name and to unlink it} */
    public SharedMemory sharedMemory() {
        return memory;
    }

    /** {@return how often this object has had to look again because an item was being written} */
    public long retries() {
        return reader.retries();
    }

    /** Ends the use of the list and of its block by this process; idempotent. Removes nothing. */
    @Override
    public void close() {
        memory.close();
    }

    long getLongSlowly(final int index) {
        if (get(index) instanceof Long value) {
            return value;
        }
        throw reader.wrongType(index, "no int");
    }

    double getDoubleSlowly(final int index) {
        if (get(index) instanceof Double value) {
            return value;
        }
        throw reader.wrongType(index, "no float");
    }

    private void check(final int index) {
        access.check();
        Objects.checkIndex(index, size());
    }

    private Object writeReplace() {
        return new ShareableListHandle(memory);
    }

    @Override
    public String toString() {
        final String content = access.isOpen() ? super.toString() : "closed";
        return "ShareableList(" + content + ", name='" + memory.name() + "')";
    }
}
