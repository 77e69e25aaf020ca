package io.condatis.perf.process;

import io.condatis.perf.report.Section;
import io.condatis.perf.suite.Run;
import io.condatis.perf.suite.Suite;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;

/** There and back between two processes: a signal, beside a message over bare Aeron and the same signals of CPython. */
public final class EventsSuite implements Suite {
    private static final String IPC = "aeron-ipc";
    private static final String SOCKET = "socket";
    private static final String UDP = "aeron-udp";
    private static final String EVENT = "shared-event";
    private static final String CONDITION = "shared-condition";
    /** Of the results of a trial. */
    static final List<String> PARTS = List.of(IPC, EVENT, CONDITION, SOCKET, UDP);

    private static final String CPYTHON_EVENT = "cpython-event";
    private static final String CPYTHON_CONDITION = "cpython-condition";

    @Override
    public String name() {
        return "events";
    }

    @Override
    public String description() {
        return "SharedEvent and SharedCondition there and back, beside bare Aeron over IPC and UDP, and CPython";
    }

    @Override
    public Section run(final Run run) throws IOException, InterruptedException {
        final TrialGroup group = new TrialGroup(name(), "signals and messages there and back", run);
        group.add(IPC, "raw Aeron IPC ping-pong 100 B");
        group.add(SOCKET, "bare UNIX socket there and back 100 B");
        group.add(UDP, "raw Aeron UDP ping-pong 100 B");
        group.add(EVENT, "SharedEvent there and back");
        group.add(CONDITION, "SharedCondition there and back");
        final Trials paced = new Trials(name(), "SharedEvent there and back, 2,000/s, from when it was due", run);
        final PythonPeer python = new PythonPeer(name(), "events.py", run);
        final List<String> script = python.command();
        if (python.isThere()) {
            group.add(CPYTHON_EVENT, "CPython Event there and back");
            group.add(CPYTHON_CONDITION, "CPython Condition there and back");
        }
        for (int trial = 0; trial < TrialPlan.trialsOrOne(run.scale()); trial++) {
            group.next(plan -> measure(plan, script));
            paced.next(Signals::runEventPaced);
        }
        group.writeHistograms("");
        paced.writeHistograms(EVENT + "-paced");
        final Trials ipc = group.get(IPC);
        final Trials socket = group.get(SOCKET);
        final Trials event = group.get(EVENT);
        final Trials condition = group.get(CONDITION);
        final Section section = new Section(name());
        Latencies.add(section, ipc, null);
        Latencies.add(section, socket, null);
        Latencies.add(section, group.get(UDP), socket);
        Latencies.add(section, event, ipc);
        Latencies.add(section, condition, ipc);
        Latencies.add(section, paced, null);
        if (python.isThere()) {
            Latencies.addShort(section, group.get(CPYTHON_EVENT), event);
            Latencies.addShort(section, group.get(CPYTHON_CONDITION), condition);
        }
        return section.note(python.version())
                .note(TwoProcessors.note())
                .note(
                        "Aeron's sides look again for a moment and then yield, and never sleep; who waits for an event or a"
                                + " condition looks again for a moment and then sleeps in the kernel")
                .note(
                        "over UDP each side runs its own driver on the thread that sends and receives, on this host's loopback")
                .note(
                        "at a fixed rate a round is timed from when it was due, so that rounds which wait for a late one count");
    }

    /** Target of the worker that takes turns with all, with CPython too where there is a command that runs its script. */
    static void measure(final TrialPlan plan, final List<String> script)
            throws IOException, InterruptedException, BrokenBarrierException {
        try (EchoProcess echo = EchoProcess.start(Idle.AS_CONDATIS, 1);
                PingPong ipc = PingPong.connect(echo.directory(), Idle.AS_CONDATIS, 0);
                SocketPingPong socket = SocketPingPong.start();
                UdpPingPong udp = UdpPingPong.start();
                Signals events = Signals.events();
                Signals conditions = Signals.conditions()) {
            final RoundRobin turns = new RoundRobin()
                    .onTwoProcessors(socket.echo())
                    .add(IPC, ipc)
                    .add(EVENT, events)
                    .add(CONDITION, conditions)
                    .add(SOCKET, socket)
                    .add(UDP, udp);
            if (script.isEmpty()) {
                turns.measure(plan, plan.warmupNs(), RoundRobin.Meeting.NONE);
                return;
            }
            try (PythonTurns event = PythonTurns.start(script, "Event");
                    PythonTurns condition = PythonTurns.start(script, "Condition")) {
                turns.onTwoProcessors(event.process(), condition.process())
                        .add(CPYTHON_EVENT, event)
                        .add(CPYTHON_CONDITION, condition)
                        .measure(plan, plan.warmupNs(), RoundRobin.Meeting.NONE);
            }
        }
    }
}
