package io.condatis.internal.store;

import static io.condatis.internal.store.QueueModel.check;

import io.condatis.internal.protocol.sbe.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A store among simulated clients, all decided by one seed: which client does what, how far the streams have got, when
 * timers fire, who dies with which messages still under way. Clients also move their windows in the middle of an input,
 * just before the store touches one. Models follow and fail on the first deviation.
 */
final class Simulation {
    private static final int[] CAPACITIES = {0, 1, 3, 16, 4, 5};
    private static final Kind[] KINDS = {
        Kind.JOINABLE_QUEUE,
        Kind.JOINABLE_QUEUE,
        Kind.JOINABLE_QUEUE,
        Kind.JOINABLE_QUEUE,
        Kind.QUEUE,
        Kind.PRIORITY_QUEUE
    };
    private static final int CLIENTS = 6;

    final SimulatedWindows windows = new SimulatedWindows();
    /** A dict, and after the queues what is a dict on the wire, a list and an array. */
    final List<ContainerModel> containers = List.of(
            new DictModel(), new DictModel(), new DictModel(), new DictModel(), new ListModel(), new ArrayModel());

    long digest;
    int deaths;
    int reloads;

    private final Random random;
    /** One in so many of the store's looks at windows finds that a client has just moved. */
    private final int hurry;
    /** The queue that most of what happens is about. */
    private final int focus;

    private final int reloadEvery;
    private final StoreLimits limits = new StoreLimits().maxValueBytes(256);
    private final Requests requests = new Requests();
    private final Outlet outlet = new Outlet();
    private final List<QueueModel> queues = new ArrayList<>();
    private final List<SimulatedClient> clients = new ArrayList<>();
    private final Map<Long, SimulatedClient> bySession = new HashMap<>();
    private final Map<Integer, long[]> cells = new HashMap<>();
    private final Map<Long, SimulatedRequest> timers = new TreeMap<>();

    private Store store = newStore();
    private SimulatedRequest current;
    private boolean closing;
    private int inputs;
    private int commands;
    private int lastItem;
    private long lastSession;
    private long nowNs;

    Simulation(final long seed, final int reloadEvery) {
        random = new Random(seed);
        hurry = 1 + random.nextInt(5);
        focus = random.nextInt(CAPACITIES.length);
        this.reloadEvery = reloadEvery;
        for (int i = 0; i < CAPACITIES.length; i++) {
            queues.add(new QueueModel(i + 2, KINDS[i], CAPACITIES[i], windows));
        }
        windows.beforeStore = this::moveSomeWindow;
        windows.observer = new WindowsWatch();
        while (clients.size() < CLIENTS) {
            newClient();
        }
    }

    int queueCount() {
        return CAPACITIES.length;
    }

    /** {@return a queue to do something with} */
    int anyQueue() {
        return random.nextInt(4) == 0 ? random.nextInt(CAPACITIES.length) : focus;
    }

    int capacity(final int queue) {
        return CAPACITIES[queue];
    }

    QueueModel model(final int queue) {
        return queues.get(queue);
    }

    int nextItem() {
        return ++lastItem;
    }

    int redeliveries() {
        return queues.stream().mapToInt(queue -> queue.redeliveries).sum();
    }

    /** Process so many messages, then let everything settle, drain the queues and compare what is left. */
    void run(final int count) {
        while (commands < count) {
            nowNs += random.nextInt(random.nextInt(200) == 0 ? 2_000_000 : 20);
            final SimulatedClient client = clients.get(random.nextInt(clients.size()));
            switch (random.nextInt(18)) {
                case 0, 1, 2, 3, 4 -> client.act();
                case 5, 6, 7 -> client.receive(1 + random.nextInt(4));
                case 8, 9, 10, 11, 12 -> batch();
                case 13 -> fireTimers();
                case 14, 15, 16 -> client.moveWindow();
                default -> sometimes(client);
            }
            checkBetweenBatches();
        }
        settle();
        drain();
    }

    private void sometimes(final SimulatedClient client) {
        if (random.nextInt(40) == 0) {
            end(client);
            newClient();
        }
    }

    private void batch() {
        final int most = 1 + random.nextInt(8);
        for (int i = 0; i < most; i++) {
            final SimulatedClient client = clients.get(random.nextInt(clients.size()));
            if (!client.sent.isEmpty()) {
                process(client.sent.poll());
            }
        }
        endOfBatch();
    }

    private void endOfBatch() {
        queues.forEach(queue -> queue.begin(nowNs));
        store.endOfBatch(nowNs);
        checkQueues();
        checkBetweenBatches();
        maybeReload();
    }

