package io.condatis.pool;

import io.condatis.sync.SharedEvent;

/** Interrupts the worker's task thread when the pool asks for it, and only while it runs the task that was meant. */
final class Interrupter {
    private final Board board;
    private final int slot;
    private final Thread taskThread = Thread.currentThread();

    Interrupter(final Board board, final int slot) {
        this.board = board;
        this.slot = slot;
    }

    void start() {
        final Thread thread = new Thread(this::listen, "condatis-pool-interrupter");
        thread.setDaemon(true);
        thread.start();
    }

    void begin(final long task) {
        board.held(slot, task);
        board.running(slot, task);
    }

    /** Nothing interrupts the thread for this task any more. Idempotent. */
    void end() {
        synchronized (this) {
            board.running(slot, 0);
        }
        Thread.interrupted();
    }

    /** As {@link #end()}, of a task that was not begun after all: nobody dies of it. */
    void notBegun() {
        end();
        givenBack();
    }

    /** The server has been told that the task is done. */
    void givenBack() {
        board.held(slot, 0);
    }

    private void listen() {
        try {
            final SharedEvent bell = board.bell(slot);
            while (true) {
                bell.await();
                bell.clear();
                synchronized (this) {
                    final long task = board.toInterrupt(slot);
                    if (task != 0 && task == board.running(slot)) {
                        taskThread.interrupt();
                    }
                }
            }
        } catch (final InterruptedException | RuntimeException e) {
            // The worker ends: nobody interrupts it any more.
            return;
        }
    }
}
