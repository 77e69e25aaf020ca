package io.condatis.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MetricTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([0-9]+) \\| ([a-z ]+) \\|");

    @Test
    void shouldBeInTheTableOfTheOperationsPageAndNothingElse() throws IOException {
        final String page = Files.readString(Path.of("../docs/guide/operations.md"));
        final List<String> documented = ROW.matcher(page)
                .results()
                .map(row -> row.group(1) + " " + row.group(2))
                .toList();
        assertEquals(
                Stream.of(Metric.values())
                        .map(metric -> metric.typeId() + " " + metric.label())
                        .toList(),
                documented);
    }

    @Test
    void shouldHaveTypeIdsWithoutGapsSoThatAReaderFindsThemByTheirPlace() {
        for (final List<Metric> scope : List.of(Metric.ofManager(), Metric.ofQueue())) {
            for (final Metric metric : scope) {
                assertEquals(scope.get(0).typeId() + metric.index(), metric.typeId());
                assertEquals(metric, scope.get(metric.index()));
            }
        }
    }

    @Test
    void shouldFindTheQueueInALabelHoweverLongOrOdd() {
        final String longest = "\u4ef7".repeat(85);
        for (final String queue : List.of("orders", "a: depth", "a/b: c", "", longest)) {
            for (final Metric metric : Metric.ofQueue()) {
                final byte[] label = metric.labelOf("m".repeat(100), queue);
                assertTrue(label.length <= CountersReader.MAX_LABEL_LENGTH, () -> "length=" + label.length);
                assertEquals(queue, metric.queueOf("m".repeat(100), new String(label, UTF_8)));
            }
        }
        assertNull(Metric.QUEUE_DEPTH.queueOf("desk", "condatis desk: depth"));
        assertNull(Metric.QUEUE_DEPTH.queueOf("desk", "condatis other/orders: depth"));
        assertNull(Metric.QUEUE_DEPTH.queueOf("desk", "condatis desk/orders: done"));
    }
}