    /** What holds from the end of a batch on, whatever clients do on their own, until the next input. */
    private void checkBetweenBatches() {
        for (int i = 0; i < queues.size(); i++) {
            final int queue = i;
            queues.get(i).checkBetweenBatches(() -> clients.stream()
                    .mapToInt(client -> client.reports(queue))
                    .sum());
        }
    }

    private void process(final SimulatedRequest request) {
        commands++;
        current = request;
        queues.forEach(queue -> queue.begin(nowNs));
        arrive(request);
        request.encoder.accept(requests);
        final int length = requests.length();
        store.onMessage(request.session, nowNs, requests.buffer, Requests.OFFSET, length);
        if (request.correlation != 0 && !request.answered) {
            park(request);
        }
        check(request.target == null || request.target.answered, "a cancelled request still waits");
        current = null;
        checkQueues();
        maybeReload();
    }

    /** What a message that is not answered does as soon as the store sees it. */
    private void arrive(final SimulatedRequest request) {
        if (request.kind == SimulatedRequest.Kind.ACK) {
            model(request.queue).acknowledged(request.session, request.sequence);
        } else if (request.kind == SimulatedRequest.Kind.GIVE_BACK) {
            model(request.queue).gaveBack(request.session, request.sequence);
        } else if (request.kind == SimulatedRequest.Kind.TAKE || request.kind == SimulatedRequest.Kind.DRAIN) {
            model(request.queue).beginTake(request.session);
        } else if (request.kind == SimulatedRequest.Kind.PUT && request.correlation == 0) {
            model(request.queue).putWithCredit(request.session, request.item);
        }
    }

    private void park(final SimulatedRequest request) {
        check(
                request.kind == SimulatedRequest.Kind.PUT
                        || request.kind == SimulatedRequest.Kind.TAKE
                        || request.kind == SimulatedRequest.Kind.JOIN,
                "not answered: ",
                request);
        check(request.timeoutNs != 0, "a request that must not wait waits: ", request);
        check((request.timeoutNs > 0) == timers.containsValue(request), "wrong timer: ", request);
        model(request.queue).waiting(request).add(request);
    }

    private void fireTimers() {
        nowNs += random.nextInt(300);
        for (final long timerId : List.copyOf(timers.keySet())) {
            final SimulatedRequest request = timers.get(timerId);
            if (request != null && request.deadlineNs <= nowNs) {
                timers.remove(timerId);
                queues.forEach(queue -> queue.begin(nowNs));
                store.onTimer(timerId, nowNs);
                check(request.answered, "still waits after its time: ", request);
                checkQueues();
            }
        }
        endOfBatch();
    }

    /** A session ends: what it has sent is processed, or only the first part of it. */
    private void end(final SimulatedClient client) {
        if (random.nextInt(3) == 0) {
            client.flush();
        }
        int rest = random.nextInt(client.sent.size() + 1);
        if (random.nextInt(3) == 0) {
            rest = client.sent.size();
        }
        while (rest-- > 0) {
            process(client.sent.poll());
        }
        deaths++;
        clients.remove(client);
        bySession.remove(client.session);
        for (final QueueModel queue : queues) {
            queue.closed(client.session);
            queue.puts.removeIf(request -> request.session == client.session);
            queue.takes.removeIf(request -> request.session == client.session);
            queue.joins.removeIf(request -> request.session == client.session);
            queue.begin(nowNs);
        }
        closing = true;
        store.onClose(client.session, nowNs);
        closing = false;
        check(timers.values().stream().noneMatch(request -> request.session == client.session), "a timer is left");
        checkQueues();
        endOfBatch();
    }

    private void newClient() {
        final long session = ++lastSession;
        check(store.hasRoomForSession(), "no room for a session");
        store.onOpen(session);
        windows.firstWithout = random.nextInt(4) == 0 ? 0 : Long.MAX_VALUE;
        final SimulatedClient client = new SimulatedClient(this, session, random);
        clients.add(client);
        bySession.put(session, client);
        while (!client.sent.isEmpty()) {
            process(client.sent.poll());
        }
        endOfBatch();
    }

    /** Let every message arrive; the clients do nothing new. */
    private void settle() {
        boolean moving = true;
        while (moving) {
            moving = false;
            for (final SimulatedClient client : clients) {
                client.flush();
                client.receive(Integer.MAX_VALUE);
                while (!client.sent.isEmpty()) {
                    process(client.sent.poll());
                    moving = true;
                }
            }
            windows.beforeStore = () -> {};
            endOfBatch();
        }
        for (final SimulatedClient client : clients) {
            for (final SimulatedRequest request : client.pending.values()) {
                check(model(request.queue).waiting(request).contains(request), "never answered: ", request);
            }
        }
    }

