package io.condatis.examples.desk;

import io.condatis.examples.desk.book.Trade;
import io.condatis.manager.JoinableQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** How the coordinator waits: it looks after the staff and the manager meanwhile, and shows how far the desk is. */
final class Watch {
    private static final long LOOK_NS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final long MANAGER_LOOK_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Staff staff;
    private final JoinableQueue<Trade> trades;
    private final Progress progress;
    private long nextManagerLookNs = System.nanoTime();

    Watch(final Staff staff, final JoinableQueue<Trade> trades, final Progress progress) {
        this.staff = staff;
        this.trades = trades;
        this.progress = progress;
    }

    /** Throws when the manager is lost or one of the staff has ended that should not. */
    void until(final BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            final long nowNs = System.nanoTime();
            if (nowNs - nextManagerLookNs >= 0) {
                nextManagerLookNs = nowNs + MANAGER_LOOK_NS;
                progress.show(trades.size());
            }
            staff.check();
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    void untilAllDone() throws InterruptedException {
        while (!trades.join(MANAGER_LOOK_NS, TimeUnit.NANOSECONDS)) {
            progress.show(trades.size());
            staff.check();
        }
    }
}
