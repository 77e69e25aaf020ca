package io.condatis.inspect;

import io.condatis.internal.protocol.Metric;
import io.condatis.sync.Owner;
import io.condatis.sync.Participant;
import io.condatis.sync.PrimitiveState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What the surveys say, as maps for {@link Json}. */
final class Maps {
    private static final long NS_PER_MS = 1_000_000;

    private Maps() {}

    static Map<String, Object> of(final Participant member) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("pid", member.pid());
        map.put("slot", member.slot());
        map.put("generation", member.generation());
        map.put("alive", member.alive());
        map.put("wakes", member.canWake());
        return map;
    }

    private static Map<String, Object> of(final Owner owner, final long seenNs, final ProcessStarts starts) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("pid", owner.pid() == 0 ? null : owner.pid());
        map.put("thread", owner.thread());
        map.put("slot", owner.slot());
        map.put("generation", owner.generation());
        map.put("alive", owner.alive());
        map.put(
                "processSince",
                starts.of(owner) == null ? null : starts.of(owner).toString());
        if (seenNs >= 0) {
            map.put("seenForMs", seenNs / NS_PER_MS);
        }
        return map;
    }

    static Map<String, Object> of(final PrimitiveState state, final List<Long> seenNs, final ProcessStarts starts) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("state", state.state());
        map.put("holders", range(state.holders(), seenNs, starts));
        map.put("waiters", range(state.waiters(), List.of(), starts));
        map.put("anyoneWaiting", state.anyoneWaiting());
        map.put("abandoned", state.abandoned());
        map.put("recoveries", state.recoveries());
        map.put("waits", state.waits());
        map.put("longestWaitNs", state.longestWaitNs());
        return map;
    }

    /** Figures of a manager or a queue, named as JSON does it: {@code itemsPut}. */
    static Map<String, Object> of(final Map<Metric, Long> figures) {
        final Map<String, Object> map = new LinkedHashMap<>();
        figures.forEach((metric, value) -> map.put(nameOf(metric), value));
        return map;
    }

    private static String nameOf(final Metric metric) {
        final StringBuilder name = new StringBuilder();
        for (final String word : metric.label().split(" ")) {
            name.append(name.length() == 0 ? word.charAt(0) : Character.toUpperCase(word.charAt(0)))
                    .append(word.substring(1));
        }
        return name.toString();
    }

    private static List<Map<String, Object>> range(
            final List<Owner> owners, final List<Long> seenNs, final ProcessStarts starts) {
        return IntStream.range(0, owners.size())
                .mapToObj(i -> of(owners.get(i), i < seenNs.size() ? seenNs.get(i) : -1, starts))
                .toList();
    }
}
