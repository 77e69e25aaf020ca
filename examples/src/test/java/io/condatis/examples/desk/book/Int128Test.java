package io.condatis.examples.desk.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class Int128Test {
    private static final long SEED = Long.getLong("condatis.seed", 20261121);
    private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(127);

    @Test
    void shouldAgreeWithBigIntegerWhenNumbersAreRandom() {
        final Random random = new Random(SEED);
        for (int i = 0; i < 200_000; i++) {
            final long a = random.nextLong() >> random.nextInt(64);
            final long b = random.nextLong() >> random.nextInt(64);
            final Int128 product = Int128.product(a, b);
            final Int128 other = new Int128(random.nextLong() >> random.nextInt(64), random.nextLong());
            assertEquals(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)), exact(product), "seed " + SEED);
            assertSum(product, other);
            assertSum(product, Int128.of(b));
        }
    }

    @Test
    void shouldThrowWhenSumLeaves128Bits() {
        final Int128 largest = new Int128(Long.MAX_VALUE, -1);
        final Int128 smallest = new Int128(Long.MIN_VALUE, 0);

        assertThrows(ArithmeticException.class, () -> largest.plus(Int128.of(1)));
        assertThrows(ArithmeticException.class, () -> smallest.plus(Int128.of(-1)));
        assertEquals(Int128.of(-1), largest.plus(smallest));
    }

    @Test
    void shouldPlaceTheDecimalPointWhenConverted() {
        assertEquals(new BigDecimal("-0.0005"), Int128.of(-5).toBigDecimal(4));
        assertEquals(new BigDecimal("18446744073709551.615"), new Int128(0, -1).toBigDecimal(3));
    }

    private static void assertSum(final Int128 a, final Int128 b) {
        final BigInteger sum = exact(a).add(exact(b));
        if (sum.compareTo(LIMIT) >= 0 || sum.compareTo(LIMIT.negate()) < 0) {
            assertThrows(ArithmeticException.class, () -> a.plus(b), "seed " + SEED);
        } else {
            assertEquals(sum, exact(a.plus(b)), "seed " + SEED);
        }
    }

    private static BigInteger exact(final Int128 number) {
        return number.toBigDecimal(0).toBigIntegerExact();
    }
}
