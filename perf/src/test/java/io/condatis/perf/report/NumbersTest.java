package io.condatis.perf.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class NumbersTest {
    @Test
    void shouldGiveEachSizeTheDigitsThatMeanSomething() {
        final String all = DoubleStream.of(1234567.8, 123.4, 12.34, 1.234, 0.1234, 0.01234, 0.0006789, 0.000001, 0)
                .mapToObj(Numbers::format)
                .reduce((left, right) -> left + " " + right)
                .orElseThrow();

        assertEquals("1,234,568 123 12.3 1.23 0.123 0.012 0.00068 0.000 0.000", all);
        assertEquals("-", Numbers.format(Double.NaN));
        assertEquals("-0.012", Numbers.format(-0.01234));
    }
}
