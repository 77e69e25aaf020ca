package io.condatis.perf.report;

/** How a {@link Bar} stands. */
public enum Verdict {
    /** The number is below the limit. */
    MET("met"),
    /** The number is at the limit or above it. */
    MISSED("missed"),
    /** There is no number. */
    NOT_MEASURED("not measured");

    private final String text;

    Verdict(final String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
