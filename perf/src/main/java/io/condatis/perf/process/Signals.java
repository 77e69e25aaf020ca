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
final class Signals {
    private static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(1) / 2_000;
    private static final long END_SECONDS = 30;
    private static final long MINE = 0;
    private static final long YOURS = 1;
    private static final long END = 2;

    private Signals() {}

    /** Target of the worker that sets an event and waits for another, one round after the other. */
    static void runEvent(final TrialPlan plan) throws IOException, InterruptedException {
        run(plan, Events::new, Signals::answerEvents, false);
    }

    /** The same at a fixed rate. */
    static void runEventPaced(final TrialPlan plan) throws IOException, InterruptedException {
        run(plan, Events::new, Signals::answerEvents, true);
    }

    /** Target of the worker that passes a turn under a lock, and signals a condition. */
    static void runCondition(final TrialPlan plan) throws IOException, InterruptedException {
        run(plan, Turns::new, Signals::answerTurns, false);
    }

    private static void run(
            final TrialPlan plan,
            final Function<SharedObjects, Side> factory,
            final Worker1<String> answer,
            final boolean paced)
            throws IOException, InterruptedException {
        try (SharedObjects shared = SharedObjects.create(
                        "condatis-perf-" + ProcessHandle.current().pid());
                WorkerProcess other = WorkerProcess.start(answer, shared.name())) {
            final Side side = factory.apply(shared);
            final RoundTrips trips = new RoundTrips(() -> round(side));
            final TrialResult closed = trips.measure(plan);
            final TrialResult result = paced ? trips.paced(plan, INTERVAL_NS) : closed;
            side.end();
            if (!other.join(END_SECONDS, TimeUnit.SECONDS) || other.exitCode().getAsInt() != 0) {
                throw new IllegalStateException("the other process failed: " + other);
            }
            result.store(Path.of(plan.resultFile()));
        }
    }

    private static void round(final Side side) {
        try {
            side.thereAndBack();
        } catch (final InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
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
