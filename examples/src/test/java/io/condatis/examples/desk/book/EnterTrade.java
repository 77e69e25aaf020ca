package io.condatis.examples.desk.book;

import io.condatis.SharedObjects;

/** Main class of a child JVM: enters one trade of {@link BookTrades}, and stops where the kill switch says. */
final class EnterTrade {
    private EnterTrade() {}

    public static void main(final String[] args) {
        final int sequence = Integer.parseInt(args[1]);
        final long worker = Long.parseLong(args[2]);
        try (SharedObjects shared = SharedObjects.attach(args[0])) {
            new Book(shared, BookTrades.LAYOUT, new KillSwitch(shared, worker)).enter(BookTrades.trade(sequence));
        }
    }
}
