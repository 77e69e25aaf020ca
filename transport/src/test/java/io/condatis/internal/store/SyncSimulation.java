package io.condatis.internal.store;

import static io.condatis.internal.store.QueueModel.check;

import io.condatis.internal.protocol.ConditionArgument;
import io.condatis.internal.protocol.sbe.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A store whose locks, conditions, semaphores, events and barriers are used by simulated clients, all decided by one seed:
 * who asks what, how far the streams have got, who takes a request back, when timers fire, who dies with which messages
 * still under way. The store handles one input after the other; after each, what it has put out must be exactly what the
 * model of the object puts out for the same input, so every answer is that of the inputs in one order: theirs.
 */
final class SyncSimulation {
    private static final int CLIENTS = 5;

    long digest;
    int deaths;
    int reloads;
    int cancels;
    int timeouts;

    private final Random random;
    private final int reloadEvery;
    private final List<SyncModel.Expected> expected = new ArrayList<>();
    private final List<SyncModel.Expected> sent = new ArrayList<>();
    private final List<Received> asked = new ArrayList<>();
    private final List<SyncModel> models = new ArrayList<>();
    private final List<LockModel> locks = new ArrayList<>();
    private final List<BarrierModel> barriers = new ArrayList<>();
    private final List<Long> sessions = new ArrayList<>();
    private final Map<Long, ArrayDeque<Object>> streams = new HashMap<>();
    private final TreeMap<Long, SyncRequest> timers = new TreeMap<>();
    private final Map<SyncRequest, Long> timerOf = new HashMap<>();
    private final SyncRequests requests = new SyncRequests();
    private final Requests common = new Requests();
    private final Outlet outlet = new Outlet();
    private final int focus;
    private CustomModel custom;

    private Store store = newStore();
    private SyncRequest current;
    private long lastSession;
    private long lastCorrelation;
    private long lastFence;
    private long order;
    private long nowNs;
    private int inputs;
    private int commands;

    SyncSimulation(final long seed, final int reloadEvery) {
        random = new Random(seed);
        this.reloadEvery = reloadEvery;
        openSession();
        makeObjects();
        focus = random.nextInt(models.size());
        while (sessions.size() < CLIENTS) {
            openSession();
        }
    }

    int robbed() {
        return locks.stream().mapToInt(lock -> lock.robbed).sum();
    }

    int orphans() {
        return custom.orphans;
    }

    int passes() {
        return barriers.stream().mapToInt(barrier -> barrier.passes).sum();
    }

    void run(final int count) {
        while (commands < count) {
            nowNs += random.nextInt(30);
            switch (random.nextInt(20)) {
                case 0 -> fireTimers();
                case 1 -> maybeDie();
                case 2, 3, 4, 5, 6, 7, 8 -> act();
                default -> process(anySession());
            }
        }
        while (!sessions.isEmpty()) {
            die(sessions.get(0));
        }
        check(timers.isEmpty(), "timers are left: ", timers);
        models.forEach(model -> check(model.waiting().isEmpty(), "somebody waits at ", model));
        checkFree();
    }

    private void makeObjects() {
        final long session = sessions.get(0);
        for (final Kind kind : new Kind[] {Kind.LOCK, Kind.REENTRANT_LOCK}) {
            final LockModel lock = new LockModel(open(session, kind, 0), kind, () -> ++lastFence, expected);
            locks.add(lock);
            models.add(lock);
            final long argument = ConditionArgument.of(lock.objectId, kind == Kind.REENTRANT_LOCK);
            for (int i = 0; i < 2; i++) {
                models.add(new ConditionModel(open(session, Kind.CONDITION, argument), lock, expected));
            }
        }
        models.add(new SemaphoreModel(open(session, Kind.SEMAPHORE, 2), false, 2, expected));
        models.add(new SemaphoreModel(open(session, Kind.BOUNDED_SEMAPHORE, 3), true, 3, expected));
        models.add(new EventModel(open(session, Kind.EVENT, 0), expected));
        for (final int parties : new int[] {1, 3}) {
            final BarrierModel barrier = new BarrierModel(open(session, Kind.BARRIER, parties), parties, expected);
            barriers.add(barrier);
            models.add(barrier);
        }
        custom = new CustomModel(outlet.opened, expected);
        models.add(custom);
    }

