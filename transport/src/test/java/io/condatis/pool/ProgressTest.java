package io.condatis.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.Await;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProgressTest {
    @Test
    void shouldTellAfterEachChunkHowManyItemsAreDone() throws Exception {
        final List<String> heard = Collections.synchronizedList(new ArrayList<>());
        try (Pool pool = Pool.start(1)) {
            pool.map(
                    Tasks::square,
                    List.of(1, 2, 3, 4, 5),
                    new Job().chunkSize(2).progress((done, total) -> heard.add(done + "/" + total)));
            Await.until("the last chunk is told", () -> heard.size() == 3);
            assertEquals(List.of("2/5", "4/5", "5/5"), heard);
        }
    }

    @Test
    void shouldGoOnWhenAListenerThrows() throws Exception {
        try (Pool pool = Pool.start(1)) {
            assertEquals(List.of(1, 4), pool.map(Tasks::square, List.of(1, 2), new Job().progress((done, total) -> {
                        throw new IllegalStateException("bad listener");
                    })));
        }
    }

    @Test
    void shouldDrawABarAndEndItsLine() {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final ConsoleProgress progress =
                new ConsoleProgress("prices", new PrintStream(bytes, true, StandardCharsets.UTF_8));
        progress.onProgress(100, 200);
        progress.onProgress(101, 200);
        progress.onProgress(200, 200);
        final String text = bytes.toString(StandardCharsets.UTF_8);
        assertTrue(text.startsWith("\rprices [###############...............]  50 % 100/200, "), text);
        assertTrue(text.contains("\rprices [##############################] 100 % 200/200, "), text);
        assertEquals(2, text.chars().filter(c -> c == '\r').count(), "drawn ten times a second at most");
        assertTrue(text.endsWith(System.lineSeparator()), text);
    }
}
