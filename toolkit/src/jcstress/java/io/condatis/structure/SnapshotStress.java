package io.condatis.structure;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.condatis.sync.StressMemory;
import io.condatis.value.LongValue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;

/** Several words are read as they were written together, and one word is changed by one at a time. */
public final class SnapshotStress {
    /** Two fields. */
    public static final class Pair extends Structure {
        final LongField first = longField();
        final LongField last = longField();
    }

    /** Any version, but a whole one, while the writer laps the reader. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "1, 1", "2, 2", "3, 3", "4, 4"},
            expect = ACCEPTABLE,
            desc = "one version")
    @Outcome(expect = FORBIDDEN, desc = "torn")
    @State
    public static class Whole {
        private final int offset = StressMemory.place();
        private final Snapshot<Pair> written = Snapshot.at(StressMemory.buffer(), offset, Pair::new);
        private final Snapshot<Pair> read = Snapshot.at(StressMemory.buffer(), offset, Pair::new);

        @Actor
        public void write() {
            for (long version = 1; version <= 4; version++) {
                final Pair draft = written.edit();
                draft.first.set(version);
                draft.last.set(version);
                written.publish();
            }
        }

        @Actor
        public void read(final JJ_Result r) {
            final Pair seen = read.read();
            r.r1 = seen.first.get();
            r.r2 = seen.last.get();
        }
    }

    /** Additions of two are added up. */
    @JCStressTest
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "both")
    @Outcome(expect = FORBIDDEN, desc = "one was lost")
    @State
    public static class Addition {
        private final LongValue value = LongValue.at(StressMemory.buffer(), StressMemory.place());

        @Actor
        public void first() {
            value.getAndAdd(1);
        }

        @Actor
        public void second() {
            long seen;
            do {
                seen = value.get();
            } while (!value.compareAndSet(seen, seen + 1));
        }

        @Arbiter
        public void result(final J_Result r) {
            r.r1 = value.get();
        }
    }
}
