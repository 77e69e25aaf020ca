package io.condatis.examples.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class ProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final AtomicLong entered = new AtomicLong();
    private long nowNs;

    @Test
    void shouldRewriteTheLineWhenOutputIsATerminal() {
        final Progress progress = progress(Progress.Form.TERMINAL);
        entered.set(250);
        nowNs += TimeUnit.MILLISECONDS.toNanos(100);

        progress.show(7);
        progress.clear();

        assertTrue(printed().startsWith("\r250 of 1,000 trades (25 %), 2,500 trades/s, 7 waiting"), printed());
        assertTrue(printed().endsWith(" \r"), printed());
        assertFalse(printed().contains("\n"));
    }

    @Test
    void shouldPrintTheFirstLineWhenThereIsProgress() {
        final Progress progress = progress(Progress.Form.LINES);
        for (int i = 0; i < 100; i++) {
            nowNs += TimeUnit.MILLISECONDS.toNanos(29);
            progress.show(7);
        }
        progress.clear();
        assertEquals("", printed(), "nothing to tell");

        entered.set(250);
        progress.show(7);

        assertTrue(printed().startsWith("250 of 1,000 trades (25 %), "), printed());
    }

    @Test
    void shouldPrintNothingInTheFirstHalfSecondWhenOutputIsAFile() {
        final Progress progress = progress(Progress.Form.LINES);
        entered.set(250);
        nowNs += TimeUnit.MILLISECONDS.toNanos(499);
        progress.show(7);
        assertEquals("", printed());

        nowNs += TimeUnit.MILLISECONDS.toNanos(1);
        progress.show(7);
        assertEquals(1, printed().lines().count(), printed());
    }

    @Test
    void shouldPrintALineEveryThreeSecondsWhenOutputIsAFile() {
        final Progress progress = progress(Progress.Form.LINES);
        for (int i = 0; i < 10; i++) {
            nowNs += TimeUnit.SECONDS.toNanos(1);
            entered.addAndGet(10);
            progress.show(7);
        }

        assertEquals(4, printed().lines().count(), printed());
    }

    private Progress progress(final Progress.Form form) {
        return new Progress(out, form, 1_000, entered::get, () -> nowNs);
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
