package io.condatis.perf.jmh;

import io.condatis.perf.suite.Scale;

/** How long each benchmark runs: so many JVMs, in each so many iterations. */
record ForkPlan(int trials, int warmups, int measurements, int iterationMs) {
    static ForkPlan of(final Scale scale) {
        return scale.choose(new ForkPlan(3, 5, 4, 50), new ForkPlan(4, 6, 10, 100), new ForkPlan(10, 10, 6, 60));
    }

    /** What no bar is held against, and is warm later, is measured once in a quick run. */
    static ForkPlan withoutBars(final Scale scale) {
        return scale == Scale.QUICK ? new ForkPlan(1, 4, 4, 25) : of(scale);
    }
}
