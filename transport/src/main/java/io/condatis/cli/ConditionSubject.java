package io.condatis.cli;

import io.condatis.SharedObjects;
import io.condatis.sync.SharedCondition;
import io.condatis.sync.SharedLock;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A bounded buffer of numbers under a lock with two conditions. Each number is taken once, in order; nobody sleeps on while
 * there is something for him.
 */
final class ConditionSubject extends TortureSubject {
    private static final int CAPACITY = 4;
    private static final int HEAD = 0;
    private static final int TAIL = 16;
    private static final int ITEMS = 32;

    private final SharedLock lock;
    private final SharedCondition notEmpty;
    private final SharedCondition notFull;
    private int turns;

    ConditionSubject(final TortureTally tally, final SharedObjects shared) {
        super(tally);
        lock = shared.lock("subject");
        notEmpty = shared.condition("not empty", lock);
        notFull = shared.condition("not full", lock);
    }

    @Override
    void round(final int victim, final Random random) throws InterruptedException {
        final long startNs = System.nanoTime();
        if (random.nextBoolean()) {
            put(STUCK_S * 1_000);
        } else {
            take(STUCK_S * 1_000);
        }
        tally.operation(System.nanoTime() - startNs);
    }

    /** Fills or empties the buffer in turn, so that no victim waits for one that has been killed. */
    @Override
    void outside(final Random random) throws InterruptedException {
        turns++;
        for (int i = 0; i < CAPACITY; i++) {
            if (turns % 2 == 0) {
                take(0);
            } else {
                put(0);
            }
        }
    }

    @Override
    void verify() throws InterruptedException {
        outside(null);
        lock.lock();
        notEmpty.signalAll();
        notFull.signalAll();
        if (notEmpty.waiters() + notFull.waiters() != 0) {
            tally.violation("cells of the dead are left: " + notEmpty + " " + notFull);
        }
        lock.unlock();
    }

    private void put(final long timeoutMs) throws InterruptedException {
        enter();
        try {
            if (await(notFull, () -> size() < CAPACITY, timeoutMs)) {
                final long tail = tally.words().get(TAIL);
                tally.words().set(ITEMS + (int) (tail % CAPACITY), tail);
                tally.words().set(TAIL, tail + 1);
                notEmpty.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void take(final long timeoutMs) throws InterruptedException {
        enter();
        try {
            if (await(notEmpty, () -> size() > 0, timeoutMs)) {
                final long head = tally.words().get(HEAD);
                if (tally.words().get(ITEMS + (int) (head % CAPACITY)) != head) {
                    tally.violation("item " + head + " was overwritten: " + lock);
                }
                tally.words().set(HEAD, head + 1);
                notFull.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void enter() {
        lock.lock();
        checkState();
    }

    private boolean await(final SharedCondition condition, final Predicate predicate, final long timeoutMs)
            throws InterruptedException {
        final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        boolean met = predicate.test();
        while (!met && endNs - System.nanoTime() > 0) {
            final boolean signalled = condition.await(endNs - System.nanoTime(), TimeUnit.NANOSECONDS);
            checkState();
            met = predicate.test();
            if (met && !signalled) {
                tally.violation("slept to the end of the time beside work: " + condition);
            }
        }
        return met;
    }

    private void checkState() {
        if (lock.isAbandoned()) {
            tally.recovery();
            lock.markConsistent(); // head and tail are single words
        }
        if (size() < 0 || size() > CAPACITY) {
            tally.violation("size is " + size());
        }
    }

    private long size() {
        return tally.words().get(TAIL) - tally.words().get(HEAD);
    }

    /** Something that becomes true. */
    private interface Predicate {
        boolean test();
    }
}
