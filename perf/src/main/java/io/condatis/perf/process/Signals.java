package io.condatis.perf.process;

import io.condatis.SharedObjects;
import io.condatis.process.Worker1;
import io.condatis.process.WorkerProcess;
import io.condatis.sync.SharedCondition;
import io.condatis.sync.SharedEvent;
import io.condatis.sync.SharedLock;
import io.condatis.value.LongValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A process signals another one, which waits for it, and waits for the signal back: by events, and by a condition. */
final class Signals implements ThereAndBack {
    private static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(1) / 2_000;
    private static final long MINE = 0;
    private static final long YOURS = 1;
    private static final long END = 2;

    private final SharedObjects shared;
    private final WorkerProcess other;
    private final Side side;

    private Signals(final String region, final Function<SharedObjects, Side> factory, final Worker1<String> answer) {
        shared = SharedObjects.create(
                "condatis-perf-" + region + "-" + ProcessHandle.current().pid());
        side = factory.apply(shared);
        other = WorkerProcess.start(answer, shared.name());
    }

    /** Starts a process that waits for an event and sets another. */
    static Signals events() {
        return new Signals("events", Events::new, Signals::answerEvents);
    }

    /** Starts a process that is passed a turn under a lock, by signals of a condition. */
    static Signals conditions() {
        return new Signals("conditions", Turns::new, Signals::answerTurns);
    }

    /** Target of the worker that sets an event and waits for another at a fixed rate. */
    static void runEventPaced(final TrialPlan plan) throws IOException, InterruptedException {
        try (Signals events = events()) {
            final RoundTrips trips = new RoundTrips(events);
            trips.measure(plan);
            trips.paced(plan, INTERVAL_NS).store(Path.of(plan.resultFile()));
        }
    }

    @Override
    public void run() {
        try {
            side.thereAndBack();
        } catch (final InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        try (shared) {
            side.end();
            ThereAndBack.end(other);
        }
        if (other.exitCode().orElse(-1) != 0) {
            throw new IllegalStateException("the other process failed: " + other);
        }
    }

    private static void answerEvents(final String name) throws InterruptedException {
        try (SharedObjects shared = SharedObjects.attach(name)) {
            new Events(shared).answer();
        }
    }

    private static void answerTurns(final String name) throws InterruptedException {
        try (SharedObjects shared = SharedObjects.attach(name)) {
            new Turns(shared).answer();
        }
    }

    /** What both processes have, and what each does with it. */
    private interface Side {
        void thereAndBack() throws InterruptedException;

        void end();

        void answer() throws InterruptedException;
    }

    /** An event for each direction, cleared by who has waited for it. */
    private static final class Events implements Side {
        private final SharedEvent there;
        private final SharedEvent back;
        private final LongValue ended;

        Events(final SharedObjects shared) {
            there = shared.event("there");
            back = shared.event("back");
            ended = shared.longValue("ended", 0);
        }

        @Override
        public void thereAndBack() throws InterruptedException {
            there.set();
            back.await();
            back.clear();
        }

        @Override
        public void end() {
            ended.set(END);
            there.set();
        }

        @Override
        public void answer() throws InterruptedException {
            while (true) {
                there.await();
                if (ended.get() == END) {
                    return;
                }
                there.clear();
                back.set();
            }
        }
    }

    /** A turn that a lock guards, and a condition that its change is signalled by. */
    private static final class Turns implements Side {
        private final SharedLock lock;
        private final SharedCondition changed;
        private final LongValue turn;

        Turns(final SharedObjects shared) {
            lock = shared.lock("lock");
            changed = shared.condition("changed", lock);
            turn = shared.longValue("turn", MINE);
        }

        @Override
        public void thereAndBack() throws InterruptedException {
            lock.lock();
            try {
                turn.set(YOURS);
                changed.signal();
                while (turn.get() == YOURS) {
                    changed.await();
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void end() {
            lock.lock();
            turn.set(END);
            changed.signal();
            lock.unlock();
        }

        @Override
        public void answer() throws InterruptedException {
            lock.lock();
            try {
                while (turn.get() != END) {
                    if (turn.get() == YOURS) {
                        turn.set(MINE);
                        changed.signal();
                    }
                    changed.await();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
