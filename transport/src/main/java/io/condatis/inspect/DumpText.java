package io.condatis.inspect;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** A dump for people. */
final class DumpText {
    private static final int BYTES_PER_LINE = 16;
    private static final int MOST_COLUMNS = 200;
    private static final String UNIT = "    ";

    private final List<String> lines = new ArrayList<>();

    private DumpText() {}

    static List<String> lines(final Map<String, Object> content) {
        final DumpText text = new DumpText();
        text.head(content);
        text.participants(content);
        text.lock("directory lock", content.get("directoryLock"));
        text.lock("writers' lock", content.get("writersLock"));
        text.line("unfinished item: ", content.get("unfinishedItem"));
        text.objects(content);
        text.items(content);
        text.bytes(content);
        text.figures(content);
        text.queues(content);
        text.counters("counters of its media driver:", content.get("driverCounters"));
        return text.lines;
    }

    private void head(final Map<String, Object> content) {
        lines.add(Text.clean(content.get("kind") + " '" + content.get("name") + "': " + content.get("state") + ", "
                + content.get("sizeBytes") + " bytes, " + content.get("path")));
        if (content.get("creatorPid") != null) {
            final boolean alive = Boolean.TRUE.equals(content.get("creatorAlive"));
            lines.add("creator: pid " + content.get("creatorPid") + (alive ? "" : ", gone"));
        }
        line("note: ", content.get("note"));
        line("fault: ", content.get("fault"));
        line("phase: ", content.get("phase"));
        line("metrics: port ", content.get("metricsPort"));
        line("room for objects: ", content.get("capacityBytes"));
    }

    private void line(final String label, final Object value) {
        if (value != null) {
            lines.add(Text.cut(label + value, MOST_COLUMNS));
        }
    }

    private void participants(final Map<String, Object> content) {
        if (content.get("processes") instanceof List<?> processes) {
            lines.add("used by: " + (processes.isEmpty() ? "no process in sight" : list(processes, "pid ")));
        }
        final List<String> dead = new ArrayList<>();
        for (final Map<?, ?> member : maps(content.get("participants"))) {
            if (!Boolean.TRUE.equals(member.get("alive"))) {
                dead.add(String.valueOf(member.get("pid")));
            }
        }
        line("died in it: ", dead.isEmpty() ? null : list(dead, "pid "));
    }

    private static String list(final List<?> elements, final String prefix) {
        return elements.stream().map(element -> prefix + element).collect(Collectors.joining(", "));
    }

    private void objects(final Map<String, Object> content) {
        if (content.get("kind").equals(Kind.MANAGER.toString()) && content.get("objects") == null) {
            lines.add("objects: only its clients can ask; --connect does so");
            return;
        }
        if (content.get("objects") != null) {
            lines.add("objects: " + maps(content.get("objects")).size());
        }
        for (final Map<?, ?> object : maps(content.get("objects"))) {
            final Object value = object.get("value");
            final Object references = object.get("references");
            lines.add(Text.cut(
                    "  " + (object.get("name").equals("") ? "(anonymous)" : object.get("name")) + ": "
                            + object.get("type") + (value == null ? "" : " = " + value)
                            + (references == null || references.equals(0)
                                    ? ""
                                    : ", " + references + (references.equals(1) ? " reference" : " references")),
                    MOST_COLUMNS));
            if (object.get("fault") != null) {
                lines.add(Text.cut(UNIT + "fault: " + object.get("fault"), MOST_COLUMNS));
            }
            lock(UNIT + (value == null ? "state" : "lock"), object.get("lock"));
        }
    }

    private void lock(final String label, final Object lock) {
        if (!(lock instanceof Map<?, ?> map)) {
            return;
        }
        final boolean waiting = Boolean.TRUE.equals(map.get("anyoneWaiting"));
        final StringBuilder line = new StringBuilder(label + ": " + map.get("state"));
        line.append(owners(", held by ", map.get("holders"))).append(owners(", waiting: ", map.get("waiters")));
        line.append(waiting && maps(map.get("waiters")).isEmpty() ? ", somebody waits" : "");
        final long waits = (Long) map.get("waits");
        final long recoveries = (Long) map.get("recoveries");
        line.append(
                waits == 0
                        ? ""
                        : "; " + waits + " waits, the longest " + Text.duration((Long) map.get("longestWaitNs")));
        line.append(recoveries == 0 ? "" : "; " + recoveries + (recoveries == 1 ? " recovery" : " recoveries"));
        lines.add(line.toString());
    }

