package io.condatis.perf.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;

/**
 * Calls that take short turns, ours and what they are held against. How fast two threads exchange a word depends on where the host
 * and the scheduler have put them, which stays so for a tenth of a second and longer: in turns each call meets all of that.
 */
final class RoundRobin {
    /** What a turn forgets of its beginning: whoever answers it may have to be woken. */
    private static final long LEAD_IN_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Map<String, TurnTaker> takers = new LinkedHashMap<>();
    private final Set<ProcessHandle> beside = new HashSet<>();
    private boolean onTwoProcessors;

    /** Where several clients meet before each turn. */
    @FunctionalInterface
    interface Meeting {
        /** Of a client that is alone. */
        Meeting NONE = () -> {};

        void await() throws InterruptedException, BrokenBarrierException;
    }

    /** One more, whose result has a name of its own. */
    RoundRobin add(final String part, final Runnable call) {
        return add(part, new RoundTrips(call));
    }

    /** The same for what is no call of this process. */
    RoundRobin add(final String part, final TurnTaker taker) {
        takers.put(part, taker);
        return this;
    }

    /**
     * Of a process that measures alone: when all are warm it is kept away from those that answer, but for some.
     *
     * @param besideUs sleep whenever they do not answer, while we sleep as long as they do
     */
    RoundRobin onTwoProcessors(final ProcessHandle... besideUs) {
        onTwoProcessors = true;
        beside.addAll(List.of(besideUs));
        return this;
    }

    /** Makes each warm for a time, then all take turns for as long as the plan says for each; leaves the results of all. */
    void measure(final TrialPlan plan, final long warmUpNs, final Meeting meeting)
            throws IOException, InterruptedException, BrokenBarrierException {
        meeting.await();
        for (final TurnTaker taker : takers.values()) {
            taker.warmUp(warmUpNs);
        }
        if (onTwoProcessors) {
            TwoProcessors.spread(beside); // not before: what a JVM waits like depends on the processors that it finds
        }
        final List<TurnTaker> order = new ArrayList<>(takers.values());
        for (int turn = 0; turn < plan.turns(); turn++) {
            for (final TurnTaker taker : order) {
                meeting.await();
                taker.warmUp(LEAD_IN_NS);
                taker.record(plan.turnNs());
            }
            Collections.reverse(order); // so that nobody is always nearer to another
        }
        for (final Map.Entry<String, TurnTaker> taker : takers.entrySet()) {
            taker.getValue().result().store(Path.of(plan.part(taker.getKey()).resultFile()));
        }
    }
}
