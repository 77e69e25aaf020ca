package io.condatis.examples.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.SharedObjects;
import io.condatis.memory.OutOfSharedMemoryException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class FailuresTest {
    private final StringWriter text = new StringWriter();
    private final PrintWriter err = new PrintWriter(text, true);

    @Test
    void shouldPrintOneLineWithNeedFreeAndRemedyWhenSharedObjectsAreFull() {
        try (SharedObjects shared =
                SharedObjects.create("full-" + ProcessHandle.current().pid(), 4_096)) {
            final Exception full =
                    assertThrows(OutOfSharedMemoryException.class, () -> shared.longArray("book", 1_000_000));

            assertEquals(1, Failures.explain(full, err));

            assertEquals(1, text.toString().lines().count(), text.toString());
            for (final String part : new String[] {"condatis demo: ", "need=", "free=", "larger capacity"}) {
                assertTrue(text.toString().contains(part), text.toString());
            }
        }
    }

    @Test
    void shouldKeepTheTraceWhenFailureIsABug() {
        assertEquals(1, Failures.explain(new IllegalArgumentException("bug"), err));

        assertTrue(text.toString().contains("at "), text.toString());
    }

    @Test
    void shouldReturnTheExitCodeWhenDeskSaysSo() {
        assertEquals(130, Failures.explain(new DeskException(130, "interrupted"), err));
        assertEquals("", text.toString());
    }
}
