package io.condatis.perf.process;

import io.aeron.Aeron;
import io.condatis.SharedObjects;
import io.condatis.internal.os.SharedDirectory;
import io.condatis.process.WorkerProcess;
import io.condatis.sync.SharedBarrier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;

/** The limit of a manager that several clients ask at once: one server sends each its message back, by Aeron IPC alone. */
final class PingPongCrowd {
    static final String PART = "ping-pong";

    private static final String BARRIER = "start";
    private static final String REGION_SUFFIX = "-start";

    /** Five JVMs get warm at once, if with little code. */
    private static final int LONGER_WARM_UP = 2;

    private PingPongCrowd() {}

    /** Target of the worker: starts server and clients, and leaves the result of all. */
    static void run(final TrialPlan plan) throws IOException, InterruptedException {
        final String name = "condatis-perf-" + ProcessHandle.current().pid();
        final List<WorkerProcess> clients = new ArrayList<>();
        try (SharedObjects shared = SharedObjects.create(name + REGION_SUFFIX);
                WorkerProcess server = EchoServer.start(directory(name), Idle.AS_CONDATIS, Crowd.SIZE)) {
            shared.barrier(BARRIER, Crowd.SIZE);
            try {
                for (int i = 0; i < Crowd.SIZE; i++) {
                    clients.add(WorkerProcess.start(PingPongCrowd::runClient, name, Crowd.plan(plan, i), i));
                }
                Crowd.join(clients, plan);
            } finally {
                clients.forEach(WorkerProcess::close);
                EchoServer.end(server);
            }
        }
        Crowd.merge(plan, PART);
    }

    /** Target of the worker that is one of them. */
    static void runClient(final String name, final TrialPlan plan, final Integer number)
            throws IOException, InterruptedException, BrokenBarrierException {
        try (SharedObjects shared = SharedObjects.attach(name + REGION_SUFFIX);
                Aeron aeron = PingPong.connect(directory(name))) {
            final RoundTrips trips = new RoundTrips(PingPong.call(aeron, Idle.AS_CONDATIS, number));
            final SharedBarrier start = shared.barrier(BARRIER, Crowd.SIZE);
            start.await();
            trips.warmUp(LONGER_WARM_UP * plan.warmupNs());
            for (int turn = 0; turn < Crowd.TURNS; turn++) {
                start.await();
                trips.record(plan.measureNs() / Crowd.TURNS);
            }
            trips.result().store(Path.of(plan.part(PART).resultFile()));
        }
    }

    private static String directory(final String name) {
        return SharedDirectory.path().resolve(name).toString();
    }
}
