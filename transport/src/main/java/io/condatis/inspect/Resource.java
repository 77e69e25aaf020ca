package io.condatis.inspect;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something in the shared directory.
 *
 * @param name of it, as applications give it
 * @param kind {@code objects}, {@code list}, {@code block}, {@code manager}, {@code liveness}, {@code building}, {@code
 *     driver} or {@code foreign}
 * @param path of its file or directory
 * @param sizeBytes that it takes
 * @param creatorPid of the process that made it or serves it, 0 when it does not tell
 * @param creatorAlive whether that one still uses it
 * @param processes pids of living processes that use it
 * @param state what is known of it
 * @param note for people, or null
 */
record Resource(
        String name,
        Kind kind,
        Path path,
        long sizeBytes,
        long creatorPid,
        boolean creatorAlive,
        List<Long> processes,
        State state,
        String note) {

    Map<String, Object> toMap() {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("kind", kind.toString());
        map.put("path", path.toString());
        map.put("sizeBytes", sizeBytes);
        map.put("creatorPid", creatorPid == 0 ? null : creatorPid);
        map.put("creatorAlive", creatorPid == 0 ? null : creatorAlive);
        map.put("processes", processes);
        map.put("state", state.toString());
        map.put("note", note);
        return map;
    }

    /** {@return whether a script should look at it} */
    boolean isFinding() {
        return state == State.STALE || state == State.DAMAGED;
    }
}
