package io.condatis.perf.report;

import java.util.ArrayList;
import java.util.List;

/** What one suite found. Filled by the suite, by one thread. */
public final class Section {
    private final String suite;
    private final List<Row> rows = new ArrayList<>();
    private final List<Bar> bars = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private boolean failed;

    /**
     * An empty section.
     *
     * @param suite name of the suite
     */
    public Section(final String suite) {
        this.suite = suite;
    }

    /**
     * Add a figure that stands for itself.
     *
     * @param figure measured
     * @return this
     */
    public Section add(final Figure figure) {
        rows.add(new Row(figure, null));
        return this;
    }

    /**
     * Add a figure beside what it is compared with.
     *
     * @param figure measured
     * @param baseline measured in the same run, in the same unit; null for none
     * @return this
     */
    public Section add(final Figure figure, final Figure baseline) {
        rows.add(new Row(figure, baseline));
        return this;
    }

    /**
     * Add a bar.
     *
     * @param bar to be shown with its verdict
     * @return this
     */
    public Section add(final Bar bar) {
        bars.add(bar);
        return this;
    }

    /**
     * Add what a reader must know to read the figures.
     *
     * @param note a sentence
     * @return this
     */
    public Section note(final String note) {
        notes.add(note);
        return this;
    }

    /**
     * Tell that the suite failed, so that what it was to measure is missing.
     *
     * @param why for the reader
     * @return this
     */
    public Section failed(final String why) {
        failed = true;
        return note("NOT MEASURED: " + why);
    }

    boolean hasFailed() {
        return failed;
    }

    String suite() {
        return suite;
    }

    List<Row> rows() {
        return rows;
    }

    List<Bar> bars() {
        return bars;
    }

    List<String> notes() {
        return notes;
    }

    /** A line of the table; the baseline may be null. */
    record Row(Figure figure, Figure baseline) {}
}
