package io.condatis.examples.desk;

import io.condatis.examples.desk.book.BookLayout;
import io.condatis.examples.desk.book.MinuteVwap;
import io.condatis.examples.desk.book.Trade;
import io.condatis.manager.JoinableQueue;
import io.condatis.manager.Manager;
import io.condatis.manager.ManagerHandle;
import java.io.Serializable;
import java.util.concurrent.ConcurrentMap;

/**
 * What every process of the desk is told when it is started: where things are.
 *
 * @param manager how to reach the manager
 * @param memory name of the shared objects
 * @param layout of the book in them
 */
record Desk(ManagerHandle manager, String memory, BookLayout layout) implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MAX_WAITING_TRADES = 10_000;

    static JoinableQueue<Trade> trades(final Manager manager) {
        return manager.joinableQueue("trades", MAX_WAITING_TRADES);
    }

    static ConcurrentMap<String, MinuteVwap> vwaps(final Manager manager) {
        return manager.dict("vwap");
    }

    /** Histograms by name of the worker, in HdrHistogram's compressed form. */
    static ConcurrentMap<String, byte[]> latencies(final Manager manager) {
        return manager.dict("latency");
    }
}
