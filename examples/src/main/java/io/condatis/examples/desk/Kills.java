package io.condatis.examples.desk;

import io.condatis.examples.desk.book.Book;
import io.condatis.examples.desk.book.KillSwitch;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Carries out the plan: kills workers one after the other and replaces each. */
final class Kills {
    private final Staff staff;
    private final Watch watch;
    private final Counters counters;
    private final Book book;
    private final KillSwitch killSwitch;

    Kills(final Staff staff, final Watch watch, final Counters counters, final Book book, final KillSwitch killSwitch) {
        this.staff = staff;
        this.watch = watch;
        this.counters = counters;
        this.book = book;
        this.killSwitch = killSwitch;
    }

    void carryOut(final List<Kill> plan) throws InterruptedException {
        for (final Kill kill : plan) {
            staff.kill(kill.place() == Kill.Place.INSIDE ? stopInside(kill) : findAnywhere(kill));
            staff.hire();
            watch.until(() -> counters.ready.get() == staff.hired());
        }
    }

    /** The worker that enters this very trade holds the lock and stands still; nobody else can come in. */
    private long stopInside(final Kill kill) {
        killSwitch.stopAt(kill.sequence(), kill.step());
        counters.released.set(kill.releaseUpTo());
        watch.until(() -> killSwitch.stopped() != KillSwitch.NOBODY);
        killSwitch.release();
        return killSwitch.stopped();
    }

    private long findAnywhere(final Kill kill) {
        counters.released.set(kill.releaseUpTo());
        watch.until(() -> book.entered() >= kill.sequence());
        LockSupport.parkNanos(kill.delayNs());
        return staff.pick(kill.victim());
    }
}
