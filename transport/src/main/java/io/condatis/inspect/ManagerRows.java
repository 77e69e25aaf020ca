package io.condatis.inspect;

import io.condatis.inspect.Sample.Traffic;
import io.condatis.internal.protocol.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code top} shows of managers and their queues: rows of text that fit a number of columns, or maps for JSON. */
final class ManagerRows {
    private static final int WIDE = 76;

    private final Sample now;
    private final Sample earlier;

    ManagerRows(final Sample now, final Sample earlier) {
        this.now = now;
        this.earlier = earlier;
    }

    /** A title, then a row for each manager; what a narrow terminal has no room for is left out. */
    List<String> managers(final int columns) {
        final boolean wide = columns >= WIDE;
        final int name = columns - (wide ? 60 : 46);
        final List<String> lines = new ArrayList<>();
        lines.add(Text.left("MANAGERS", name) + "  SERVER CLIENTS  REQ/s UNREAD" + (wide ? "  OUT/s UNREAD" : "")
                + " WAIT STORED ERR");
        now.traffic()
                .forEach((manager, traffic) -> lines.add(Text.left(manager, name)
                        + Text.right(Text.pid(traffic.serverPid()), 8)
                        + Text.right(Integer.toString(traffic.clients()), 8)
                        + Text.right(Text.rate(now.perSecond(manager, Metric.REQUESTS, earlier)), 7)
                        + Text.right(Text.bytes(traffic.unreadBytes()), 7)
                        + (wide ? answers(manager, traffic) : "")
                        + Text.right(Text.amount(traffic.figure(Metric.REQUESTS_WAITING)), 5)
                        + Text.right(Text.bytes(traffic.figure(Metric.STORED_BYTES)), 7)
                        + Text.right(Text.amount(traffic.errors()), 4)));
        return lines;
    }

    private String answers(final String manager, final Traffic traffic) {
        return Text.right(Text.bytes((long) now.responseBytesPerSecond(manager, earlier)), 7)
                + Text.right(Text.bytes(traffic.lagBytes()), 7);
    }

    /** A title, then a row for each queue that has a name, those with the most in them first. */
    List<String> queues(final int columns) {
        final int name = columns - 54;
        final List<String> lines = new ArrayList<>();
        lines.add(Text.left("QUEUES", name) + "  DEPTH IN HAND TAKERS PUTTERS   PUT/s  DONE/s     LAG");
        now.queues().entrySet().stream()
                .sorted((one, other) -> Long.compare(
                        figure(other.getValue(), Metric.QUEUE_DEPTH), figure(one.getValue(), Metric.QUEUE_DEPTH)))
                .forEach(entry -> lines.add(Text.left(entry.getKey(), name)
                        + Text.right(Text.amount(figure(entry.getValue(), Metric.QUEUE_DEPTH)), 7)
                        + Text.right(Text.amount(figure(entry.getValue(), Metric.QUEUE_IN_HAND)), 8)
                        + Text.right(Text.amount(figure(entry.getValue(), Metric.QUEUE_TAKERS)), 7)
                        + Text.right(Text.amount(figure(entry.getValue(), Metric.QUEUE_PUTTERS)), 8)
                        + Text.right(Text.rate(now.perSecondOfQueue(entry.getKey(), Metric.QUEUE_PUT, earlier)), 8)
                        + Text.right(Text.rate(now.perSecondOfQueue(entry.getKey(), Metric.QUEUE_DONE, earlier)), 8)
                        + Text.right(lag(entry.getKey(), entry.getValue()), 8)));
        return lines;
    }

    private String lag(final String queue, final Map<Metric, Long> figures) {
        final Double seconds = lagSeconds(queue, figures);
        return seconds != null ? seconds == 0 ? "-" : Text.duration((long) (seconds * 1e9)) : "stands";
    }

    /** How long the consumers need for what is there, at their present pace; null when they do nothing about it. */
    private Double lagSeconds(final String queue, final Map<Metric, Long> figures) {
        final long left = figure(figures, Metric.QUEUE_DEPTH) + figure(figures, Metric.QUEUE_IN_HAND);
        final double pace = now.perSecondOfQueue(queue, Metric.QUEUE_DONE, earlier);
        return left == 0 ? Double.valueOf(0) : pace == 0 ? null : Double.valueOf(left / pace);
    }

    private static long figure(final Map<Metric, Long> figures, final Metric metric) {
        return figures.getOrDefault(metric, 0L);
    }

    List<Map<String, Object>> managerMaps() {
        final List<Map<String, Object>> managers = new ArrayList<>();
        now.traffic().forEach((manager, traffic) -> {
            final Map<String, Object> map = new LinkedHashMap<>();
            map.put("name", manager);
            map.put("serverPid", traffic.serverPid());
            map.put("clients", traffic.clients());
            map.put("requestsPerSecond", now.perSecond(manager, Metric.REQUESTS, earlier));
            map.put("requestBytesPerSecond", now.requestBytesPerSecond(manager, earlier));
            map.put("unreadRequestBytes", traffic.unreadBytes());
            map.put("responseBytesPerSecond", now.responseBytesPerSecond(manager, earlier));
            map.put("unreadResponseBytes", traffic.lagBytes());
            map.put("errors", traffic.errors());
            map.put("figures", Maps.of(traffic.figures()));
            managers.add(map);
        });
        return managers;
    }

    List<Map<String, Object>> queueMaps() {
        final List<Map<String, Object>> queues = new ArrayList<>();
        now.traffic().forEach((manager, traffic) -> traffic.queues().forEach((queue, figures) -> {
            final String key = Traffic.key(manager, queue);
            final Map<String, Object> map = new LinkedHashMap<>();
            map.put("manager", manager);
            map.put("queue", queue);
            map.putAll(Maps.of(figures));
            map.put("putPerSecond", now.perSecondOfQueue(key, Metric.QUEUE_PUT, earlier));
            map.put("donePerSecond", now.perSecondOfQueue(key, Metric.QUEUE_DONE, earlier));
            map.put("lagSeconds", lagSeconds(key, figures));
            queues.add(map);
        }));
        return queues;
    }
}
