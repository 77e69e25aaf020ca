package io.condatis.examples.desk.market;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Random;

/**
 * Trades made up from a seed: a price that wanders in cents, amounts with eight decimals, one trade every 90 ms on
 * average. The same seed and count give the same trades on every machine and Java version.
 *
 * @param seed what the trades depend on
 * @param count how many there are
 */
public record GeneratedTrades(long seed, int count) implements TradeSource {
    private static final long serialVersionUID = 1L;
    private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

    @Override
    public TradeReader open() {
        return new Generator(seed, count);
    }

    @Override
    public String describe() {
        return "generated, seed " + seed;
    }

    private static final class Generator implements TradeReader {
        private static final int CENTS = 2;
        private static final int AMOUNT_PLACES = 8;
        private static final long FIRST_PRICE = 25_741_02;
        private static final long LOWEST_PRICE = 1_00;
        private static final int LARGEST_STEP = 250;
        private static final int LARGEST_AMOUNT = 50_000_000;
        private static final int LONGEST_PAUSE_MS = 180;

        private final Random random;
        private final int count;
        private Instant time = START;
        private long price = FIRST_PRICE;
        private int made;

        Generator(final long seed, final int count) {
            this.random = new Random(seed);
            this.count = count;
        }

        @Override
        public MarketTrade next() {
            if (made == count) {
                return null;
            }
            made++;
            price = Math.max(LOWEST_PRICE, price + random.nextInt(2 * LARGEST_STEP + 1) - LARGEST_STEP);
            time = time.plusMillis(random.nextInt(LONGEST_PAUSE_MS + 1));
            final Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
            final BigDecimal amount = BigDecimal.valueOf(1 + random.nextInt(LARGEST_AMOUNT), AMOUNT_PLACES);
            return new MarketTrade(side, BigDecimal.valueOf(price, CENTS), amount, time);
        }

        @Override
        public String position() {
            return "generated trade " + made;
        }

        @Override
        public void close() {}
    }
}
