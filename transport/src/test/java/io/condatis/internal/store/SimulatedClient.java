package io.condatis.internal.store;

import static io.condatis.internal.store.QueueModel.check;

import io.condatis.internal.protocol.sbe.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A correct client: some threads that put, take, acknowledge and wait, over two streams of messages under way. */
final class SimulatedClient {
    private static final int MOST_PENDING = 6;

    /** The client's view of one queue. */
    private static final class QueueView {
        int objectId;
        int window;
        /** Deliveries ahead of demand that have arrived. */
        final Deque<Integer> arrived = new ArrayDeque<>();
        /** Deliveries taken and not acknowledged. */
        final List<Integer> held = new ArrayList<>();
        /** Deliveries being given back. */
        final List<Integer> goingBack = new ArrayList<>();

        int lastTaken;
    }

    final long session;
    /** Under way to the store. */
    final Deque<SimulatedRequest> sent = new ArrayDeque<>();
    /** Under way to this client. */
    final Deque<Received> inbox = new ArrayDeque<>();

    final Map<Long, SimulatedRequest> pending = new HashMap<>();

    private final Simulation simulation;
    private final Random random;
    private final Map<Integer, QueueView> queues = new HashMap<>();
    /** Puts that have spent a credit but are not sent yet. */
    private final Deque<SimulatedRequest> spent = new ArrayDeque<>();

    private final int putWeight;
    private final int takeWeight;
    /** Ids of the containers; 0 while not opened. */
    private final int[] containers;

    private long lastCorrelation;

    SimulatedClient(final Simulation simulation, final long session, final Random random) {
        this.simulation = simulation;
        this.session = session;
        this.random = random;
        putWeight = random.nextInt(40);
        takeWeight = random.nextInt(40);
        containers = new int[simulation.containers.size()];
        open(-1, Kind.DICT, "dict", 0);
        for (int queue = 0; queue < simulation.queueCount(); queue++) {
            open(queue, simulation.model(queue).kind, "queue-" + queue, simulation.capacity(queue));
        }
        open(-2, Kind.SET, "set", 0);
        open(-3, Kind.NAMESPACE, "namespace", 0);
        open(-4, Kind.VALUE, "value", 0);
        open(-5, Kind.LIST, "list", 0);
        open(-6, Kind.ARRAY, "array", ArrayModel.ARGUMENT);
    }

    /** {@return how many QueueTaken of a queue are under way} */
    int reports(final int queue) {
        return (int) sent.stream()
                .filter(request -> request.kind == SimulatedRequest.Kind.TAKEN && request.queue == queue)
                .count();
    }

    /** Do something that a client can do at any moment without the store: spend, or take and perhaps be done. */
    void moveWindow() {
        final int queue = simulation.anyQueue();
        if (queues.containsKey(queue)) {
            if (random.nextBoolean()) {
                spend(queue);
            } else if (takeAhead(queue) && random.nextBoolean()) {
                acknowledge(queue);
            }
        }
    }

    /** Receive so many messages. */
    void receive(final int most) {
        for (int i = 0; i < most && !inbox.isEmpty(); i++) {
            final Received message = inbox.poll();
            if (message.isDelivery()) {
                received(message);
            }
            if (message.correlation() != 0) {
                final SimulatedRequest request = pending.remove(message.correlation());
                check(request != null, "an answer to nothing: ", message);
                if (request.kind == SimulatedRequest.Kind.GIVE_BACK) {
                    queues.get(request.queue).goingBack.remove((Integer) request.sequence);
                }
                if (request.kind == SimulatedRequest.Kind.OPEN) {
                    opened(request, message);
                }
            }
        }
    }

    /** Do one random thing. */
    void act() {
        while (!spent.isEmpty() && random.nextInt(3) > 0) {
            sent.add(spent.poll());
        }
        if (queues.size() < simulation.queueCount()) {
            return;
        }
        final int queue = simulation.anyQueue();
        int choice = random.nextInt(putWeight + takeWeight + 62);
        if ((choice -= putWeight) < 0) {
            put(queue);
        } else if ((choice -= takeWeight) < 0) {
            take(queue);
        } else if ((choice -= 30) < 0) {
            acknowledge(queue);
        } else if ((choice -= 20) < 0) {
            container();
        } else if ((choice -= 4) < 0) {
            cancel();
        } else if ((choice -= 4) < 0) {
            look(queue);
        } else {
            join(queue);
        }
    }

