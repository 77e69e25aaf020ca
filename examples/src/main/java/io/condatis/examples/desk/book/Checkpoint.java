package io.condatis.examples.desk.book;

/** Is told of every step inside the critical section before it is made: the seam at which a process is killed. */
@FunctionalInterface
public interface Checkpoint {
    /** The sequence when the section only repairs and reads. */
    long NO_TRADE = -1;

    /** Goes on at once. */
    Checkpoint NONE = (sequence, step) -> {};

    /**
     * A step comes next.
     *
     * @param sequence the trade which is being entered
     * @param step how many steps were made for it before
     */
    void reached(long sequence, int step);
}
