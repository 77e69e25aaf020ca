package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.Status;

/** How much of a joinable queue is not done, and who waits until all of it is. */
final class Unfinished {
    final WaiterList joins = new WaiterList();

    private final Core core;
    private final Members members;
    private long items;

    Unfinished(final Core core, final Members members) {
        this.core = core;
        this.members = members;
    }

    long items() {
        return items;
    }

    void add(final long more) {
        items += more;
        answerJoins();
    }

    /** Who put with a credit was not kept waiting until it arrived, and may have told others that it is there. */
    boolean isNone() {
        return items == 0 && !members.havePutUnderWay();
    }

    void answerJoins() {
        while (!joins.isEmpty() && isNone()) {
            core.waiters.answer(joins.first(), Status.OK);
        }
    }

    void save(final SnapshotWriter out) {
        out.putLong(items);
    }

    void load(final SnapshotReader in) {
        items = in.takeLong();
    }
}