    /** Send what is held back, so that nothing but answers is missing any more. */
    void flush() {
        sent.addAll(spent);
        spent.clear();
    }

    private void put(final int queue) {
        if (!spend(queue) && spent.isEmpty() && mayAsk()) {
            final SimulatedRequest put = request(SimulatedRequest.Kind.PUT, queue);
            put(put);
            ask(put);
        }
    }

    private boolean spend(final int queue) {
        final QueueView view = queues.get(queue);
        if (view.window == Windows.NONE || !simulation.windows.spend(view.window)) {
            return false;
        }
        final SimulatedRequest put = new SimulatedRequest(SimulatedRequest.Kind.PUT, session, 0, queue);
        put(put);
        spent.add(put);
        simulation.model(queue).look();
        return true;
    }

    private void put(final SimulatedRequest put) {
        final byte[] filler = new byte[random.nextInt(40)];
        random.nextBytes(filler);
        final byte[] body = ByteBuffer.allocate(Integer.BYTES + filler.length)
                .putInt(simulation.nextItem())
                .put(filler)
                .array();
        put.item = new QueueModel.ModelItem(body);
        put.item.priority = simulation.model(put.queue).kind == Kind.PRIORITY_QUEUE ? random.nextInt(3) - 1 : 0;
        put.encoder = out ->
                out.queuePut(put.correlation, queues.get(put.queue).objectId, put.timeoutNs, put.item.priority, body);
    }

    private void take(final int queue) {
        if (takeAhead(queue) || !mayAsk()) {
            return;
        }
        if (random.nextInt(4) == 0) {
            final SimulatedRequest drain = request(SimulatedRequest.Kind.DRAIN, queue);
            drain.most = 1 + random.nextInt(6);
            drain.encoder = out -> out.queueDrain(drain.correlation, queues.get(queue).objectId, drain.most);
            ask(drain);
        } else {
            final SimulatedRequest take = request(SimulatedRequest.Kind.TAKE, queue);
            take.encoder = out -> out.queueTake(take.correlation, queues.get(queue).objectId, take.timeoutNs);
            ask(take);
        }
    }

    private boolean takeAhead(final int queue) {
        final QueueView view = queues.get(queue);
        while (!view.arrived.isEmpty()) {
            final int sequence = view.arrived.poll();
            if (simulation.windows.take(view.window, sequence)) {
                took(queue, view, sequence);
                report(queue, view);
                return true;
            }
            check(simulation.windows.isVoid(view.window, sequence), "a delivery can be neither taken nor dropped");
        }
        return false;
    }

    private void took(final int queue, final QueueView view, final int sequence) {
        simulation.model(queue).took(session, sequence);
        hold(queue, view, sequence);
    }

    private void hold(final int queue, final QueueView view, final int sequence) {
        view.lastTaken = sequence;
        if (simulation.model(queue).isLeased()) {
            view.held.add(sequence);
        }
    }

    private void report(final int queue, final QueueView view) {
        if (simulation.windows.mustReport(view.window) || random.nextInt(20) == 0) {
            sendReport(queue, view);
        }
    }

    private void sendReport(final int queue, final QueueView view) {
        final SimulatedRequest taken = new SimulatedRequest(SimulatedRequest.Kind.TAKEN, session, 0, queue);
        taken.encoder = out -> out.queueTaken(view.objectId);
        sent.add(taken);
    }

    private void acknowledge(final int queue) {
        final QueueView view = queues.get(queue);
        if (!view.held.isEmpty() && random.nextInt(8) == 0) {
            giveBack(queue, view);
        } else if (!view.held.isEmpty() && view.window != Windows.NONE && random.nextBoolean()) {
            view.held.remove(0);
            int upTo = view.held.isEmpty() ? view.lastTaken : view.held.get(0) - 1;
            for (final int sequence : view.goingBack) {
                upTo = Math.min(upTo, sequence - 1);
            }
            simulation.model(queue).done(session, upTo);
            if (simulation.windows.done(view.window, upTo)) {
                sendReport(queue, view);
            }
        } else if (!view.held.isEmpty()) {
            final SimulatedRequest ack = new SimulatedRequest(SimulatedRequest.Kind.ACK, session, 0, queue);
            ack.sequence = view.held.remove(random.nextInt(view.held.size()));
            ack.encoder = out -> out.queueAck(view.objectId, ack.sequence);
            sent.add(ack);
        }
    }

