package io.condatis.examples.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class LatencyTest {
    @Test
    void shouldAddUpSamplesOfAllWorkersWhenMerged() {
        final Latency first = new Latency();
        final Latency second = new Latency();
        first.record(1_000);
        first.record(1_000);
        second.record(100_000);

        final Latency merged = Latency.merge(List.of(first.encode(), second.encode()));

        assertEquals(3, merged.count());
        assertEquals("50 % 1.0, 90 % 100.0, 99 % 100.0, 99.9 % 100.0, max 100.0", merged.toString());
    }

    @Test
    void shouldFitAMessageWhenThereAreManySamplesOverAWideRange() {
        final Latency latency = new Latency();
        final Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            latency.record((long) Math.exp(7 + 16 * random.nextDouble()));
        }

        final int bytes = latency.encode().length;

        assertTrue(bytes < 32 * 1024, bytes + " bytes");
    }

    @Test
    void shouldPrintZerosWhenThereAreNoSamples() {
        assertTrue(Latency.merge(List.of()).toString().endsWith("max 0.0"));
    }
}
