package io.condatis.perf.process;

import io.condatis.manager.Manager;
import io.condatis.perf.report.Figure;
import io.condatis.perf.report.Section;
import io.condatis.perf.suite.Peer;
import io.condatis.perf.suite.Run;
import io.condatis.perf.suite.Suite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Libraries for the same purpose, each by its own idiom, beside what of ours comes closest. In turns. */
public final class PeersSuite implements Suite {
    /** What Chronicle's libraries ask for on JDK 17 and later. */
    private static final List<String> CHRONICLE_OPENS = List.of(
            "java.base/java.lang",
            "java.base/java.lang.reflect",
            "java.base/java.io",
            "java.base/java.util",
            "java.base/java.nio",
            "java.base/sun.nio.ch",
            "java.base/jdk.internal.ref",
            "jdk.compiler/com.sun.tools.javac",
            "jdk.compiler/com.sun.tools.javac.file");

    /** What Hazelcast asks for. */
    private static final List<String> HAZELCAST_OPENS = List.of(
            "java.base/java.lang",
            "java.base/sun.nio.ch",
            "java.base/jdk.internal.ref",
            "java.management/sun.management",
            "jdk.management/com.sun.management.internal");

    private final PeerJars jars;

    /** With the peers that lie beside this program. */
    public PeersSuite() {
        this(PeerJars.besideThis());
    }

    PeersSuite(final PeerJars jars) {
        this.jars = jars;
    }

    @Override
    public String name() {
        return "peers";
    }

    @Override
    public String description() {
        return "dict and queue beside Chronicle Map and Queue, Hazelcast and JCTools; built on demand by --peers all";
    }

    @Override
    public Section run(final Run run) throws IOException, InterruptedException {
        final Section section = new Section(name());
        final Map<Peer, List<Subject>> peers = new EnumMap<>(Peer.class);
        for (final Peer peer : Peer.ofProfile()) {
            if (!run.wants(peer)) {
                section.note(peer.option() + ": not asked for; --peers all or --peers " + peer.option()
                        + " builds and measures it");
            } else if (!jars.areBuilt()) {
                section.note(peer.option() + ": NOT MEASURED, it is not built in; './condatis perf --peers "
                        + peer.option() + "' builds it, and so does 'mvn -Ppeers -DskipTests package'");
            } else {
                peers.put(peer, subjects(peer, run));
            }
        }
        if (!peers.isEmpty()) {
            measure(run, section, peers);
        }
        return section;
    }

    private void measure(final Run run, final Section section, final Map<Peer, List<Subject>> peers)
            throws IOException, InterruptedException {
        final Ours ours = new Ours(name(), run);
        final int trials = TrialPlan.trialsOrOne(run.scale());
        for (int trial = 0; trial < trials; trial++) {
            ours.next();
            for (final List<Subject> subjects : peers.values()) {
                for (final Subject subject : subjects) {
                    subject.trials.next(subject.command);
                }
            }
        }
        ours.publish(section);
        for (final List<Subject> subjects : peers.values()) {
            for (final Subject subject : subjects) {
                subject.publish(section, ours);
            }
        }
        section.note(
                        "Chronicle Queue writes a file in /dev/shm that keeps every item, and acknowledges none; Chronicle Map"
                                + " is read in the caller's own memory, without a server")
                .note("Hazelcast: one member in a JVM of its own, a client in another, over TCP of this host")
                .note("JCTools works between threads of one JVM: the limit when nothing has to leave the process");
    }

    private List<Subject> subjects(final Peer peer, final Run run) {
        return switch (peer) {
            case CHRONICLE ->
                List.of(
                        subject(run, "Chronicle Map get 100 B", chronicle("ChronicleMapCalls", "get"), Closest.GET),
                        subject(run, "Chronicle Map put 100 B", chronicle("ChronicleMapCalls", "put"), Closest.PUT),
                        subject(
                                run,
                                "Chronicle Queue 100 B, 1P 1C",
                                chronicle("ChronicleQueueStream", "stream"),
                                Closest.ONE_TO_ONE));
            case HAZELCAST ->
                List.of(subject(
                        run,
                        "Hazelcast IMap get 100 B",
                        jars.command("HazelcastCalls", "get", HAZELCAST_OPENS),
                        Closest.GET));
            default ->
                List.of(
                        subject(
                                run,
                                "JCTools SPSC in one JVM, 1P 1C",
                                jars.command("JctoolsStream", "spsc", List.of()),
                                Closest.ONE_TO_ONE),
                        subject(
                                run,
                                "JCTools MPMC in one JVM, 2P 2C",
                                jars.command("JctoolsStream", "mpmc", List.of()),
                                Closest.MANY_TO_MANY));
        };
    }

    private List<String> chronicle(final String program, final String what) {
        return jars.command(program, what, CHRONICLE_OPENS);
    }

    private Subject subject(final Run run, final String what, final List<String> command, final Closest closest) {
        return new Subject(what, new Trials(name(), what, run), command, closest);
    }

    /** What of ours stands beside a peer. */
    private enum Closest {
        GET,
        PUT,
        ONE_TO_ONE,
        MANY_TO_MANY;

        boolean isLatency() {
            return this == GET || this == PUT;
        }
    }

    /** One thing that one peer does. */
    private record Subject(String what, Trials trials, List<String> command, Closest closest) {
        void publish(final Section section, final Ours ours) throws IOException {
            if (closest.isLatency()) {
                trials.writeHistograms(what.toLowerCase(Locale.ROOT).replace(' ', '-'));
                Latencies.add(section, trials, ours.trials(closest));
            } else {
                section.add(trials.number(what, "1/s", RoundTrips.PER_SECOND), ours.rate(closest));
            }
        }
    }

    /** What of ours the peers stand beside. */
    private static final class Ours {
        private final Trials get;
        private final Trials put;
        private final Trials one;
        private final Trials many;

        Ours(final String suite, final Run run) {
            get = new Trials(suite, "dict.get 100 B", run);
            put = new Trials(suite, "dict.put 100 B", run);
            one = new Trials(suite, "queue 100 B, acknowledged, 1P 1C", run);
            many = new Trials(suite, "queue of bytes 100 B, acknowledged, 2P 2C", run);
        }

        void next() throws IOException, InterruptedException {
            get.next(plan -> call(plan, ManagerCall.DICT_GET));
            put.next(plan -> call(plan, ManagerCall.DICT_PUT));
            one.next(QueuePassage::run);
            many.next(QueueCrowd::runBytes);
        }

        private static void call(final TrialPlan plan, final ManagerCall call) throws IOException {
            try (Manager manager = Manager.start()) {
                new RoundTrips(call.of(manager, 0)).measure(plan).store(Path.of(plan.resultFile()));
            }
        }

        void publish(final Section section) throws IOException {
            get.writeHistograms("dict-get");
            put.writeHistograms("dict-put");
            Latencies.add(section, get, null);
            Latencies.add(section, put, null);
            section.add(rate(Closest.ONE_TO_ONE)).add(rate(Closest.MANY_TO_MANY));
        }

        Trials trials(final Closest closest) {
            return closest == Closest.GET ? get : put;
        }

        Figure rate(final Closest closest) {
            return closest == Closest.ONE_TO_ONE
                    ? one.number("queue 100 B, acknowledged, 1P 1C", "1/s", QueuePassage.PER_SECOND)
                    : many.number("queue of bytes 100 B, acknowledged, 2P 2C", "1/s", QueuePassage.PER_SECOND);
        }
    }
}
