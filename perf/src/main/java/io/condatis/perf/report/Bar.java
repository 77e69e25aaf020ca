package io.condatis.perf.report;

/**
 * What a measured number is held against: it is to be below a limit.
 *
 * @param name what is claimed
 * @param measured the number, NaN when it could not be measured
 * @param limit the first number that is too much
 */
public record Bar(String name, double measured, double limit) {
    /**
     * A bar on the ratio of two figures of the same run.
     *
     * @param figure ours
     * @param baseline what it is compared with
     * @param limit the first ratio that is too much
     * @return the bar
     */
    public static Bar ratio(final Figure figure, final Figure baseline, final double limit) {
        return new Bar(figure.name() + " / " + baseline.name(), figure.ratioTo(baseline), limit);
    }

    /**
     * A bar on the ratio to somebody who was not there.
     *
     * @param figure ours
     * @param baseline name of what it would be compared with
     * @param limit the first ratio that is too much
     * @return the bar, not measured
     */
    public static Bar missing(final Figure figure, final String baseline, final double limit) {
        return new Bar(figure.name() + " / " + baseline, Double.NaN, limit);
    }

    /**
     * A bar on a figure itself.
     *
     * @param figure ours
     * @param limit the first median that is too much
     * @return the bar
     */
    public static Bar below(final Figure figure, final double limit) {
        return new Bar(figure.name() + ", " + figure.unit(), figure.median(), limit);
    }

    /** {@return whether the number is below the limit} */
    public Verdict verdict() {
        if (Double.isNaN(measured)) {
            return Verdict.NOT_MEASURED;
        }
        return measured < limit ? Verdict.MET : Verdict.MISSED;
    }
}
