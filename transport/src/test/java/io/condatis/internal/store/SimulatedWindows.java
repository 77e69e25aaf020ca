package io.condatis.internal.store;

import java.util.ArrayList;
import java.util.List;

/**
 * Windows in plain memory, with the client's side of them. {@link #beforeStore} runs before each of the store's calls,
 * so a test can let clients act at exactly the moments at which a real one could.
 */
final class SimulatedWindows implements Windows {
    /** Two windows of one session on one queue. */
    static final class Cell {
        final long session;
        int credits;
        int taken;
        int limit;
        boolean watched;
        int done;
        int received;
        boolean doneWatched;
        boolean released;

        Cell(final long session) {
            this.session = session;
        }
    }

    /** Sees what the store does to windows, just after it was done. */
    interface Observer {
        default void granted(final int window, final int credits) {}

        default void revoked(final int window, final int credits) {}

        default void read(final int window, final int taken) {}

        default void readDone(final int window, final int done) {}

        default void notified(final int window) {}

        default void recalled(final int window, final int taken) {}
    }

    Runnable beforeStore = () -> {};
    Observer observer = new Observer() {};
    /** Sessions below this number get a cell. */
    long firstWithout = Long.MAX_VALUE;

    private final List<Cell> cells = new ArrayList<>();

    Cell cell(final int window) {
        return cells.get(window);
    }

    /** The client's side: spend a credit. */
    boolean spend(final int window) {
        final Cell cell = cells.get(window);
        if (cell.credits == 0) {
            return false;
        }
        cell.credits--;
        return true;
    }

    /** The client's side: take a delivery that has arrived and is the next. */
    boolean take(final int window, final int sequence) {
        final Cell cell = cells.get(window);
        if (cell.taken == cell.limit || sequence != cell.taken + 1) {
            return false;
        }
        cell.taken = sequence;
        return true;
    }

    /** The client's side: whether a delivery was recalled. */
    boolean isVoid(final int window, final int sequence) {
        return sequence - cells.get(window).taken <= 0;
    }

    /** The client's side: after a take, whether to send QueueTaken. */
    boolean mustReport(final int window) {
        final boolean watched = cells.get(window).watched;
        cells.get(window).watched = false;
        return watched;
    }

    /** The client's side: say what is done; whether to send QueueTaken. */
    boolean done(final int window, final int upTo) {
        final Cell cell = cells.get(window);
        final boolean watched = cell.doneWatched;
        cell.done = upTo;
        cell.doneWatched = false;
        return watched;
    }

    @Override
    public int done(final int window) {
        beforeStore.run();
        final int done = live(window).done;
        observer.readDone(window, done);
        return done;
    }

    @Override
    public void notifyDone(final int window) {
        beforeStore.run();
        live(window).doneWatched = true;
        observer.notified(window);
    }

    @Override
    public int received(final int window) {
        beforeStore.run();
        return live(window).received;
    }

    @Override
    public int allot(final long session) {
        if (session >= firstWithout) {
            return NONE;
        }
        cells.add(new Cell(session));
        return cells.size() - 1;
    }

    @Override
    public void release(final int window) {
        final Cell cell = live(window);
        check(cell.credits == 0, "released with credits");
        check(cell.taken == cell.limit, "released with deliveries to take");
        cell.released = true;
    }

    @Override
    public void grantPuts(final int window, final int credits) {
        check(credits > 0, "granted nothing");
        live(window).credits += credits;
        observer.granted(window, credits);
    }

    @Override
    public int revokePuts(final int window) {
        beforeStore.run();
        final Cell cell = live(window);
        final int unspent = cell.credits;
        cell.credits = 0;
        observer.revoked(window, unspent);
        return unspent;
    }

    @Override
    public int unspentPuts(final int window) {
        beforeStore.run();
        return live(window).credits;
    }

    @Override
    public void extendTakes(final int window, final int upTo) {
        beforeStore.run();
        final Cell cell = live(window);
        check(upTo - cell.limit > 0, "limit did not move forward");
        cell.limit = upTo;
    }

    @Override
    public int taken(final int window) {
        beforeStore.run();
        final int taken = live(window).taken;
        observer.read(window, taken);
        return taken;
    }

    @Override
    public int recallTakes(final int window, final int delivered) {
        beforeStore.run();
        final Cell cell = live(window);
        check(delivered - cell.limit >= 0, "recalled less than was granted");
        final int taken = cell.taken;
        cell.taken = delivered;
        cell.limit = delivered;
        cell.watched = false;
        observer.recalled(window, taken);
        return taken;
    }

    @Override
    public void notifyTakes(final int window) {
        beforeStore.run();
        live(window).watched = true;
        observer.notified(window);
    }

    private Cell live(final int window) {
        final Cell cell = cells.get(window);
        check(!cell.released, "used after release");
        return cell;
    }

    private static void check(final boolean holds, final String violation) {
        if (!holds) {
            throw new AssertionError("window " + violation);
        }
    }
}
