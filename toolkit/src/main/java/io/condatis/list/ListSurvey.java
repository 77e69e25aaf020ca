package io.condatis.list;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.FileCopier;
import io.condatis.memory.FileSurvey;
import io.condatis.sync.Participant;
import io.condatis.sync.Participants;
import io.condatis.sync.PrimitiveState;
import io.condatis.sync.PrimitiveSurvey;
import io.condatis.sync.SharedLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A list looked at from outside: nothing is mapped, taken or written. Others go on meanwhile, so each answer is of its own
 * moment. A list is known by its form: offsets, formats and codes that fit together and fill the block, or a footer.
 *
 * <p>Not thread-safe. To be closed.
 */
public final class ListSurvey implements AutoCloseable {
    private static final int WORD = Long.BYTES;
    private static final int LAYOUT_SAMPLE = 64;

    private final String name;
    private final FileCopier file;
    private final ListLayout layout;
    private final int footer;

    private ListSurvey(final String name, final FileCopier file, final ListLayout layout, final boolean hasFooter) {
        this.name = name;
        this.file = file;
        this.layout = layout;
        this.footer = hasFooter ? FooterDescriptor.offsetIn(layout) : 0;
    }

    /**
     * Opens a file that may be a list.
     *
     * @param path of the file
     * @return the list; null for any other file
     * @throws IOException when the file is gone or cannot be read
     */
    public static ListSurvey open(final Path path) throws IOException {
        final FileCopier file = FileCopier.open(path);
        ListSurvey survey = null;
        try {
            survey = read(path.getFileName().toString(), file);
            return survey;
        } finally {
            if (survey == null) {
                FileSurvey.close(file);
            }
        }
    }

    private static ListSurvey read(final String name, final FileCopier file) throws IOException {
        final long size = file.size();
        final long end = endOf(file, size);
        if (end < 0 || end > size || size > Integer.MAX_VALUE) {
            return null;
        }
        final long length = file.copy(0, WORD).getLong(0);
        final ListLayout layout = ListLayout.read(file.copy(0, (int) (WORD * (length + 2))), (int) size);
        if (layout == null) {
            return null;
        }
        final boolean hasFooter = hasFooter(file, layout);
        final ListSurvey survey = new ListSurvey(name, file, layout, hasFooter);
        return hasFooter || end == size && survey.areFormatsRight() ? survey : null;
    }

    /** Where CPython's part ends if it is a list; -1 for most blocks that are none, before more than two words were read. */
    private static long endOf(final FileCopier file, final long size) throws IOException {
        final long length = size < 3 * WORD ? 0 : file.copy(0, WORD).getLong(0);
        final long offsets = length < 1 || length > size / WORD ? size + 1 : WORD * (length + 2);
        if (offsets > size) {
            return -1;
        }
        final long total = file.copy(offsets - WORD, WORD).getLong(0);
        return total < WORD * length || total > size ? -1 : offsets + total + (WORD + 1) * length;
    }

    private static boolean hasFooter(final FileCopier file, final ListLayout layout) throws IOException {
        final int offset = FooterDescriptor.offsetIn(layout);
        return offset + FooterDescriptor.lengthBytes(layout) <= file.size()
                && file.copy(offset, WORD).getLong(0) == FooterDescriptor.MAGIC;
    }

    private boolean areFormatsRight() throws IOException {
        final int sample = Math.min(LAYOUT_SAMPLE, layout.length());
        for (int i = 0; i < sample; i++) {
            if (!item(i).isWhole(0)) {
                return false;
            }
        }
        return true;
    }

    /** {@return the number of items} */
    public int size() {
        return layout.length();
    }

    /** {@return whether a JVM has made it; CPython's lists have no footer} */
    public boolean hasFooter() {
        return footer != 0;
    }

    /**
     * {@return the random number that names its liveness file; 0 without a footer}
     *
     * @throws IOException when the file was cut
     */
    public long id() throws IOException {
        return hasFooter()
                ? file.copy(footer + FooterDescriptor.ID_OFFSET, WORD).getLong(0)
                : 0;
    }

    /**
     * {@return the JVMs that may write, with the dead among them marked; none without a footer}
     *
     * @throws IOException when the file was cut
     */
    public List<Participant> members() throws IOException {
        if (!hasFooter()) {
            return List.of();
        }
        final UnsafeBuffer table = file.copy(footer + FooterDescriptor.PARTICIPANTS_OFFSET, Participants.lengthBytes());
        try {
            return FileSurvey.membersOf(table, id());
        } catch (final CondatisException e) {
            return List.of(); // the table is damaged, or the last writer has just left
        }
    }

    /**
     * {@return the lock of its writers, null without a footer}
     *
     * @throws IOException when the file was cut
     */
    public PrimitiveState writersLock() throws IOException {
        return hasFooter()
                ? new PrimitiveSurvey(members())
                        .lock(file.copy(footer + FooterDescriptor.LOCK_OFFSET, SharedLock.LENGTH), 0)
                : null;
    }

    /**
     * {@return the index of the item that is being written, or that a killed writer left to be finished; -1 = none}
     *
     * @throws IOException when the file was cut
     */
    public long unfinishedItem() throws IOException {
        return hasFooter()
                ? file.copy(footer + FooterDescriptor.REDO_ITEM_OFFSET, WORD).getLong(0) - 1
                : -1;
    }

    /**
     * Whether an item's format and code fit together; they do not while CPython changes its type.
     *
     * @param index of the item
     * @return whether {@link #get} finds it whole
     * @throws IOException when the file was cut
     */
    public boolean isWhole(final int index) throws IOException {
        return item(index).isWhole(0);
    }

    /**
     * Reads an item.
     *
     * @param index of the item
     * @return as {@code ShareableList.get}; null also when the item is not whole
     * @throws IOException when the file was cut
     */
    public Object get(final int index) throws IOException {
        final Items item = item(index);
        return item.isWhole(0) ? new ItemReader(name, item, null).previous(0) : null;
    }

    /** One item as a list of its own, in memory of this process. */
    private Items item(final int index) throws IOException {
        final int capacity = layout.capacityOf(index);
        final ListLayout single = new ListLayout(new int[] {capacity});
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[single.totalBytes() + WORD]);
        copy.putBytes(single.dataOffset(0), file.copy(layout.dataOffset(index), capacity), 0, capacity);
        copy.putLong(
                single.formatOffset(0),
                file.copy(layout.formatOffset(index), WORD).getLong(0));
        copy.putByte(
                single.codeOffset(0), file.copy(layout.codeOffset(index), 1).getByte(0));
        return new Items(copy, single);
    }

    @Override
    public void close() {
        FileSurvey.close(file);
    }
}
