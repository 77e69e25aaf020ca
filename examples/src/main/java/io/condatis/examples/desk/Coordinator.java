package io.condatis.examples.desk;

import io.condatis.SharedObjects;
import io.condatis.examples.desk.book.Book;
import io.condatis.examples.desk.book.BookLayout;
import io.condatis.examples.desk.book.Checkpoint;
import io.condatis.examples.desk.book.KillSwitch;
import io.condatis.examples.desk.book.MinuteVwap;
import io.condatis.examples.desk.book.Trade;
import io.condatis.examples.desk.market.Side;
import io.condatis.manager.JoinableQueue;
import io.condatis.manager.Manager;
import io.condatis.manager.ManagerOptions;
import java.io.PrintStream;
import java.util.List;

/** Starts everything, waits, and closes everything on every path: the shared objects, the manager, the staff. */
final class Coordinator {
    private static final long ROOM_BESIDE_THE_BOOK = 1 << 20;

    private final Order order;
    private final PrintStream out;
    private final Manager manager;
    private final Staff staff;
    private final Counters counters;
    private final KillSwitch killSwitch;
    private final Book book;
    private final JoinableQueue<Trade> trades;
    private final Watch watch;
    private final Progress progress;

    private Coordinator(
            final Order order,
            final PrintStream out,
            final SharedObjects shared,
            final Manager manager,
            final Staff staff) {
        this.order = order;
        this.out = out;
        this.manager = manager;
        this.staff = staff;
        counters = new Counters(shared);
        killSwitch = new KillSwitch(shared, KillSwitch.NOBODY);
        book = new Book(shared, staff.layout(), Checkpoint.NONE);
        trades = Desk.trades(manager);
        progress = new Progress(out, Progress.ofStandardOutput(), staff.layout().trades(), book::entered);
        watch = new Watch(staff, trades, progress);
    }

    /** {@return the exit code} */
    static int run(final Order order, final BookLayout layout, final PrintStream out) throws InterruptedException {
        final String name = "desk-" + ProcessHandle.current().pid();
        final ManagerOptions options = new ManagerOptions()
                .name(name)
                .allow(Trade.class, Side.class, MinuteVwap.class)
                .jvmOptions(Role.jvmOptions(layout.trades()));
        // The manager first: should this process be killed, the server is there to remove what it left.
        try (Manager manager = Manager.start(options);
                SharedObjects shared = SharedObjects.create(name, capacity(layout));
                Staff staff = new Staff(new Desk(manager.handle(), name, layout))) {
            return new Coordinator(order, out, shared, manager, staff).work();
        }
    }

    private static long capacity(final BookLayout layout) {
        return ROOM_BESIDE_THE_BOOK + (long) Long.BYTES * layout.length();
    }

    private int work() throws InterruptedException {
        final List<Kill> plan =
                Kill.plan(order.seed(), order.kills(), staff.layout().trades());
        final long elapsedNs;
        try {
            openTheDesk();
            new Kills(staff, watch, counters, book, killSwitch).carryOut(plan);
            counters.released.set(Long.MAX_VALUE);
            watch.until(staff::feedHasEnded);
            watch.untilAllDone();
            elapsedNs = System.nanoTime() - counters.startedNs.get();
            closeTheDesk();
        } finally {
            progress.clear();
        }
        final Report report = new Report(out, book, counters, Desk.vwaps(manager));
        report.printTables();
        report.printTimes(elapsedNs, Latency.merge(Desk.latencies(manager).values()));
        report.printKills(plan);
        return report.compareWith(order.source());
    }

    private void openTheDesk() {
        for (int i = 0; i < order.workers(); i++) {
            staff.hire();
        }
        staff.startFeed(order.source(), order.ratePerSecond());
        out.println("manager " + manager.name() + " (pid " + manager.serverPid() + "), " + staff);
        watch.until(() -> counters.ready.get() == staff.hired());
    }

    private void closeTheDesk() throws InterruptedException {
        for (int i = 0; i < order.workers(); i++) {
            trades.put(Trade.END);
        }
        watch.until(staff::workersHaveEnded);
    }
}
