package io.condatis.internal.protocol;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PatienceTest {
    private static final long SHORT_NS = TimeUnit.MICROSECONDS.toNanos(100);

    @Test
    void shouldEndWhenItsTimeIsUpAndBeginAnewWhenThereWasWork() {
        final Patience patience = new Patience(0, SHORT_NS);
        assertEnds(patience);
        assertFalse(patience.pause(), "nothing has come");

        patience.reset();
        assertTrue(patience.pause(), "it begins to wait");
        assertEnds(patience);
    }

    @Test
    void shouldWaitAsLongAsWasSaidAtTheBeginning() {
        final Patience patience = new Patience(0, 0);
        assertFalse(patience.pause());

        patience.begin(Long.MAX_VALUE);
        for (int i = 0; i < 1_000; i++) {
            assertTrue(patience.pause());
        }
    }

    private static void assertEnds(final Patience patience) {
        while (patience.pause()) {
            Thread.onSpinWait();
        }
    }
}
