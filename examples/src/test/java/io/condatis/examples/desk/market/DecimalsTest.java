package io.condatis.examples.desk.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class DecimalsTest {
    private static final long SEED = Long.getLong("condatis.seed", 20261121);

    @Test
    void shouldGiveTheSameNumberBackWhenScaledAndUnscaled() {
        final Random random = new Random(SEED);
        for (int i = 0; i < 100_000; i++) {
            final long scaled = random.nextLong() >>> random.nextInt(64);
            final BigDecimal number = Decimals.unscaled(scaled);
            assertEquals(scaled, Decimals.scaled(number.stripTrailingZeros()), "seed " + SEED);
        }
    }

    @Test
    void shouldRefuseToRoundWhenNumberHasMoreDecimals() {
        assertThrows(ArithmeticException.class, () -> Decimals.scaled(new BigDecimal("0.0000000000001")));
        assertThrows(ArithmeticException.class, () -> Decimals.scaled(new BigDecimal("9223372.036854775808")));
    }

    @Test
    void shouldPrintPlainUnpaddedDigitsWhenNumberHasExponentOrZeros() {
        assertEquals("0.00000005", Decimals.plain(new BigDecimal("5e-08")));
        assertEquals("62.83755914", Decimals.plain(new BigDecimal("62.837559140000")));
        assertEquals("1000", Decimals.plain(new BigDecimal("1E3")));
        assertEquals("0", Decimals.plain(new BigDecimal("0.000")));
    }
}
