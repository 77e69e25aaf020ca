package io.condatis.internal.protocol;

import io.condatis.sync.Participant;
import java.nio.file.Path;
import java.util.List;

/**
 * What a survey from outside says of a manager's directory, at one moment.
 *
 * @param name of the manager; that of the directory when it has no place yet, or no more
 * @param path of the directory
 * @param phase where in its life it is
 * @param serverPid process id of the server, 0 when unknown
 * @param metricsPort of the loopback at which its metrics can be read, 0 when there is none
 * @param protocolVersion that the server speaks, 0 when unknown
 * @param members the server and its clients, with the dead among them marked
 * @param fault what is wrong with it, or null
 */
public record ManagerState(
        String name,
        Path path,
        Phase phase,
        long serverPid,
        int metricsPort,
        int protocolVersion,
        List<Participant> members,
        String fault) {

    /** Where in its life a manager is. */
    public enum Phase {
        /** Made, but not yet serving. */
        STARTING,
        /** Serving. */
        SERVING,
        /** Proven dead: the server's kernel lock is free, or the directory was being built or removed. */
        STALE,
        /** Nobody can tell. */
        UNKNOWN
    }

    /** {@return where its media driver keeps its files} */
    public Path aeron() {
        return path.resolve(ManagerDirectory.AERON_NAME);
    }
}