    /** All sessions end but a new one, which must get everything that is not done, each item once. */
    private void drain() {
        for (final SimulatedClient client : List.copyOf(clients)) {
            end(client);
        }
        newClient();
        final long session = lastSession;
        long correlation = 1_000_000;
        for (int i = 0; i < queues.size(); i++) {
            final QueueModel queue = queues.get(i);
            check(!queue.isLeased() || queue.size() == queue.unfinished(), "items were lost");
            for (int left = queue.size(); left >= 0; left--) {
                final SimulatedRequest take =
                        new SimulatedRequest(SimulatedRequest.Kind.TAKE, session, ++correlation, i);
                take.encoder = out -> out.queueTake(take.correlation, queue.objectId, 0);
                bySession.get(session).pending.put(take.correlation, take);
                process(take);
                bySession.get(session).receive(Integer.MAX_VALUE);
            }
            check(queue.size() == 0, "items are left");
            final SimulatedRequest last = new SimulatedRequest(SimulatedRequest.Kind.SIZE, session, ++correlation, i);
            last.encoder = out -> out.queueSize(last.correlation, queue.objectId);
            bySession.get(session).pending.put(last.correlation, last);
            process(last);
        }
        check(timers.isEmpty(), "timers are left");
    }

    private void moveSomeWindow() {
        if (!closing && random.nextInt(hurry) == 0) {
            clients.get(random.nextInt(clients.size())).moveWindow();
        }
    }

    private void checkQueues() {
        queues.forEach(QueueModel::checkAfterInput);
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
        return new Store(outlet, windows, limits);
    }

    /** What the store puts out goes to the models and on its way to the client. */
    private final class Outlet implements Outbox {
        @Override
        public void send(final long session, final DirectBuffer buffer, final int offset, final int length) {
            for (int i = 0; i < length; i++) {
                digest = 31 * digest + buffer.getByte(offset + i);
            }
            Received.decodeAll(session, buffer, offset, length).forEach(message -> send(session, message));
        }

        private void send(final long session, final Received message) {
            final SimulatedClient client = bySession.get(session);
            check(client != null || current != null && current.session == session, "sent to nobody: ", message);
            final SimulatedRequest request = message.correlation() == 0 ? null : answered(client, message);
            if (message.isDelivery()) {
                queues.get((int) message.number() - 2).delivered(message, current);
            } else if (request.kind == SimulatedRequest.Kind.OPEN) {
                opened(request, message);
            } else if (request.kind == SimulatedRequest.Kind.DICT) {
                request.expectation.accept(message);
            } else {
                model(request.queue).answered(request, message, current);
            }
            if (client != null) {
                client.inbox.add(message);
            }
        }

        @Override
        public void schedule(final long timerId, final long deadlineNs) {
            digest = 31 * digest + timerId + deadlineNs;
            check(deadlineNs == nowNs + current.timeoutNs, "wrong deadline");
            current.deadlineNs = deadlineNs;
            timers.put(timerId, current);
        }

        @Override
        public void cancel(final long timerId) {
            digest = 31 * digest + timerId;
            check(timers.remove(timerId) != null, "a timer was cancelled twice");
        }

        private SimulatedRequest answered(final SimulatedClient client, final Received message) {
            SimulatedRequest request = client == null ? null : client.pending.get(message.correlation());
            if (request == null) {
                request = current;
            }
            check(request != null && request.correlation == message.correlation(), "answer to nothing: ", message);
            check(!request.answered, "answered twice: ", request);
            request.answered = true;
            return request;
        }

        private void opened(final SimulatedRequest request, final Received message) {
            check(message.status() == null, "not opened: ", message.text());
            if (request.queue >= 0) {
                final int window = message.position();
                model(request.queue).members.put(request.session, new ModelMember(window));
                cells.put(window, new long[] {request.queue, request.session});
            }
        }
    }

    /** What the store does to windows goes to the models. */
    private final class WindowsWatch implements SimulatedWindows.Observer {
        @Override
        public void granted(final int window, final int credits) {
            digest = 31 * digest + credits;
            model((int) cells.get(window)[0]).granted(cells.get(window)[1], credits);
        }

        @Override
        public void notified(final int window) {
            digest = 31 * digest + window;
        }

        @Override
        public void revoked(final int window, final int credits) {
            digest = 31 * digest + credits;
            model((int) cells.get(window)[0]).revoked(cells.get(window)[1], credits);
        }

        @Override
        public void read(final int window, final int taken) {
            digest = 31 * digest + taken;
            model((int) cells.get(window)[0]).read(cells.get(window)[1], taken);
        }

        @Override
        public void readDone(final int window, final int done) {
            digest = 31 * digest + done;
            model((int) cells.get(window)[0]).readDone(cells.get(window)[1], done);
        }

        @Override
        public void recalled(final int window, final int taken) {
            digest = 31 * digest + taken;
            model((int) cells.get(window)[0]).recalled(cells.get(window)[1], taken, current);
        }
    }
}