    private void giveBack(final int queue, final QueueView view) {
        if (mayAsk()) {
            final SimulatedRequest back = request(SimulatedRequest.Kind.GIVE_BACK, queue);
            back.sequence = view.held.remove(random.nextInt(view.held.size()));
            view.goingBack.add(back.sequence);
            back.encoder = out -> out.queueGiveBack(back.correlation, view.objectId, back.sequence);
            ask(back);
        }
    }

    private void look(final int queue) {
        if (mayAsk() && random.nextBoolean()) {
            final SimulatedRequest scan = request(SimulatedRequest.Kind.SCAN, queue);
            scan.cursor = random.nextBoolean()
                    ? 0
                    : random.nextInt(simulation.model(queue).arrivals() + 1);
            scan.priority = scan.cursor == 0
                    ? Long.MIN_VALUE
                    : simulation.model(queue).kind == Kind.PRIORITY_QUEUE ? random.nextInt(3) - 1 : 0;
            scan.maxBytes = random.nextInt(250);
            scan.encoder = out -> out.queueScan(
                    scan.correlation, queues.get(queue).objectId, scan.cursor, scan.priority, scan.maxBytes);
            ask(scan);
        } else if (mayAsk()) {
            final SimulatedRequest size = request(SimulatedRequest.Kind.SIZE, queue);
            size.encoder = out -> out.queueSize(size.correlation, queues.get(queue).objectId);
            ask(size);
        }
    }

    private void join(final int queue) {
        if (mayAsk() && simulation.model(queue).isLeased()) {
            final SimulatedRequest join = request(SimulatedRequest.Kind.JOIN, queue);
            join.encoder = out -> out.queueJoin(join.correlation, queues.get(queue).objectId, join.timeoutNs);
            ask(join);
        }
    }

    private void container() {
        final int container = random.nextInt(containers.length);
        if (mayAsk() && containers[container] != 0) {
            final SimulatedRequest request = request(SimulatedRequest.Kind.DICT, -1);
            simulation.containers.get(container).request(request, containers[container], random);
            ask(request);
        }
    }

    private void cancel() {
        if (pending.isEmpty()) {
            return;
        }
        final List<SimulatedRequest> candidates = new ArrayList<>(pending.values());
        candidates.sort((a, b) -> Long.compare(a.correlation, b.correlation));
        final SimulatedRequest target = candidates.get(random.nextInt(candidates.size()));
        final SimulatedRequest cancel = new SimulatedRequest(SimulatedRequest.Kind.CANCEL, session, 0, target.queue);
        cancel.target = target;
        cancel.encoder = out -> out.cancel(target.correlation);
        sent.add(cancel);
    }

    private void open(final int queue, final Kind kind, final String name, final long capacity) {
        final SimulatedRequest open = request(SimulatedRequest.Kind.OPEN, queue);
        open.encoder = out -> out.open(open.correlation, kind, name, capacity);
        ask(open);
    }

    private void opened(final SimulatedRequest open, final Received answer) {
        if (open.queue < 0) {
            containers[-1 - open.queue] = (int) answer.number();
            return;
        }
        final QueueView view = new QueueView();
        view.objectId = (int) answer.number();
        view.window = answer.position();
        queues.put(open.queue, view);
    }

    private void received(final Received delivery) {
        for (final Map.Entry<Integer, QueueView> entry : queues.entrySet()) {
            final QueueView view = entry.getValue();
            if (view.objectId == delivery.number()) {
                if (view.window == Windows.NONE) {
                    hold(entry.getKey(), view, delivery.position());
                } else if (delivery.correlation() == 0) {
                    view.arrived.add(delivery.position());
                } else {
                    simulation.windows.cell(view.window).received = delivery.position();
                    simulation.model(entry.getKey()).received(session, delivery.position());
                    hold(entry.getKey(), view, delivery.position());
                }
            }
        }
    }

    private boolean mayAsk() {
        return pending.size() < MOST_PENDING;
    }

    private SimulatedRequest request(final SimulatedRequest.Kind kind, final int queue) {
        final SimulatedRequest request = new SimulatedRequest(kind, session, ++lastCorrelation, queue);
        request.timeoutNs = switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> -1;
            default -> 1 + random.nextInt(2_000);
        };
        return request;
    }

    private void ask(final SimulatedRequest request) {
        pending.put(request.correlation, request);
        sent.add(request);
    }
}
