package io.condatis.pool;

import io.condatis.SharedObjects;
import io.condatis.sync.SharedEvent;
import io.condatis.value.CType;
import io.condatis.value.LongArray;
import java.io.Serializable;

/**
 * What a pool and its workers tell one another without a message: a few words in shared memory. Serialised as a handle.
 *
 * <pre>
 *  line 0      0 ending | 1 cancellations so far
 *  line 1 + n  of the worker in slot n: 0 phase | 1 task that it runs, 0 none | 2 task to interrupt, 0 none
 *              | 3 task that it has begun and not yet given back, 0 none
 * </pre>
 *
 * <p>A line is 128 bytes, so that no worker slows down another. A dead worker's words tell what it died of.
 */
final class Board implements Serializable {
    /** Nobody is there, or somebody who has not come to his task loop. */
    static final long STARTING = 0;
    /** In its task loop. */
    static final long READY = 1;
    /** Left because it had done its share, or because the pool ends. */
    static final long LEFT = 2;
    /** Left because its initialiser threw. */
    static final long INITIALISER_FAILED = 3;

    private static final long serialVersionUID = 1L;
    private static final int LINE = 16;
    private static final int ENDING = 0;
    private static final int CANCELLATIONS = 1;
    private static final int PHASE = 0;
    private static final int RUNNING = 1;
    private static final int INTERRUPT = 2;
    private static final int HELD = 3;
    private static final long ROOM_PER_WORKER = 1024;
    private static final long ROOM = 64 * 1024;

    private final SharedObjects objects;
    private final int workers;
    private transient LongArray words;

    private Board(final SharedObjects objects, final int workers) {
        this.objects = objects;
        this.workers = workers;
        words = objects.rawArray("words", CType.of('q'), new long[LINE * (workers + 1)]);
    }

    static Board create(final String name, final int workers) {
        return new Board(SharedObjects.create(name, ROOM + workers * ROOM_PER_WORKER), workers);
    }

    /** Of another process's pool; to be closed, unlike one that has come as a handle, which this process may have in common. */
    static Board attach(final String name, final int workers) {
        return new Board(SharedObjects.attach(name), workers);
    }

    String name() {
        return objects.name();
    }

    private Object readResolve() {
        return new Board(objects, workers);
    }

    /** A worker's bell: rung when there is something to interrupt. */
    SharedEvent bell(final int slot) {
        return objects.event("bell-" + slot);
    }

    void end() {
        words.set(ENDING, 1);
    }

    boolean isEnding() {
        return words.get(ENDING) != 0;
    }

    void noteCancellation() {
        words.incrementAndGet(CANCELLATIONS);
    }

    long cancellations() {
        return words.get(CANCELLATIONS);
    }

    void reset(final int slot) {
        words.set(line(slot) + INTERRUPT, 0);
        words.set(line(slot) + RUNNING, 0);
        words.set(line(slot) + HELD, 0);
        words.set(line(slot) + PHASE, STARTING);
    }

    void phase(final int slot, final long phase) {
        words.set(line(slot) + PHASE, phase);
    }

    long phase(final int slot) {
        return words.get(line(slot) + PHASE);
    }

    void running(final int slot, final long task) {
        words.set(line(slot) + RUNNING, task);
    }

    long running(final int slot) {
        return words.get(line(slot) + RUNNING);
    }

    /** From before it begins until it is given back to the server: what the worker is to blame for if it dies. */
    void held(final int slot, final long task) {
        words.set(line(slot) + HELD, task);
    }

    long held(final int slot) {
        return words.get(line(slot) + HELD);
    }

    void interrupt(final int slot, final long task) {
        words.set(line(slot) + INTERRUPT, task);
        bell(slot).set();
    }

    long toInterrupt(final int slot) {
        return words.get(line(slot) + INTERRUPT);
    }

    void close() {
        objects.close();
    }

    private static int line(final int slot) {
        return LINE * (slot + 1);
    }
}
