package io.condatis.perf.suite;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who is measured beside Condatis and can be left out. What the bars are held against (Agrona, Aeron, {@code
 * java.util.concurrent}) cannot.
 */
public enum Peer {
    /** CPython's multiprocessing. */
    CPYTHON("cpython"),
    /** A robust mutex of C's pthread library. */
    ROBUST_MUTEX("robust-mutex"),
    /** Redis over its UNIX socket. */
    REDIS("redis"),
    /** Chronicle Queue and Map, of the Maven profile {@code peers}. */
    CHRONICLE("chronicle"),
    /** Hazelcast, of the Maven profile {@code peers}. */
    HAZELCAST("hazelcast"),
    /** JCTools, of the Maven profile {@code peers}. */
    JCTOOLS("jctools");

    private final String option;

    Peer(final String option) {
        this.option = option;
    }

    /** {@return the name on the command line} */
    public String option() {
        return option;
    }

    /** {@return all of them} */
    public static Set<Peer> all() {
        return EnumSet.allOf(Peer.class);
    }

    /**
     * The peers of a list.
     *
     * @param list names separated by commas, {@code all} or {@code none}
     * @return those named
     * @throws IllegalArgumentException when one is unknown
     */
    public static Set<Peer> parse(final String list) {
        if (list.equals("all")) {
            return all();
        }
        final Set<Peer> peers = EnumSet.noneOf(Peer.class);
        if (!list.equals("none")) {
            for (final String name : list.split(",")) {
                peers.add(of(name.strip()));
            }
        }
        return peers;
    }

    private static Peer of(final String name) {
        return Arrays.stream(values())
                .filter(peer -> peer.option.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no peer " + name + "; there are: "
                        + Arrays.stream(values()).map(Peer::option).collect(Collectors.joining(", "))
                        + ", and all or none."));
    }
}
