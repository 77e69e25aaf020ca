package io.condatis.examples.desk;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** Times from put to taskDone in nanoseconds. */
final class Latency {
    private static final int DIGITS = 3;
    private static final double[] PERCENTILES = {50, 90, 99, 99.9};
    private static final double NS_PER_US = TimeUnit.MICROSECONDS.toNanos(1);

    private final Histogram histogram = new Histogram(DIGITS);

    /** Of several workers together. */
    static Latency merge(final Collection<byte[]> encoded) {
        final Latency all = new Latency();
        encoded.forEach(bytes -> all.histogram.add(decode(bytes)));
        return all;
    }

    void record(final long ns) {
        histogram.recordValue(Math.max(0, ns));
    }

    long count() {
        return histogram.getTotalCount();
    }

    byte[] encode() {
        final ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        final int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Arrays.copyOf(buffer.array(), length);
    }

    private static Histogram decode(final byte[] bytes) {
        try {
            return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), 0);
        } catch (final DataFormatException e) {
            throw new IllegalStateException("a worker's histogram cannot be read", e);
        }
    }

    @Override
    public String toString() {
        final String percentiles = DoubleStream.of(PERCENTILES)
                .mapToObj(percentile -> String.format(
                        Locale.ROOT,
                        "%s %% %.1f",
                        percentile == Math.rint(percentile) ? String.valueOf((int) percentile) : percentile,
                        histogram.getValueAtPercentile(percentile) / NS_PER_US))
                .collect(Collectors.joining(", "));
        return percentiles + String.format(Locale.ROOT, ", max %.1f", histogram.getMaxValue() / NS_PER_US);
    }
}
