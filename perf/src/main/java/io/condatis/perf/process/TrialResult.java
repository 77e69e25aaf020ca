package io.condatis.perf.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * What a trial found, on its way from the JVM that measured to the one that asked.
 *
 * @param histogram of nanoseconds; empty when the trial measured no latency
 * @param numbers by name
 * @param turns for some numbers, and {@linkplain #percentile percentiles} in nanoseconds, what each turn showed
 */
public record TrialResult(Histogram histogram, Map<String, Double> numbers, Map<String, List<Double>> turns) {
    private static final String HISTOGRAM = "histogram";
    private static final String NUMBER_PREFIX = "number.";
    private static final String TURNS_PREFIX = "turns.";

    /**
     * Of a trial without turns.
     *
     * @param histogram of nanoseconds
     * @param numbers by name
     */
    public TrialResult(final Histogram histogram, final Map<String, Double> numbers) {
        this(histogram, numbers, Map.of());
    }

    /**
     * {@return the result of a trial whose numbers are the means of their turns, and of some that took none}
     *
     * @param turns what each turn showed, by the number's name
     * @param others numbers by name
     */
    static TrialResult ofTurns(final Map<String, List<Double>> turns, final Map<String, Double> others) {
        final Map<String, Double> numbers = new TreeMap<>(others);
        turns.forEach((name, each) -> numbers.put(
                name, each.stream().mapToDouble(Double::doubleValue).average().orElseThrow()));
        return new TrialResult(RoundTrips.newHistogram(), numbers, turns);
    }

    /** {@return the name of a percentile of turns} */
    static String percentile(final double percentile) {
        return "p" + percentile;
    }

    double number(final String name) {
        final Double number = numbers.get(name);
        if (number == null) {
            throw new IllegalArgumentException("the trial has no number " + name + ", only " + numbers.keySet());
        }
        return number;
    }

    /**
     * Leave the result where the plan says.
     *
     * @param file to be written
     * @throws IOException when it cannot be
     */
    public void store(final Path file) throws IOException {
        final Properties properties = new Properties();
        final ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        final int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        buffer.flip();
        properties.setProperty(HISTOGRAM, Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length)));
        numbers.forEach((name, number) -> properties.setProperty(NUMBER_PREFIX + name, number.toString()));
        turns.forEach((name, each) -> properties.setProperty(
                TURNS_PREFIX + name, each.stream().map(Object::toString).collect(Collectors.joining(" "))));
        try (OutputStream out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
    }

    static TrialResult load(final Path file) throws IOException {
        final Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        }
        final Map<String, Double> numbers = new TreeMap<>();
        final Map<String, List<Double>> turns = new TreeMap<>();
        for (final String key : properties.stringPropertyNames()) {
            final String value = properties.getProperty(key);
            if (key.startsWith(NUMBER_PREFIX)) {
                numbers.put(key.substring(NUMBER_PREFIX.length()), Double.valueOf(value));
            } else if (key.startsWith(TURNS_PREFIX)) {
                turns.put(
                        key.substring(TURNS_PREFIX.length()),
                        Stream.of(value.split(" ")).map(Double::valueOf).toList());
            }
        }
        return new TrialResult(decode(file, properties.getProperty(HISTOGRAM, "")), numbers, turns);
    }

    private static Histogram decode(final Path file, final String text) throws IOException {
        try {
            final ByteBuffer buffer = ByteBuffer.wrap(Base64.getDecoder().decode(text));
            return Histogram.decodeFromCompressedByteBuffer(buffer, RoundTrips.LONGEST_NS);
        } catch (final DataFormatException | RuntimeException e) {
            throw new IOException("no histogram in " + file, e);
        }
    }
}
