package io.condatis.perf.process;

import io.condatis.manager.ManagedBarrier;
import io.condatis.manager.Manager;
import io.condatis.manager.ManagerHandle;
import io.condatis.process.WorkerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;

/**
 * A manager and one client, or several in a JVM each, that make all the calls one after the other: first in a closed loop,
 * which makes them warm too, then at a fixed rate. Several begin each of that together.
 */
final class ManagerClients {
    /** The part of a result's name that tells the rate. */
    static final String PACED = "-paced";

    private static final int PACED_PART = 2;

    /** Calls a second of each client, where they come at a fixed rate. */
    static final int RATE = 1_000;

    private static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(1) / RATE;
    private static final Set<ManagerCall> PACED_CALLS =
            EnumSet.complementOf(EnumSet.of(ManagerCall.GET_LONG, ManagerCall.PUT_LONG));

    private ManagerClients() {}

    /** {@return the calls that so many clients make} */
    static Set<ManagerCall> calls(final int clients) {
        return clients == 1 ? EnumSet.allOf(ManagerCall.class) : PACED_CALLS;
    }

    /** Target of the worker that is the only client. */
    static void runOne(final TrialPlan plan) throws IOException, InterruptedException, BrokenBarrierException {
        try (Manager manager = Manager.start()) {
            measure(manager, plan, 0, 1);
        }
    }

    /** Target of the worker that starts four. */
    static void runCrowd(final TrialPlan plan) throws IOException, InterruptedException {
        final List<WorkerProcess> clients = new ArrayList<>();
        try (Manager manager = Manager.start()) {
            for (int i = 0; i < Crowd.SIZE; i++) {
                clients.add(WorkerProcess.start(
                        ManagerClients::runClient, manager.handle(), Crowd.plan(plan.withoutBars(), i), i));
            }
            Crowd.join(clients, plan);
        } finally {
            clients.forEach(WorkerProcess::close);
        }
        for (final ManagerCall call : PACED_CALLS) {
            Crowd.merge(plan, call.fileName());
            Crowd.merge(plan, call.fileName() + PACED);
        }
    }

    /** Target of the worker that is one of four. */
    static void runClient(final ManagerHandle handle, final TrialPlan plan, final Integer number)
            throws IOException, InterruptedException, BrokenBarrierException {
        try (Manager manager = Manager.connect(handle)) {
            measure(manager, plan, number, Crowd.SIZE);
        }
    }

    private static void measure(final Manager manager, final TrialPlan whole, final int number, final int clients)
            throws IOException, InterruptedException, BrokenBarrierException {
        final ManagedBarrier start = manager.barrier("start", clients);
        final Map<ManagerCall, RoundTrips> calls = new EnumMap<>(ManagerCall.class);
        for (final ManagerCall kind : calls(clients)) {
            calls.put(kind, new RoundTrips(kind.of(manager, number)));
        }
        start.await();
        for (final RoundTrips trips : calls.values()) {
            trips.warmUp(whole.warmTogetherNs() / calls.size());
        }
        for (int turn = 0; turn < Crowd.TURNS; turn++) {
            for (final RoundTrips trips : calls.values()) {
                start.await();
                trips.record(whole.measureNs() / Crowd.TURNS);
            }
        }
        for (final Map.Entry<ManagerCall, RoundTrips> call : calls.entrySet()) {
            final ManagerCall kind = call.getKey();
            final RoundTrips trips = call.getValue();
            trips.result().store(Path.of(whole.part(kind.fileName()).resultFile()));
            if (kind.isPaced()) {
                start.await();
                trips.paced(whole.shorter(PACED_PART), INTERVAL_NS)
                        .store(Path.of(whole.part(kind.fileName() + PACED).resultFile()));
            }
        }
    }
}
