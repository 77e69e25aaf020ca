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

    /** {@return those that the Maven profile {@code peers} builds, and with it the launcher when they are asked for} */
    public static Set<Peer> ofProfile() {
        return EnumSet.of(CHRONICLE, HAZELCAST, JCTOOLS);
    }

    /** {@return those that the machine has or has not; nothing is built for them} */
    public static Set<Peer> ofMachine() {
        return EnumSet.complementOf(EnumSet.copyOf(ofProfile()));
    }

    /**
     * The peers of a list.
     *
     * @param list names separated by commas, {@code all}, {@code none}, or {@code machine}: {@link #ofMachine()}
     * @return those named
     * @throws IllegalArgumentException when one is unknown
     */
    public static Set<Peer> parse(final String list) {
        if (list.equals("all")) {
            return all();
        }
        if (list.equals("machine")) {
            return ofMachine();
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
                        + ", and all, machine or none."));
    }
}
