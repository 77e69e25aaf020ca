package io.condatis.perf.suite;

/** How much time a run takes to be sure of its figures. */
public enum Scale {
    /** All suites in under four minutes, where the host leaves the processors to them: good for a look, too short for a claim. */
    QUICK,
    /** Under half an hour in all: good enough to decide something. */
    NORMAL,
    /** The same with more trials, in about an hour and a half: what two runs of an idle machine should agree in. */
    FULL;

    /**
     * {@return one of three values, one for each scale}
     *
     * @param quick for QUICK
     * @param normal for NORMAL
     * @param full for FULL
     * @param <T> of the values
     */
    public <T> T choose(final T quick, final T normal, final T full) {
        return switch (this) {
            case QUICK -> quick;
            case NORMAL -> normal;
            case FULL -> full;
        };
    }
}
