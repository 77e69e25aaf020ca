package io.condatis.perf.process;

import io.condatis.perf.report.Bar;
import io.condatis.perf.report.Figure;
import io.condatis.perf.report.Section;
import io.condatis.perf.suite.Peer;
import io.condatis.perf.suite.Run;
import io.condatis.perf.suite.Scale;
import java.io.IOException;

/** Single calls of a manager, from one client and from four, beside those of its peers. */
final class CallTrials {
    private static final double MOST_TIMES_PING_PONG = 2;
    private static final double CPYTHON_TIMES = 30;
    private static final double REDIS_TIMES = 10;
    private static final double QUEUE_US = 2;
    private static final double MOST_BYTES = 0.1;
    private static final double QUICK_SECONDS = 0.15;
    private static final double NORMAL_SECONDS = 1;
    private static final String RAW = "raw Aeron IPC ping-pong 100 B";
    private static final String REDIS_GET = "Redis GET 100 B";
    private static final String ONE = "";
    private static final String CROWD = "crowd-";

    private final Run run;
    private final TrialGroup one;
    private final TrialGroup crowd;
    private final TrialGroup redis;
    private final PythonPeer cpython;

    CallTrials(final String suite, final Run run) throws InterruptedException {
        this.run = run;
        one = calls(suite, 1, "");
        one.add(ManagerClients.PING_PONG_SPIN, RAW + ", busy spin");
        crowd = calls(suite, Crowd.SIZE, ", " + Crowd.SIZE + " clients");
        redis = run.wants(Peer.REDIS) && RedisCalls.isThere() ? redis(suite) : null;
        cpython = new PythonPeer(suite, "manager.py", run);
    }

    private TrialGroup calls(final String suite, final int clients, final String suffix) {
        final TrialGroup group = new TrialGroup(suite, "calls of a manager" + suffix, run);
        group.add(ManagerClients.PING_PONG, RAW + suffix);
        for (final ManagerCall call : ManagerClients.calls(clients)) {
            group.add(call.fileName(), call.text() + suffix);
            if (call.isPaced()) {
                group.add(
                        call.fileName() + ManagerClients.PACED,
                        call.text() + suffix + ", " + ManagerClients.RATE + "/s each");
            }
        }
        return group;
    }

    private TrialGroup redis(final String suite) {
        final TrialGroup group = new TrialGroup(suite, "calls of Redis", run);
        group.add(RedisCalls.BARE, "bare UNIX socket there and back 100 B");
        group.add(RedisCalls.GET, REDIS_GET);
        group.add(RedisCalls.SET, "Redis SET 100 B");
        group.add(RedisCalls.PASS, "Redis RPUSH, LPOP 100 B");
        return group;
    }

    /** What is held against something bare takes turns with that. */
    void next() throws IOException, InterruptedException {
        one.next(ManagerClients::runOne);
        crowd.next(ManagerClients::runCrowd);
        if (redis != null) {
            redis.next(RedisCalls::run);
        }
    }

    void nextOthers() throws IOException, InterruptedException {
        cpython.trial(String.valueOf(run.scale() == Scale.QUICK ? QUICK_SECONDS : NORMAL_SECONDS));
    }

    void publish(final Section section) throws IOException, InterruptedException {
        one.writeHistograms(ONE);
        crowd.writeHistograms(CROWD);
        final Trials raw = one.get(ManagerClients.PING_PONG);
        final Trials spin = one.get(ManagerClients.PING_PONG_SPIN);
        Latencies.add(section, raw, null);
        Latencies.add(section, spin, null);
        publish(section, one, 1, raw);
        final Trials together = crowd.get(ManagerClients.PING_PONG);
        Latencies.addShort(section, together, null);
        publish(section, crowd, Crowd.SIZE, together);
        final Figure median = Latencies.median(one.get(ManagerCall.DICT_GET.fileName()));
        section.add(median, Latencies.median(spin))
                .add(raw.number("raw ping-pong calls", "1/s", RoundTrips.PER_SECOND))
                .add(spin.number("raw ping-pong calls, busy spin", "1/s", RoundTrips.PER_SECOND));
        publishBytes(section);
        section.add(Bar.ratio(median, Latencies.median(raw), MOST_TIMES_PING_PONG))
                .add(Bar.below(Latencies.median(one.get(ManagerCall.QUEUE_PASS.fileName())), QUEUE_US))
                .note(
                        "closed loop where no rate is named: one call at a time of each client; the ping-pong has the"
                                + " manager's driver settings and waits as Condatis does before it sleeps; with 'busy"
                                + " spin' it never gives its core away while it is asked. All of them take turns with the calls")
                .note("at a fixed rate a time counts from when the call was due, so what waits behind a slow one is"
                        + " slow; the server may have gone to sleep since the call before")
                .note("of one client and of Redis: " + TwoProcessors.note())
                .note(
                        "four clients share dict and list, and have a lock and a queue each; the ping-pong of four has one"
                                + " server for all, as they have");
        publishPeers(section, median);
    }

    private void publish(final Section section, final TrialGroup group, final int clients, final Trials bare) {
        for (final ManagerCall call : ManagerClients.calls(clients)) {
            final Trials closed = group.get(call.fileName());
            Latencies.addShort(section, closed, bare);
            if (call.isPaced()) {
                Latencies.addShort(section, group.get(call.fileName() + ManagerClients.PACED), null);
            }
            section.add(closed.number(closed.subject() + " calls", "1/s", RoundTrips.PER_SECOND));
        }
    }

    private void publishBytes(final Section section) {
        for (final ManagerCall call : ManagerCall.values()) {
            final Figure bytes = one.get(call.fileName())
                    .number(call.text() + " allocates, caller", "B/op", RoundTrips.BYTES_PER_CALL);
            section.add(bytes);
            if (!call.isPaced()) {
                section.add(Bar.below(bytes, MOST_BYTES));
            }
        }
        section.note("of what dict.get allocates, 120 B are the byte[100] that it returns");
    }

    private void publishPeers(final Section section, final Figure median) throws IOException {
        cpython.addTo(section, "us");
        if (cpython.isThere()) {
            section.add(Bar.ratio(median, cpython.figure("Manager dict get", "us"), 1 / CPYTHON_TIMES));
        } else {
            section.add(Bar.missing(median, "CPython Manager dict get", 1 / CPYTHON_TIMES));
        }
        if (redis == null) {
            section.add(Bar.missing(median, REDIS_GET + " p50", 1 / REDIS_TIMES));
            section.note(
                    run.wants(Peer.REDIS)
                            ? "Redis: NOT MEASURED, there is no redis-server on the path"
                            : "Redis: not asked for");
            return;
        }
        redis.writeHistograms(ONE);
        final Trials socket = redis.get(RedisCalls.BARE);
        Latencies.addShort(section, socket, null);
        Latencies.addShort(section, redis.get(RedisCalls.GET), socket);
        Latencies.addShort(section, redis.get(RedisCalls.SET), socket);
        Latencies.addShort(section, redis.get(RedisCalls.PASS), socket);
        section.add(Bar.ratio(median, Latencies.median(redis.get(RedisCalls.GET)), 1 / REDIS_TIMES))
                .note("Redis: a server of its own on a UNIX socket, without persistence, one blocking client");
    }
}
