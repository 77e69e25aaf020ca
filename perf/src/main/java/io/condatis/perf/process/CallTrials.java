package io.condatis.perf.process;

import io.condatis.perf.report.Bar;
import io.condatis.perf.report.Figure;
import io.condatis.perf.report.Section;
import io.condatis.perf.suite.Peer;
import io.condatis.perf.suite.Run;
import io.condatis.perf.suite.Scale;
import java.io.IOException;

/** Single calls of a manager, one after the other, beside those of its peers. */
final class CallTrials {
    private static final double MOST_TIMES_PING_PONG = 2;
    private static final double CPYTHON_TIMES = 30;
    private static final double REDIS_TIMES = 10;
    private static final double QUICK_SECONDS = 0.3;
    private static final double NORMAL_SECONDS = 2;

    private final Run run;
    private final Trials raw;
    private final Trials spin;
    private final Trials get;
    private final Trials put;
    private final Trials append;
    private final Trials lock;
    private final Trials redis;
    private final PythonPeer cpython;

    CallTrials(final String suite, final Run run) throws InterruptedException {
        this.run = run;
        raw = new Trials(suite, "raw Aeron IPC ping-pong 100 B", run);
        spin = new Trials(suite, "raw Aeron IPC ping-pong 100 B, busy spin", run);
        get = new Trials(suite, "dict.get 100 B", run);
        put = new Trials(suite, "dict.put 100 B", run);
        append = new Trials(suite, "list.add of a long", run);
        lock = new Trials(suite, "lock, unlock", run);
        redis = run.wants(Peer.REDIS) && RedisGet.isThere() ? new Trials(suite, "Redis GET 100 B", run) : null;
        cpython = new PythonPeer(suite, "manager.py", run);
    }

    void next() throws IOException, InterruptedException {
        raw.next(plan -> PingPong.run(plan, Idle.AS_CONDATIS));
        get.next(DictGet::run);
        spin.next(plan -> PingPong.run(plan, Idle.BUSY_SPIN));
        put.next(DictGet::runPut);
        append.next(DictGet::runAppend);
        lock.next(LockPair::run);
        if (redis != null) {
            redis.next(RedisGet::run);
        }
        cpython.trial(String.valueOf(run.scale() == Scale.QUICK ? QUICK_SECONDS : NORMAL_SECONDS));
    }

    void publish(final Section section) throws IOException {
        raw.writeHistograms("ping-pong");
        spin.writeHistograms("ping-pong-spin");
        get.writeHistograms("dict-get");
        put.writeHistograms("dict-put");
        append.writeHistograms("list-add");
        lock.writeHistograms("lock-pair");
        Latencies.add(section, raw, null);
        Latencies.add(section, spin, null);
        Latencies.add(section, get, raw);
        Latencies.add(section, put, raw);
        Latencies.add(section, append, raw);
        Latencies.add(section, lock, raw);
        final Figure median = Latencies.median(get);
        section.add(median, Latencies.median(spin))
                .add(raw.number("raw ping-pong calls", "1/s", RoundTrips.PER_SECOND))
                .add(spin.number("raw ping-pong calls, busy spin", "1/s", RoundTrips.PER_SECOND))
                .add(get.number("dict.get calls", "1/s", RoundTrips.PER_SECOND))
                .add(get.number("dict.get allocates, caller", "B/op", RoundTrips.BYTES_PER_CALL))
                .add(Bar.ratio(median, Latencies.median(raw), MOST_TIMES_PING_PONG))
                .add(Bar.ratio(median, Latencies.median(spin), MOST_TIMES_PING_PONG))
                .note("closed loop, one call at a time; the ping-pong has the manager's driver settings and waits as"
                        + " Condatis does before it sleeps; with 'busy spin' it never gives its core away")
                .note("of what dict.get allocates, 120 B are the byte[100] that it returns");
        publishPeers(section, median);
    }

    private void publishPeers(final Section section, final Figure median) throws IOException {
        cpython.addTo(section, "us");
        if (cpython.isThere()) {
            section.add(Bar.ratio(median, cpython.figure("Manager dict get", "us"), 1 / CPYTHON_TIMES));
        }
        if (redis == null) {
            section.note(
                    run.wants(Peer.REDIS)
                            ? "Redis: NOT MEASURED, there is no redis-server on the path"
                            : "Redis: not asked for");
            return;
        }
        redis.writeHistograms("redis-get");
        Latencies.add(section, redis, raw);
        section.add(Bar.ratio(median, Latencies.median(redis), 1 / REDIS_TIMES))
                .note("Redis: a server of its own on a UNIX socket, without persistence, one blocking client");
    }
}
