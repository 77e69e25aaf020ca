package io.condatis.perf.process;

import io.condatis.perf.report.Section;
import io.condatis.perf.suite.Run;
import io.condatis.perf.suite.Suite;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** There and back between two processes: a signal, beside a message over bare Aeron and the same signals of CPython. */
public final class EventsSuite implements Suite {
    private static final String US = "us";

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
        final Trials ipc = new Trials(name(), "raw Aeron IPC ping-pong 100 B", run);
        final Trials udp = new Trials(name(), "raw Aeron UDP ping-pong 100 B", run);
        final Trials socket = new Trials(name(), "bare UNIX socket there and back 100 B", run);
        final Trials event = new Trials(name(), "SharedEvent there and back", run);
        final Trials paced = new Trials(name(), "SharedEvent there and back, 2,000/s, from when it was due", run);
        final Trials condition = new Trials(name(), "SharedCondition there and back", run);
        final PythonPeer python = new PythonPeer(name(), "events.py", run);
        final TrialPlan plan = TrialPlan.of(run.scale(), "");
        final String measuredMs = Long.toString(TimeUnit.NANOSECONDS.toMillis(plan.measureNs()));
        for (int trial = 0; trial < TrialPlan.trialsOrOne(run.scale()); trial++) {
            ipc.next(each -> PingPong.run(each, Idle.AS_CONDATIS));
            event.next(Signals::runEvent);
            socket.next(SocketPingPong::run);
            udp.next(UdpPingPong::run);
            condition.next(Signals::runCondition);
            paced.next(Signals::runEventPaced);
            python.trial(measuredMs);
        }
        ipc.writeHistograms("aeron-ipc");
        socket.writeHistograms("socket");
        udp.writeHistograms("aeron-udp");
        event.writeHistograms("shared-event");
        paced.writeHistograms("shared-event-paced");
        condition.writeHistograms("shared-condition");
        final Section section = new Section(name());
        Latencies.add(section, ipc, null);
        Latencies.add(section, socket, null);
        Latencies.add(section, udp, socket);
        Latencies.add(section, event, ipc);
        Latencies.add(section, condition, ipc);
        Latencies.add(section, paced, null);
        if (python.isThere()) {
            addPython(section, python, "Event", event);
            addPython(section, python, "Condition", condition);
        }
        return section.note(python.version())
                .note(
                        "Aeron's sides look again for a moment and then yield, and never sleep; who waits for an event or a"
                                + " condition looks again for a moment and then sleeps in the kernel")
                .note(
                        "over UDP each side runs its own driver on the thread that sends and receives, on this host's loopback")
                .note(
                        "at a fixed rate a round is timed from when it was due, so that rounds which wait for a late one count");
    }

    private static void addPython(
            final Section section, final PythonPeer python, final String what, final Trials ours) {
        section.add(python.figure(what + " there and back p50", US), ours.percentile("p50", 50))
                .add(python.figure(what + " there and back p99", US), ours.percentile("p99", 99));
    }
}
