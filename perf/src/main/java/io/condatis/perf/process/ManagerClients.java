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

    /** A message to a bare server and back. */
    static final String PING_PONG = "ping-pong";

    /** The same, and both sides spin. */
    static final String PING_PONG_SPIN = "ping-pong-spin";

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

    /** Target of the worker that is the only client, of a manager and of a bare server that spins and of one that yields. */
    static void runOne(final TrialPlan plan) throws IOException, InterruptedException, BrokenBarrierException {
        try (Manager manager = Manager.start();
                EchoProcess yielding = EchoProcess.start(Idle.AS_CONDATIS, 1);
                EchoProcess spinning = EchoProcess.start(Idle.BUSY_SPIN, 1);
                PingPong bare = PingPong.connect(yielding.directory(), Idle.AS_CONDATIS, 0);
                PingPong spin = PingPong.connect(spinning.directory(), Idle.BUSY_SPIN, 0)) {
            final RoundRobin turns =
                    new RoundRobin().onTwoProcessors().add(PING_PONG, bare).add(PING_PONG_SPIN, spin);
            measure(manager, plan, 0, 1, turns);
        }
    }

    /** Target of the worker that starts four. */
    static void runCrowd(final TrialPlan plan) throws IOException, InterruptedException {
        final List<WorkerProcess> clients = new ArrayList<>();
        try (Manager manager = Manager.start();
                EchoProcess echo = EchoProcess.start(Idle.AS_CONDATIS, Crowd.SIZE)) {
            try {
                for (int i = 0; i < Crowd.SIZE; i++) {
                    clients.add(WorkerProcess.start(
                            ManagerClients::runClient,
                            manager.handle(),
                            echo.directory(),
                            Crowd.plan(plan.withoutBars(), i),
                            i));
                }
                Crowd.join(clients, plan);
            } finally {
                clients.forEach(WorkerProcess::close);
            }
        }
        Crowd.merge(plan, PING_PONG);
        for (final ManagerCall call : PACED_CALLS) {
            Crowd.merge(plan, call.fileName());
            Crowd.merge(plan, call.fileName() + PACED);
        }
    }

    /** Target of the worker that is one of four. */
    static void runClient(
            final ManagerHandle handle, final String directory, final TrialPlan plan, final Integer number)
            throws IOException, InterruptedException, BrokenBarrierException {
        try (Manager manager = Manager.connect(handle);
                PingPong bare = PingPong.connect(directory, Idle.AS_CONDATIS, number)) {
            measure(manager, plan, number, Crowd.SIZE, new RoundRobin().add(PING_PONG, bare));
        }
    }

    private static void measure(
            final Manager manager, final TrialPlan whole, final int number, final int clients, final RoundRobin turns)
            throws IOException, InterruptedException, BrokenBarrierException {
        final ManagedBarrier start = manager.barrier("start", clients);
        final Set<ManagerCall> calls = calls(clients);
        final Map<ManagerCall, RoundTrips> trips = new EnumMap<>(ManagerCall.class);
        for (final ManagerCall call : calls) {
            trips.put(call, new RoundTrips(call.of(manager, number)));
            turns.add(call.fileName(), trips.get(call));
        }
        turns.measure(whole, whole.warmTogetherNs() / calls.size(), start::await);
        for (final ManagerCall call : calls) {
            if (call.isPaced()) {
                start.await();
                trips.get(call)
                        .paced(whole.shorter(PACED_PART), INTERVAL_NS)
                        .store(Path.of(whole.part(call.fileName() + PACED).resultFile()));
            }
        }
    }
}
