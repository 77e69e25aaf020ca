package io.condatis.examples.desk.book;

import io.condatis.SharedObjects;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Main class of a child JVM: is told by a line which trade of {@link BookTrades} to enter as which worker, does so, and stops where
 * the kill switch says.
 */
final class EnterTrade {
    private EnterTrade() {}

    public static void main(final String[] args) throws IOException {
        final String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        final String[] order = line.split(" ");
        final int sequence = Integer.parseInt(order[0]);
        final long worker = Long.parseLong(order[1]);
        try (SharedObjects shared = SharedObjects.attach(args[0])) {
            new Book(shared, BookTrades.LAYOUT, new KillSwitch(shared, worker)).enter(BookTrades.trade(sequence));
        }
    }
}
