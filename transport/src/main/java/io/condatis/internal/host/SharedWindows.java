package io.condatis.internal.host;

import io.condatis.internal.protocol.WindowCells;
import io.condatis.internal.store.Windows;
import org.agrona.collections.IntArrayQueue;

/** The store's windows, in the memory that the sessions of this host share with it. */
final class SharedWindows implements Windows {
    private final WindowCells cells;
    /** Longest unused first, so that a cell's generation comes round as late as possible. */
    private final IntArrayQueue free = new IntArrayQueue();

    SharedWindows(final WindowCells cells) {
        this.cells = cells;
        for (int cell = 0; cell < cells.count(); cell++) {
            free.addInt(WindowCells.first(cell));
        }
    }

    @Override
    public int allot(final long session) {
        return free.isEmpty() ? NONE : free.pollInt();
    }

    @Override
    public void release(final int window) {
        free.addInt(cells.renew(window));
    }

    @Override
    public void grantPuts(final int window, final int credits) {
        cells.grantPuts(window, credits);
    }

    @Override
    public int revokePuts(final int window) {
        return Math.max(0, cells.revokePuts(window));
    }

    @Override
    public int unspentPuts(final int window) {
        return cells.unspentPuts(window);
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

    @Override
    public int done(final int window) {
        return cells.doneUpTo(window);
    }

    @Override
    public int received(final int window) {
        return cells.lastReceived(window);
    }

    @Override
    public void notifyDone(final int window) {
        cells.notifyDone(window);
    }
}
