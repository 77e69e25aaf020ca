package io.condatis.perf.report;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * One quantity, measured several times in one run.
 *
 * @param name what was measured
 * @param unit such as {@code ns/op}
 * @param trials one value for each trial, in the order of the run
 */
public record Figure(String name, String unit, List<Double> trials) {
    /** Copies the trials. */
    public Figure {
        trials = List.copyOf(trials);
        if (trials.isEmpty()) {
            throw new IllegalArgumentException("no trials of " + name);
        }
    }

    /** {@return the middle trial; of an even number the mean of the two in the middle} */
    public double median() {
        return middle(trials.stream().mapToDouble(Double::doubleValue));
    }

    private static double middle(final DoubleStream values) {
        final double[] sorted = values.sorted().toArray();
        final int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** {@return the smallest trial} */
    public double least() {
        return trials.stream().mapToDouble(Double::doubleValue).min().getAsDouble();
    }

    /** {@return the largest trial} */
    public double most() {
        return trials.stream().mapToDouble(Double::doubleValue).max().getAsDouble();
    }

    /**
     * How large this is beside another figure of the run. Trials go in turns, so each is held against the other's of the same
     * turn, which the machine disturbed alike, and the middle of these ratios is taken.
     *
     * @param other in the same unit
     * @return the middle ratio of trials; where they are not equally many, the ratio of medians
     */
    public double ratioTo(final Figure other) {
        return trials.size() == other.trials.size()
                ? middle(IntStream.range(0, trials.size()).mapToDouble(i -> trials.get(i) / other.trials.get(i)))
                : median() / other.median();
    }
}