    private int open(final long session, final Kind kind, final long argument) {
        common.open(++lastCorrelation, kind, "object " + models.size() + kind + lastCorrelation, argument);
        store.onMessage(session, nowNs, common.buffer, Requests.OFFSET, common.length());
        check(outlet.opened > 0, "not opened: ", kind);
        sent.clear();
        return outlet.opened;
    }

    private void act() {
        final long session = anySession();
        final ArrayDeque<Object> stream = streams.get(session);
        final List<SyncRequest> waiting = waiting(session);
        if (!waiting.isEmpty() && random.nextInt(waiting.size() > 6 ? 3 : 12) == 0) {
            stream.add(waiting.get(random.nextInt(waiting.size())).correlation);
            return;
        }
        SyncModel model = models.get(random.nextInt(4) == 0 ? random.nextInt(models.size()) : focus);
        if (model instanceof ConditionModel condition && random.nextBoolean()) {
            model = condition.lock;
        }
        final SyncRequest request = model.ask(random, session, ++lastCorrelation);
        request.timeoutNs = switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> -1;
            default -> 1 + random.nextInt(2_000);
        };
        streams.get(request.session).add(request);
    }

    /** The store reads the next message of a session. */
    private void process(final long session) {
        final Object message = streams.get(session).poll();
        if (message instanceof SyncRequest request) {
            commands++;
            current = request;
            request.order = ++order;
            request.encoder.accept(requests, request);
            request.model.handle(request);
            store.onMessage(session, nowNs, requests.buffer, 0, requests.length());
            current = null;
            checkOutput("", request);
        } else if (message != null) {
            cancel(session, (long) message);
        }
    }

    private void cancel(final long session, final long correlation) {
        for (final SyncRequest request : waiting(session)) {
            if (request.correlation == correlation) {
                cancels++;
                place(request).cancel(request);
            }
        }
        common.cancel(correlation);
        store.onMessage(session, nowNs, common.buffer, Requests.OFFSET, common.length());
        checkOutput("cancel ", correlation);
    }

    private void fireTimers() {
        nowNs += random.nextInt(500);
        for (final long timerId : List.copyOf(timers.keySet())) {
            final SyncRequest request = timers.get(timerId);
            if (request != null && deadline(request) <= nowNs) {
                timers.remove(timerId);
                timerOf.remove(request);
                timeouts++;
                place(request).expire(request);
                store.onTimer(timerId, nowNs);
                checkOutput("timeout of ", request);
            }
        }
    }

    private void maybeDie() {
        final List<SyncRequest> queue = locks.get(random.nextInt(locks.size())).waiting();
        if (random.nextInt(20) == 0) {
            // Half of those that die do so on the way from a condition to its lock, if any is.
            final boolean isOnTheWay = !queue.isEmpty() && random.nextBoolean();
            die(isOnTheWay ? queue.get(random.nextInt(queue.size())).session : anySession());
            openSession();
        }
    }

    /** A session ends: what it has sent is processed, or only the first part of it. */
    private void die(final long session) {
        for (int rest = random.nextInt(streams.get(session).size() + 1); rest > 0; rest--) {
            process(session);
        }
        deaths++;
        sessions.remove(session);
        streams.remove(session);
        final List<SyncRequest> waiting = waiting(session);
        waiting.sort(Comparator.comparingLong(request -> request.order));
        for (final SyncRequest request : waiting) {
            final SyncModel place = place(request);
            if (place != null) {
                place.withdraw(request);
            }
        }
        models.forEach(model -> model.left(session));
        store.onClose(session, nowNs);
        check(sent.stream().noneMatch(message -> message.session() == session), "the dead are sent something");
        checkOutput("death of ", session);
    }

    private void openSession() {
        store.onOpen(++lastSession);
        sessions.add(lastSession);
        streams.put(lastSession, new ArrayDeque<>());
    }

    /** All have left: everything is free. */
    private void checkFree() {
        openSession();
        final long session = lastSession;
        for (final SyncModel model : models) {
            final SyncRequest.Op op = model instanceof BarrierModel ? SyncRequest.Op.STATE : SyncRequest.Op.ACQUIRE;
            if (model instanceof LockModel) {
                final SyncRequest acquire = new SyncRequest(op, session, ++lastCorrelation, model);
                acquire.encoder = (out, it) -> out.acquire(it.correlation, model.objectId, 0, 1);
                streams.get(session).add(acquire);
                process(session);
            }
        }
        locks.forEach(lock -> check(lock.isHeldBy(session, lastFenceOf(lock)), "not free: ", lock));
        check(custom.size() == 0, "custom objects are left without a provider");
        common.objectCount(++lastCorrelation);
        store.onMessage(session, nowNs, common.buffer, Requests.OFFSET, common.length());
        check(sent.remove(0).number() == models.size() - 1, "objects are left");
    }

    private long lastFenceOf(final LockModel lock) {
        return lock == locks.get(locks.size() - 1) ? lastFence : lastFence - 1;
    }

    private long anySession() {
        return sessions.get(random.nextInt(sessions.size()));
    }

    private List<SyncRequest> waiting(final long session) {
        final List<SyncRequest> waiting = new ArrayList<>();
        for (final SyncModel model : models) {
            for (final SyncRequest request : model.waiting()) {
                if (request.session == session) {
                    waiting.add(request);
                }
            }
        }
        return waiting;
    }

    /** {@return where it waits, which for a wait at a condition may be its lock; null when it does not} */
    private SyncModel place(final SyncRequest request) {
        for (final SyncModel model : models) {
            if (model.waiting().contains(request)) {
                return model;
            }
        }
        return null;
    }

    private long deadline(final SyncRequest request) {
        return outlet.deadlines.get(request);
    }

    private void checkOutput(final String what, final Object input) {
        final Comparator<SyncModel.Expected> comparator = Comparator.comparingLong(SyncModel.Expected::session)
                .thenComparingLong(SyncModel.Expected::correlation)
                .thenComparingLong(SyncModel.Expected::number);
        expected.sort(comparator);
        sent.sort(comparator);
        if (!expected.equals(sent)) {
            throw new AssertionError(what + input + ": put out " + sent + " instead of " + expected);
        }
        expected.clear();
        sent.clear();
        asked.forEach(custom::asked);
        asked.clear();
        for (final Map.Entry<Long, SyncRequest> timer : timers.entrySet()) {
            check(place(timer.getValue()) != null, "a timer of nobody is left: ", timer);
        }
        maybeReload();
    }

    private void maybeReload() {
        if (reloadEvery > 0 && ++inputs % reloadEvery == 0) {
            final ExpandableArrayBuffer before = new ExpandableArrayBuffer();
            final int length = store.snapshot(before, 5);
            final Store loaded = newStore();
            loaded.load(before, 5, length);
            final ExpandableArrayBuffer after = new ExpandableArrayBuffer();
            check(loaded.snapshot(after, 0) == length, "the snapshot of a loaded store has another length");
            check(
                    new UnsafeBuffer(before, 5, length).equals(new UnsafeBuffer(after, 0, length)),
                    "the snapshot of a loaded store has other bytes");
            store = loaded;
            reloads++;
        }
    }

    private Store newStore() {
        return new Store(outlet, new SimulatedWindows(), new StoreLimits());
    }

    /** What the store puts out. */
    private final class Outlet implements Outbox {
        private final Map<SyncRequest, Long> deadlines = new HashMap<>();
        private int opened;

        @Override
        public void send(final long session, final DirectBuffer buffer, final int offset, final int length) {
            for (int i = 0; i < length; i++) {
                digest = 31 * digest + buffer.getByte(offset + i);
            }
            final Received message = Received.decode(session, buffer, offset, length);
            if (message.attempt() < 0) {
                asked.add(message);
                sent.add(new SyncModel.Expected(session, message.attempt(), null, message.position()));
                return;
            }
            if (message.correlation() != 0 && message.status() == null) {
                opened = (int) message.number();
            }
            final long number = custom == null ? message.number() : custom.number(message);
            sent.add(new SyncModel.Expected(session, message.correlation(), message.status(), number));
        }

        @Override
        public void schedule(final long timerId, final long deadlineNs) {
            digest = 31 * digest + timerId + deadlineNs;
            check(deadlineNs == nowNs + current.timeoutNs, "wrong deadline");
            deadlines.put(current, deadlineNs);
            timers.put(timerId, current);
            timerOf.put(current, timerId);
        }

        @Override
        public void cancel(final long timerId) {
            digest = 31 * digest + timerId;
            check(timers.remove(timerId) != null, "a timer was cancelled twice");
        }
    }
}
