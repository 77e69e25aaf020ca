package io.condatis.perf.suite;

/** How much time a run takes to be sure of its figures. */
public enum Scale {
    /** All suites in under four minutes: good for a look, too short for a claim. */
    QUICK,
    /** About twenty minutes in all: good enough to decide something. */
    NORMAL,
    /** As long as it takes for two runs on an idle machine to agree: what documented figures are measured with. */
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
