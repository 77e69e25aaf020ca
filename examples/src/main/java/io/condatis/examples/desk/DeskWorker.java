package io.condatis.examples.desk;

import io.condatis.SharedObjects;
import io.condatis.examples.desk.book.Book;
import io.condatis.examples.desk.book.KillSwitch;
import io.condatis.examples.desk.book.Trade;
import io.condatis.manager.JoinableQueue;
import io.condatis.manager.Manager;
import java.util.concurrent.ConcurrentMap;

/** A process that takes trades from the queue and enters them into the book. It may be killed at any moment. */
final class DeskWorker {
    private final JoinableQueue<Trade> trades;
    private final ConcurrentMap<String, byte[]> latencies;
    private final Counters counters;
    private final Book book;
    private final VwapBoard board;
    private final Latency latency = new Latency();

    private DeskWorker(final Desk desk, final Manager manager, final SharedObjects shared, final long number) {
        trades = Desk.trades(manager);
        latencies = Desk.latencies(manager);
        counters = new Counters(shared);
        book = new Book(shared, desk.layout(), new KillSwitch(shared, number));
        board = new VwapBoard(book, desk.layout(), Desk.vwaps(manager));
    }

    /** Runs in the worker's JVM. */
    static void run(final Desk desk, final long number) throws InterruptedException {
        Role.play(() -> {
            try (Manager manager = Manager.connect(desk.manager());
                    SharedObjects shared = SharedObjects.attach(desk.memory())) {
                new DeskWorker(desk, manager, shared, number).workUntilTheEnd("worker-" + number);
            }
        });
    }

    private void workUntilTheEnd(final String name) throws InterruptedException {
        board.publishAll();
        counters.ready.incrementAndGet();
        for (Trade trade = trades.take(); !trade.isEnd(); trade = trades.take()) {
            enter(trade);
            // Only now: killed before this, the trade is delivered to another worker, which finds its done bit set.
            trades.taskDone();
            latency.record(System.nanoTime() - trade.putNs());
        }
        board.publishAll();
        latencies.put(name, latency.encode());
        trades.taskDone();
    }

    private void enter(final Trade trade) {
        if (trades.attempt() > 1) {
            counters.redelivered.incrementAndGet();
        }
        if (book.enter(trade)) {
            board.entered(trade.minute());
        } else {
            counters.repeated.incrementAndGet();
        }
    }
}
