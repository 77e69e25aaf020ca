package io.condatis.perf.suite;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Set;

/**
 * What a suite is run with.
 *
 * @param scale how much time it may take
 * @param directory exists; files of results go here, their names begin with the suite's
 * @param progress one line for each trial, so that a user sees it move
 * @param peers who is to be measured beside us, where it is there
 * @param profile whether the JVMs that are measured are recorded as well, into files {@code *.jfr}
 * @param repeats has trials made again that the host has spoiled
 */
public record Run(
        Scale scale, Path directory, PrintStream progress, Set<Peer> peers, boolean profile, Repeats repeats) {
    /**
     * A run that has no trial made again yet.
     *
     * @param scale how much time it may take
     * @param directory exists
     * @param progress one line for each trial
     * @param peers who is to be measured beside us
     * @param profile whether the JVMs are recorded
     */
    public Run(
            final Scale scale,
            final Path directory,
            final PrintStream progress,
            final Set<Peer> peers,
            final boolean profile) {
        this(scale, directory, progress, peers, profile, new Repeats(scale, progress));
    }

    /**
     * A run with all peers and without recordings.
     *
     * @param scale how much time it may take
     * @param directory exists
     * @param progress one line for each trial
     */
    public Run(final Scale scale, final Path directory, final PrintStream progress) {
        this(scale, directory, progress, Peer.all(), false);
    }

    /**
     * {@return whether a peer is to be measured}
     *
     * @param peer that could be
     */
    public boolean wants(final Peer peer) {
        return peers.contains(peer);
    }

    /**
     * {@return the flags that have a JVM record itself, or none when it shall not}
     *
     * @param recordings directory that exists, where each JVM leaves a file that has its process id in its name
     */
    public String[] recordingFlags(final Path recordings) {
        return profile
                ? new String[] {
                    "-XX:StartFlightRecording=settings=profile,filename=" + recordings.toAbsolutePath(),
                    "-Xlog:jfr+startup=error"
                }
                : new String[0];
    }
}