    private static String owners(final String label, final Object owners) {
        final StringJoiner text = new StringJoiner(" and ", label, "").setEmptyValue("");
        for (final Map<?, ?> owner : maps(owners)) {
            final Object seen = owner.get("seenForMs");
            text.add((owner.get("pid") == null
                            ? "an earlier user of slot " + owner.get("slot")
                            : "pid " + owner.get("pid"))
                    + " thread " + owner.get("thread")
                    + (Boolean.TRUE.equals(owner.get("alive")) ? "" : " (dead)")
                    + (seen == null ? "" : " for at least " + Text.duration((Long) seen * 1_000_000))
                    + (owner.get("processSince") == null ? "" : " (process since " + local(owner) + ")"));
        }
        return text.toString();
    }

    private static String local(final Map<?, ?> owner) {
        return LocalDateTime.ofInstant(Instant.parse((String) owner.get("processSince")), ZoneId.systemDefault())
                .format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"));
    }

    private void items(final Map<String, Object> content) {
        if (content.get("length") == null) {
            return;
        }
        final List<Map<?, ?>> items = maps(content.get("items"));
        lines.add("items: " + content.get("length") + ", made by " + content.get("madeBy"));
        for (final Map<?, ?> item : items) {
            lines.add(Text.cut(
                    "  [" + item.get("index") + "] " + item.get("type") + " = " + item.get("value"), MOST_COLUMNS));
        }
        if (items.size() < (Integer) content.get("length")) {
            lines.add("  ... (--limit shows more)");
        }
    }

    private void bytes(final Map<String, Object> content) {
        if (!(content.get("head") instanceof String hex)) {
            return;
        }
        for (int i = 0; i < hex.length(); i += 2 * BYTES_PER_LINE) {
            final String row = hex.substring(i, Math.min(hex.length(), i + 2 * BYTES_PER_LINE));
            final StringBuilder ascii = new StringBuilder();
            for (int j = 0; j < row.length(); j += 2) {
                final int c = Integer.parseInt(row, j, j + 2, 16);
                ascii.append(c >= ' ' && c < 0x7F ? (char) c : '.');
            }
            lines.add(String.format("  %06x  %-48s|%s|", i / 2, row.replaceAll("..", "$0 "), ascii));
        }
        if (hex.length() / 2 < (Long) content.get("sizeBytes")) {
            lines.add("  ... (--limit shows more)");
        }
    }

    private void counters(final String title, final Object counters) {
        if (counters instanceof Map<?, ?> map && !map.isEmpty()) {
            lines.add(title);
            map.forEach((label, value) -> lines.add(Text.cut("  " + label + ": " + value, MOST_COLUMNS)));
        }
    }

    private void figures(final Map<String, Object> content) {
        if (content.get("figures") instanceof Map<?, ?> figures && !figures.isEmpty()) {
            lines.add("counters of its server:");
            figures.forEach((label, value) -> lines.add("  " + words(label) + ": " + value));
        }
    }

    /** A name of JSON as a label. */
    private static String words(final Object name) {
        return name.toString().replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    private void queues(final Map<String, Object> content) {
        for (final Map<?, ?> queue : maps(content.get("queues"))) {
            final StringJoiner figures = new StringJoiner(", ");
            queue.forEach((label, value) -> {
                if (!label.equals("queue")) {
                    figures.add(words(label) + " " + value);
                }
            });
            lines.add(Text.cut("queue '" + queue.get("queue") + "': " + figures, MOST_COLUMNS));
        }
    }

    private static List<Map<?, ?>> maps(final Object list) {
        final List<Map<?, ?>> maps = new ArrayList<>();
        if (list instanceof List<?> elements) {
            elements.forEach(element -> maps.add((Map<?, ?>) element));
        }
        return maps;
    }
}
