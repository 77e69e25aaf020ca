package io.condatis.examples.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.Await;
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

    @Test
    void shouldRewriteTheLineWhenOutputIsATerminal() {
        final Progress progress = new Progress(out, Progress.Form.TERMINAL, 1_000, () -> 250);

        Await.until("a line is printed", () -> {
            progress.show(7);
            return !printed().isEmpty();
        });
        progress.clear();

        assertTrue(printed().startsWith("\r250 of 1,000 trades (25 %), "), printed());
        assertTrue(printed().contains(", 7 waiting"), printed());
        assertTrue(printed().endsWith(" \r"), printed());
        assertFalse(printed().contains("\n"));
    }

    @Test
    void shouldPrintNothingBeforeItsTimeWhenOutputIsAFile() {
        final Progress progress = new Progress(out, Progress.Form.LINES, 1_000, () -> 250);

        progress.show(7);
        progress.clear();

        assertEquals("", printed());
    }

    @Test
    void shouldPrintTheFirstLineWhenThereIsProgress() {
        final AtomicLong entered = new AtomicLong();
        final Progress progress = new Progress(out, Progress.Form.LINES, 1_000, entered::get);
        final long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(1)) {
            progress.show(7);
        }
        assertEquals("", printed(), "nothing to tell");

        entered.set(250);
        progress.show(7);

        assertTrue(printed().startsWith("250 of 1,000 trades (25 %), "), printed());
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
