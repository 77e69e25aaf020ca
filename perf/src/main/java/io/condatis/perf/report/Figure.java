package io.condatis.perf.report;

import java.util.Comparator;
import java.util.List;

/**
 * One quantity, measured several times in one run.
 *
 * @param name what was measured
 * @param unit such as {@code ns/op}
 * @param trials one value for each trial, in the order of the run
 * @param isFloor whether a trial's value is the least that it saw, so that the least of all trials is still what was measured
 * @param turns what each turn showed, for each trial; empty when trials had no turns
 */
public record Figure(String name, String unit, List<Double> trials, boolean isFloor, List<List<Double>> turns) {
    /** Copies the trials. */
    public Figure {
        trials = List.copyOf(trials);
        turns = turns.stream().map(List::copyOf).toList();
        if (trials.isEmpty()) {
            throw new IllegalArgumentException("no trials of " + name);
        }
    }

    /**
     * A quantity of trials without turns.
     *
     * @param name what was measured
     * @param unit such as {@code us}
     * @param trials one value for each trial, in the order of the run
     * @param isFloor whether a trial's value is the least that it saw
     */
    public Figure(final String name, final String unit, final List<Double> trials, final boolean isFloor) {
        this(name, unit, trials, isFloor, List.of());
    }

    /**
     * A quantity of which a trial tells the mean or a percentile.
     *
     * @param name what was measured
     * @param unit such as {@code us}
     * @param trials one value for each trial, in the order of the run
     */
    public Figure(final String name, final String unit, final List<Double> trials) {
        this(name, unit, trials, false);
    }

    /** {@return the same, each of whose trials is the least that it saw} */
    public Figure floor() {
        return new Figure(name, unit, trials, true, turns);
    }

    /**
     * The same of trials that had turns.
     *
     * @param taken what each turn showed, for each trial
     * @return the figure
     */
    public Figure inTurns(final List<List<Double>> taken) {
        return new Figure(name, unit, trials, isFloor, taken);
    }

    /** {@return the middle trial; of an even number the mean of the two in the middle} */
    public double median() {
        final double[] sorted =
                trials.stream().mapToDouble(Double::doubleValue).sorted().toArray();
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
     * What the trials would show on a machine of their own: the mean of their better half, of three the better two, and of floors
     * the best. Of what had turns it is the mean of the better half of all turns. Others' programs make a trial worse, hardly ever
     * better.
     *
     * @return between the best trial and the middle one, or the best turn and the middle one
     */
    public double undisturbed() {
        final List<Double> all =
                turns.isEmpty() ? trials : turns.stream().flatMap(List::stream).toList();
        return best(all, isFloor ? 1 : all.size() - all.size() / 2);
    }

    private double best(final List<Double> values, final int count) {
        final Comparator<Double> order = isRate(unit) ? Comparator.reverseOrder() : Comparator.naturalOrder();
        return values.stream()
                .sorted(order)
                .limit(count)
                .mapToDouble(Double::doubleValue)
                .average()
                .getAsDouble();
    }

    /**
     * How large this is beside another figure of the run, both {@link #undisturbed()}.
     *
     * @param other in the same unit
     * @return the ratio
     */
    public double ratioTo(final Figure other) {
        return undisturbed() / other.undisturbed();
    }

    /** {@return whether more is better; of a time or of bytes less is} */
    static boolean isRate(final String unit) {
        return unit.endsWith("/s");
    }
}
