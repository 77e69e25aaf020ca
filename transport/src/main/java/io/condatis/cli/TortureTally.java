package io.condatis.cli;

import io.condatis.SharedObjects;
import io.condatis.value.LongArray;
import io.condatis.value.LongValue;

/** What a torture run counts, in the memory that its victims share. */
final class TortureTally {
    /** Most victims of a run. */
    static final int MAX_VICTIMS = 64;

    /** Words for the subject's own use. */
    static final int WORDS = 1_024;

    private final LongValue operations;
    private final LongValue recoveries;
    private final LongValue violations;
    private final LongValue longestNs;
    private final LongValue kills;
    private final LongArray ready;
    private final LongArray words;

    TortureTally(final SharedObjects shared) {
        operations = shared.longValue("tally operations", 0);
        recoveries = shared.longValue("tally recoveries", 0);
        violations = shared.longValue("tally violations", 0);
        longestNs = shared.longValue("tally longest", 0);
        kills = shared.longValue("tally kills", 0);
        ready = shared.longArray("tally ready", MAX_VICTIMS);
        words = shared.longArray("tally words", WORDS);
    }

    void operation(final long waitedNs) {
        operations.incrementAndGet();
        longestNs.accumulateAndGet(waitedNs, Math::max);
    }

    void recovery() {
        recoveries(1);
    }

    void recoveries(final long count) {
        recoveries.getAndAdd(count);
    }

    void violation(final String what) {
        violations.incrementAndGet();
        System.err.println(
                "violation: " + what + " (pid " + ProcessHandle.current().pid() + ")");
    }

    /** Kills announced so far; raised before each kill. */
    LongValue kills() {
        return kills;
    }

    /** 1 while a victim is at work. */
    LongArray ready() {
        return ready;
    }

    LongArray words() {
        return words;
    }

    long operations() {
        return operations.get();
    }

    long recoveries() {
        return recoveries.get();
    }

    long violations() {
        return violations.get();
    }

    long longestNs() {
        return longestNs.get();
    }
}
