package io.condatis.examples.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class TableTest {
    @Test
    void shouldAlignColumnsWhenCellsDifferInLength() {
        final Table table = new Table("side", "trades").row("buy", "3465").row("sell", "12");

        assertEquals(List.of("side   trades", "buy      3465", "sell       12"), table.lines(10));
    }

    @Test
    void shouldLeaveOutTheMiddleAndCountItWhenTableIsLong() {
        final Table table = new Table("n");
        for (int i = 1; i <= 9; i++) {
            table.row(String.valueOf(i));
        }

        assertEquals(List.of("n", "1", "2", "3", "... 4 more ...", "8", "9"), table.lines(5));
        assertEquals(10, table.lines(9).size());
    }
}
