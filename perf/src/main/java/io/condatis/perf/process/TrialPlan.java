package io.condatis.perf.process;

import io.condatis.perf.suite.Scale;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How long a trial runs before it counts, how long it counts, and where it leaves its result.
 *
 * @param warmupNs what is not counted
 * @param measureNs what is
 * @param resultFile takes a {@link TrialResult}
 */
public record TrialPlan(long warmupNs, long measureNs, String resultFile) implements Serializable {
    static final int QUICK_TRIALS = 3;
    static final int NORMAL_TRIALS = 4;
    static final int FULL_TRIALS = 16;

    private static final int ARGUMENTS = 3;
    private static final long START_NS = TimeUnit.SECONDS.toNanos(45);
    private static final long END_NS = TimeUnit.SECONDS.toNanos(15);
    /** A trial that measures several subjects takes as often the time that is planned for one. */
    private static final int MOST_SUBJECTS = 20;

    /** Shorter than most of what the machine does to a call, and long enough for a 99th percentile. */
    private static final long TURN_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final int SELDOM = 4;
    private static final int TOGETHER = 5;
    private static final int MOST_TOGETHER = 7;
    private static final long LEAST_TOGETHER_NS = TimeUnit.SECONDS.toNanos(4);
    private static final long QUICK_WARMUP_NS = TimeUnit.MILLISECONDS.toNanos(600);
    private static final long QUICK_MEASURE_NS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long NORMAL_WARMUP_NS = TimeUnit.MILLISECONDS.toNanos(1_500);
    private static final long NORMAL_MEASURE_NS = TimeUnit.MILLISECONDS.toNanos(1_500);
    /** Shorter than a normal trial's: what differs from trial to trial is the machine, so many trials say more. */
    private static final long FULL_WARMUP_NS = TimeUnit.MILLISECONDS.toNanos(1_000);

    private static final long FULL_MEASURE_NS = TimeUnit.MILLISECONDS.toNanos(800);

    static TrialPlan of(final Scale scale, final String resultFile) {
        return scale.choose(
                new TrialPlan(QUICK_WARMUP_NS, QUICK_MEASURE_NS, resultFile),
                new TrialPlan(NORMAL_WARMUP_NS, NORMAL_MEASURE_NS, resultFile),
                new TrialPlan(FULL_WARMUP_NS, FULL_MEASURE_NS, resultFile));
    }

    /** {@return whose plan suits what needs its time: a share, what sleeps, what must have settled} */
    static Scale unhurried(final Scale scale) {
        return scale == Scale.FULL ? Scale.NORMAL : scale;
    }

    boolean isQuick() {
        return measureNs == QUICK_MEASURE_NS;
    }

    /**
     * The plan that a program was given as its last arguments.
     *
     * @param arguments of its command line
     * @return the plan
     */
    public static TrialPlan of(final String... arguments) {
        final int first = arguments.length - ARGUMENTS;
        return new TrialPlan(
                Long.parseLong(arguments[first]), Long.parseLong(arguments[first + 1]), arguments[first + 2]);
    }

    List<String> arguments() {
        return List.of(Long.toString(warmupNs), Long.toString(measureNs), resultFile);
    }

    /** {@return the same plan for one of several subjects of a trial, with a file of its own} */
    TrialPlan part(final String name) {
        return new TrialPlan(warmupNs, measureNs, resultFile + "." + name);
    }

    /** {@return a plan that takes a part of the time} */
    TrialPlan shorter(final int divisor) {
        return new TrialPlan(warmupNs / divisor, measureNs / divisor, resultFile);
    }

    /**
     * How long some JVMs need that start together: for seconds their compilers want the cores as well. A plan of milliseconds
     * measures nothing, and gets milliseconds.
     *
     * @return nanoseconds
     */
    long warmTogetherNs() {
        return Math.max(Math.min(LEAST_TOGETHER_NS, MOST_TOGETHER * warmupNs), TOGETHER * warmupNs);
    }

    /** {@return a plan that in a quick run takes half the time, for what no bar is held against} */
    TrialPlan withoutBars() {
        return isQuick() ? shorter(2) : this;
    }

    /** {@return how many turns it measures} */
    int turns() {
        return (int) Math.max(1, measureNs / TURN_NS);
    }

    /** {@return nanoseconds of each} */
    long turnNs() {
        return measureNs / turns();
    }

    /** {@return nanoseconds that a trial may take to start and measure} */
    long longestWorkNs() {
        return START_NS + MOST_SUBJECTS * (warmupNs + measureNs);
    }

    /** {@return nanoseconds after which a trial will not end any more} */
    long longestNs() {
        return longestWorkNs() + END_NS;
    }

    static int trials(final Scale scale) {
        return scale.choose(QUICK_TRIALS, NORMAL_TRIALS, FULL_TRIALS);
    }

    /** What stands beside no peer, so that its chance spoils no ratio, is tried in each fourth trial of a full run. */
    static boolean isWithAll(final Scale scale, final int trial) {
        return scale != Scale.FULL || trial % SELDOM == 0;
    }

    /** The same, of which there is no bar either: a quick run tries it once. */
    static boolean isWithFew(final Scale scale, final int trial) {
        return isWithAll(scale, trial) && (scale != Scale.QUICK || trial == 0);
    }

    /** What takes many JVMs, which start and get warm for long, or has no bar, is tried once in a quick run. */
    static int trialsOrOne(final Scale scale) {
        return scale == Scale.QUICK ? 1 : trials(scale);
    }
}
