package io.condatis.inspect;

import io.condatis.internal.os.SharedDirectory;
import io.condatis.sync.Owner;
import io.condatis.sync.PrimitiveState;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One picture of {@code top}: text that fits a number of columns and lines, or a map for JSON. */
final class Frame {
    private static final int LEAST_COLUMNS = 60;
    private static final int LEAST_ROWS = 1;

    /** Of a section: an empty line, its title, and how many more there are. */
    private static final int LINES_AROUND = 3;

    private final Sample now;
    private final Sample earlier;
    private final Map<String, Long> heldNs = new LinkedHashMap<>();
    private final ManagerRows managers;

    /** Takes note of who holds what, hence one frame for each sample. */
    Frame(final Sample now, final Sample earlier, final Holds holds) {
        this.now = now;
        this.earlier = earlier;
        managers = new ManagerRows(now, earlier);
        now.locks().forEach((lock, state) -> state.holders()
                .forEach(owner -> heldNs.merge(lock, holds.see(lock, owner, now.timeNs()), Math::max)));
        holds.endOfLook();
    }

    /**
     * Draws.
     *
     * @param terminalColumns of the terminal
     * @param terminalRows of the terminal; what does not fit is counted
     * @return lines that are not longer
     */
    List<String> lines(final int terminalColumns, final int terminalRows) {
        final int columns = Math.max(LEAST_COLUMNS, terminalColumns);
        final List<String> lines = new ArrayList<>(head(columns));
        final List<List<String>> sections = Stream.of(
                        resources(columns), locks(columns), managers.managers(columns), managers.queues(columns))
                .filter(section -> section.size() > 1) // what has no rows needs no title
                .toList();
        int left = terminalRows - lines.size() - 1 - LINES_AROUND * sections.size();
        int waiting = sections.size();
        final Map<List<String>, Integer> rows = new IdentityHashMap<>();
        // The smallest first: what it does not need of its share is for the others.
        for (final List<String> section :
                sections.stream().sorted(Comparator.comparing(List::size)).toList()) {
            final int share = Math.max(LEAST_ROWS, Math.min(section.size() - 1, left / waiting));
            rows.put(section, share);
            left -= share;
            waiting--;
        }
        sections.forEach(section -> add(lines, section, rows.get(section)));
        return lines;
    }

    private List<String> head(final int columns) {
        final long live = count(State.LIVE);
        final TreeSet<Long> pids = new TreeSet<>();
        now.resources().forEach(resource -> pids.addAll(resource.processes()));
        final long taken =
                now.resources().stream().mapToLong(Resource::sizeBytes).sum();
        final String room = Text.bytes(SharedDirectory.freeBytes()) + " free";
        final String directory = SharedDirectory.path().toString();
        final LocalTime time = LocalTime.now().truncatedTo(ChronoUnit.SECONDS);
        return List.of(
                Text.cut(
                        String.format("condatis top  %tT  %s: %s, ours %s", time, directory, room, Text.bytes(taken)),
                        columns),
                Text.cut(
                        live + " live, " + count(State.IDLE) + " idle, " + count(State.STALE) + " stale, "
                                + count(State.DAMAGED) + " damaged; " + pids.size() + " processes",
                        columns));
    }

    private long count(final State state) {
        return now.resources().stream()
                .filter(resource -> resource.state() == state)
                .count();
    }

    /** A title, then rows, and how many more there are. */
    private static void add(final List<String> target, final List<String> section, final int rows) {
        final int shown = Math.min(rows, section.size() - 1);
        target.add("");
        target.addAll(section.subList(0, 1 + shown));
        if (shown < section.size() - 1) {
            target.add("... " + (section.size() - 1 - shown) + " more");
        }
    }

    private List<String> resources(final int columns) {
        final int name = columns - 39;
        final List<String> lines = new ArrayList<>();
        lines.add(Text.left("NAME", name) + " KIND      SIZE  CREATOR  STATE   PROCS");
        for (final Resource row : now.resources().stream()
                .sorted(Comparator.comparing(Frame::rank))
                .toList()) {
            lines.add(Text.left(row.name(), name)
                    + " " + Text.left(row.kind().toString(), 8)
                    + Text.right(Text.bytes(row.sizeBytes()), 6)
                    + Text.right(Text.pid(row.creatorPid()), 9)
                    + "  " + Text.left(row.state().toString(), 8)
                    + Text.right(Integer.toString(row.processes().size()), 5));
        }
        return lines;
    }

    /** Findings first, what nobody uses last. */
    private static int rank(final Resource resource) {
        return resource.isFinding() ? 0 : resource.state() == State.LIVE ? 1 : 2;
    }

    private List<String> locks(final int columns) {
        final int name = columns - 57;
        final List<String> lines = new ArrayList<>();
        lines.add(Text.left("LOCKS AND THE LIKE", name) + "    PID/THREAD    HELD WAIT WAITS/s   WAITS LONGEST  REC");
        for (final String lock : now.busiest(earlier)) {
            final PrimitiveState state = now.locks().get(lock);
            final Long held = heldNs.get(lock);
            lines.add(Text.left(lock, name)
                    + Text.right(holder(state), 14)
                    + Text.right(held == null || held == 0 ? "-" : Text.duration(held), 8)
                    + Text.right(waiting(state), 5)
                    + Text.right(Text.rate(now.waitsPerSecond(lock, earlier)), 8)
                    + Text.right(Text.amount(state.waits()), 8)
                    + Text.right(state.waits() == 0 ? "-" : Text.duration(state.longestWaitNs()), 8)
                    + Text.right(Text.amount(state.recoveries()), 5)
                    + (state.abandoned() ? "!" : " "));
        }
        return lines;
    }

    private static String holder(final PrimitiveState state) {
        if (state.holders().isEmpty()) {
            return "-";
        }
        final Owner first = state.holders().get(0);
        final int more = state.holders().size() - 1;
        return (first.pid() == 0 ? "?" : first.pid()) + "/" + first.thread() + (first.alive() ? "" : " dead")
                + (more == 0 ? "" : " +" + more);
    }

    private static String waiting(final PrimitiveState state) {
        return state.waiters().isEmpty()
                ? state.anyoneWaiting() ? "yes" : "-"
                : Integer.toString(state.waiters().size());
    }

    Map<String, Object> toMap() {
        final List<Map<String, Object>> locks = new ArrayList<>();
        for (final String lock : now.busiest(earlier)) {
            final Map<String, Object> map = new LinkedHashMap<>();
            map.put("object", lock);
            map.putAll(Maps.of(now.locks().get(lock), List.of(), ProcessStarts.NONE));
            map.put("heldForMs", heldNs.containsKey(lock) ? heldNs.get(lock) / 1_000_000 : null);
            map.put("waitsPerSecond", now.waitsPerSecond(lock, earlier));
            locks.add(map);
        }
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("directory", SharedDirectory.path().toString());
        map.put("freeBytes", SharedDirectory.freeBytes());
        map.put("resources", now.resources().stream().map(Resource::toMap).toList());
        map.put("locks", locks);
        map.put("managers", managers.managerMaps());
        map.put("queues", managers.queueMaps());
        return map;
    }
}
