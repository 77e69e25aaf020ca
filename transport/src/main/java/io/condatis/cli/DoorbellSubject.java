package io.condatis.cli;

import io.condatis.memory.NameMissingException;
import io.condatis.memory.SharedMemory;
import io.condatis.sync.Doorbell;
import io.condatis.sync.DoorbellIdleStrategy;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;

/**
 * A mailbox with a doorbell for each victim, who passes on what it gets. A letter is the time when it was put there. Whoever
 * sleeps is woken by it: only when a sender was killed before its ring was over may a letter lie there for the whole sleep.
 */
final class DoorbellSubject extends TortureSubject {
    private static final int BOX = 0;
    private static final int RINGING = BOX + TortureTally.MAX_VICTIMS;
    private static final int EXCUSED = RINGING + TortureTally.MAX_VICTIMS;
    private static final int LATE = EXCUSED + TortureTally.MAX_VICTIMS;
    private static final long SLEEP_NS = TimeUnit.SECONDS.toNanos(2);
    private static final int LAST_LETTERS = 1_000;
    private static final long LONGEST_PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(500);

    private final SharedMemory memory;
    private final Doorbell[] doorbells;

    /** This victim's, once it is known which one it is. */
    private IdleStrategy idle;

    DoorbellSubject(final TortureTally tally, final String name, final int victims) {
        super(tally);
        memory = attachOrCreate(name + "-doorbells", victims * Doorbell.LENGTH);
        doorbells = new Doorbell[victims];
        for (int i = 0; i < victims; i++) {
            doorbells[i] = new Doorbell(memory.buffer(), i * Doorbell.LENGTH);
        }
    }

    @Override
    int threads() {
        return 1;
    }

    @Override
    void round(final int victim, final Random random) {
        if (idle == null) {
            idle = new DoorbellIdleStrategy(doorbells[victim], SLEEP_NS);
            tally.words().set(BOX + victim, 0); // came while this process started
        }
        final long letter = receive(victim);
        final long waitedNs = System.nanoTime() - letter;
        if (waitedNs >= SLEEP_NS) {
            late(victim, waitedNs);
        }
        tally.operation(waitedNs);
        if (random.nextInt(4) == 0) {
            LockSupport.parkNanos(1 + random.nextInt((int) LONGEST_PAUSE_NS));
        }
        final int target = pick(random, victim);
        tally.words().set(RINGING + victim, 1 + target);
        send(target);
        tally.words().set(RINGING + victim, 0);
    }

    @Override
    void outside(final Random random) {
        send(random.nextInt(doorbells.length));
    }

    /** Letters at every moment of going to sleep; each has to arrive. */
    @Override
    void verify() throws InterruptedException {
        idle = new DoorbellIdleStrategy(doorbells[0], TimeUnit.SECONDS.toNanos(2 * STUCK_S));
        tally.words().set(BOX, 0);
        tally.ready().set(0, 1);
        final Thread receiver = new Thread(
                () -> {
                    for (int i = 0; i < LAST_LETTERS; i++) {
                        receive(0);
                    }
                },
                "receiver");
        receiver.setDaemon(true);
        receiver.start();
        final Random random = new Random();
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(STUCK_S);
        while (receiver.isAlive() && System.nanoTime() - endNs < 0) {
            send(0);
            LockSupport.parkNanos(1 + random.nextInt((int) LONGEST_PAUSE_NS));
        }
        if (receiver.isAlive()) {
            tally.violation("one of the last letters woke nobody for " + STUCK_S + " s");
        }
    }

    @Override
    void buried(final int victim) {
        final int target = (int) tally.words().getAndSet(RINGING + victim, 0) - 1;
        if (target >= 0) {
            tally.words().incrementAndGet(EXCUSED + target);
        }
    }

    @Override
    public void close() {
        memory.unlink();
        memory.close();
    }

    private long receive(final int victim) {
        idle.reset();
        long letter = tally.words().getAndSet(BOX + victim, 0);
        while (letter == 0) {
            idle.idle();
            letter = tally.words().getAndSet(BOX + victim, 0);
        }
        idle.reset();
        return letter;
    }

    /** Nobody writes to the dead, nor where there is a letter already: its sender rings. */
    private void send(final int victim) {
        if (tally.ready().get(victim) != 0 && tally.words().compareAndSet(BOX + victim, 0, System.nanoTime())) {
            doorbells[victim].ring();
        }
    }

    private void late(final int victim, final long waitedNs) {
        if (tally.words().incrementAndGet(LATE + victim) > tally.words().get(EXCUSED + victim)) {
            tally.violation("a letter lay there for " + TimeUnit.NANOSECONDS.toMillis(waitedNs)
                    + " ms, and no killed sender of it excuses that");
        } else {
            tally.recovery();
        }
    }

    private int pick(final Random random, final int victim) {
        return doorbells.length == 1 ? 0 : (victim + 1 + random.nextInt(doorbells.length - 1)) % doorbells.length;
    }

    private static SharedMemory attachOrCreate(final String name, final int size) {
        try {
            return SharedMemory.attach(name);
        } catch (final NameMissingException e) {
            return SharedMemory.create(name, size);
        }
    }
}
