package io.condatis.internal.store;

/** What goes on in one queue, at one moment. */
public final class QueueFigures {
    private long depth;
    private long inHand;
    private int takers;
    private int putters;
    private long put;
    private long done;

    QueueFigures() {}

    void set(final long untaken, final long takenNotDone, final int takes, final int puts) {
        depth = untaken;
        inHand = takenNotDone;
        takers = takes;
        putters = puts;
    }

    void totals(final long arrivals, final long gone) {
        put = arrivals;
        done = gone;
    }

    /** {@return items that nobody has taken} */
    public long depth() {
        return depth;
    }

    /** {@return items taken and not done; 0 where what is taken is gone} */
    public long inHand() {
        return inHand;
    }

    /** {@return takes that wait} */
    public int takers() {
        return takers;
    }

    /** {@return puts that wait} */
    public int putters() {
        return putters;
    }

    /** {@return items that came so far} */
    public long put() {
        return put;
    }

    /** {@return items taken, or done where they are leased, or removed} */
    public long done() {
        return done;
    }
}
