package io.condatis.perf.jmh;

import io.condatis.perf.suite.Scale;

/** How long each benchmark runs: so many JVMs, in each so many iterations. */
record ForkPlan(int trials, int warmups, int measurements, int iterationMs) {
    static ForkPlan of(final Scale scale) {
        return scale.choose(new ForkPlan(3, 3, 4, 50), new ForkPlan(4, 6, 10, 100), new ForkPlan(10, 10, 6, 60));
    }

    /**
     * What has no bar, so that a quick run measures it once, and much code on either side: the JDK's serialisation takes half of
     * what it took after 0.6 s when the compilers have had 2.4 s.
     */
    static ForkPlan late(final Scale scale) {
        return scale.choose(new ForkPlan(1, 4, 4, 25), new ForkPlan(4, 20, 10, 100), new ForkPlan(10, 40, 6, 60));
    }
}
