package io.condatis.perf.process;

/** Who takes turns with others in a trial. */
interface TurnTaker {
    /** Calls for so long and forgets that. */
    void warmUp(long durationNs);

    /** Calls for so long and adds that, one turn, to what was recorded. */
    void record(long durationNs);

    /** {@return what was recorded} */
    TrialResult result();
}
