package io.condatis.perf.suite;

/** How much time a run takes to be sure of its figures. */
public enum Scale {
    /** All suites in under 4 minutes: good for a look, too short for a claim. */
    QUICK,
    /** About half an hour in all: what documented figures are measured with. */
    NORMAL
}
