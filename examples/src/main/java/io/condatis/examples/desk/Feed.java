package io.condatis.examples.desk;

import io.condatis.SharedObjects;
import io.condatis.examples.desk.book.BookLayout;
import io.condatis.examples.desk.book.Trade;
import io.condatis.examples.desk.market.BadInputException;
import io.condatis.examples.desk.market.MarketTrade;
import io.condatis.examples.desk.market.TradeReader;
import io.condatis.examples.desk.market.TradeSource;
import io.condatis.manager.JoinableQueue;
import io.condatis.manager.Manager;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The process that reads the trades and puts each of them on the queue. */
final class Feed {
    private static final long LOOK_NS = TimeUnit.MICROSECONDS.toNanos(100);

    private final BookLayout layout;
    private final JoinableQueue<Trade> trades;
    private final Counters counters;
    private final double ratePerSecond;

    private Feed(final Desk desk, final Manager manager, final SharedObjects shared, final double ratePerSecond) {
        layout = desk.layout();
        trades = Desk.trades(manager);
        counters = new Counters(shared);
        this.ratePerSecond = ratePerSecond;
    }

    /** Runs in the feed's JVM. A rate of 0 is as fast as possible. */
    static void run(final Desk desk, final TradeSource source, final double ratePerSecond) throws InterruptedException {
        Role.play(() -> {
            try (Manager manager = Manager.connect(desk.manager());
                    SharedObjects shared = SharedObjects.attach(desk.memory());
                    TradeReader reader = source.open()) {
                new Feed(desk, manager, shared, ratePerSecond).putAll(reader);
            }
        });
    }

    private void putAll(final TradeReader reader) throws InterruptedException {
        awaitRelease(0);
        final long startNs = System.nanoTime();
        counters.startedNs.set(startNs);
        final Pace pace = new Pace(ratePerSecond, startNs);
        long sequence = 0;
        for (MarketTrade next = reader.next(); next != null; next = reader.next()) {
            awaitRelease(sequence);
            final Trade trade = Trade.of(sequence, next, pace.awaitDue(sequence));
            if (!layout.accepts(trade)) {
                throw changed(reader);
            }
            trades.put(trade);
            sequence++;
        }
        if (sequence != layout.trades()) {
            throw changed(reader);
        }
    }

    private static BadInputException changed(final TradeReader reader) {
        return new BadInputException(reader.position(), "expected the same trades as when they were read first");
    }

    private void awaitRelease(final long sequence) {
        while (sequence >= counters.released.get()) {
            LockSupport.parkNanos(LOOK_NS);
        }
    }
}
