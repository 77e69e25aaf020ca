package io.condatis.internal.host;

import io.condatis.internal.protocol.WindowCells;
import io.condatis.internal.store.Windows;
import org.agrona.collections.IntArrayList;

/** The store's windows, in the memory that the sessions of this host share with it. */
final class SharedWindows implements Windows {
    private final WindowCells cells;
    private final IntArrayList free = new IntArrayList();

    SharedWindows(final WindowCells cells) {
        this.cells = cells;
        for (int cell = cells.count() - 1; cell >= 0; cell--) {
            free.addInt(cell);
        }
    }

    @Override
    public int allot(final long session) {
        if (free.isEmpty()) {
            return NONE;
        }
        final int cell = free.fastUnorderedRemove(free.size() - 1);
        cells.reset(cell);
        return cell;
    }

    @Override
    public void release(final int window) {
        free.addInt(window);
    }

    @Override
    public void grantPuts(final int window, final int credits) {
        cells.grantPuts(window, credits);
    }

    @Override
    public int revokePuts(final int window) {
        final long unspent = cells.revokePuts(window);
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, unspent));
    }

    @Override
    public void extendTakes(final int window, final int upTo) {
        cells.extendTakes(window, upTo);
    }

    @Override
    public int taken(final int window) {
        return cells.taken(window);
    }

    @Override
    public int recallTakes(final int window, final int delivered) {
        return cells.recallTakes(window, delivered);
    }

    @Override
    public void notifyTakes(final int window) {
        cells.notifyTakes(window);
    }
}
