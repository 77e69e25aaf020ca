package io.condatis.inspect;

import io.condatis.ObjectState;
import io.condatis.SharedObjectsSurvey;
import io.condatis.error.CondatisException;
import io.condatis.internal.os.FileCopier;
import io.condatis.internal.protocol.ManagerState;
import io.condatis.internal.protocol.ManagerSurvey;
import io.condatis.internal.protocol.Metric;
import io.condatis.list.ListSurvey;
import io.condatis.manager.Manager;
import io.condatis.memory.ArenaSurvey;
import io.condatis.memory.FileSurvey;
import io.condatis.sync.PrimitiveState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The content of one resource as a map: for JSON as it is, for people by {@link DumpText}. */
final class Dump {
    private static final long LOOK_MS = 10;

    private final Resource resource;
    private final int limit;
    private final boolean connect;
    private final Holds holds = new Holds();
    private ProcessStarts starts = ProcessStarts.NONE;
    private boolean finding;

    Dump(final Resource resource, final int limit, final boolean connect) {
        this.resource = resource;
        this.limit = limit;
        this.connect = connect;
    }

    /** {@return whether the last look found something that a script should know} */
    boolean hasFinding() {
        return finding;
    }

    /** Looks again and again for a while, then once more for the result. */
    Map<String, Object> take(final long watchNs) throws IOException, InterruptedException {
        final long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < watchNs) {
            look(true);
            holds.endOfLook();
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
        return look(watchNs > 0);
    }

    private Map<String, Object> look(final boolean watched) throws IOException {
        finding = false;
        final Map<String, Object> content = resource.toMap();
        if (resource.state() != State.FOREIGN) {
            switch (resource.kind()) {
                case OBJECTS -> addObjects(content, watched);
                case LIST -> addItems(content, watched);
                case BLOCK -> addBytes(content);
                case MANAGER -> addManager(content);
                default -> content.put("content", null);
            }
        }
        return content;
    }

    private void addObjects(final Map<String, Object> content, final boolean watched) throws IOException {
        try (ArenaSurvey arena = ArenaSurvey.open(resource.path())) {
            if (arena == null) {
                throw new IOException("'" + resource.name() + "' was replaced by something else just now: look again");
            }
            content.put("capacityBytes", arena.capacity());
            content.put("participants", arena.members().stream().map(Maps::of).toList());
            starts = ProcessStarts.of(arena.members());
            content.put("directoryLock", lock("", arena.directoryLock(), watched));
            final List<Map<String, Object>> objects = new ArrayList<>();
            for (final ObjectState state : new SharedObjectsSurvey(arena).objects()) {
                objects.add(object(state, watched));
            }
            content.put("objects", objects);
        }
    }

    private Map<String, Object> object(final ObjectState state, final boolean watched) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", state.name());
        map.put("type", state.type());
        map.put("value", state.value());
        map.put("lock", state.lock() == null ? null : lock("/" + state.name(), state.lock(), watched));
        map.put("fault", state.fault());
        finding |= state.fault() != null;
        return map;
    }

    private Map<String, Object> lock(final String key, final PrimitiveState state, final boolean watched) {
        finding |= state.abandoned();
        final long nowNs = System.nanoTime();
        final List<Long> seen = new ArrayList<>();
        if (watched) {
            state.holders().forEach(holder -> seen.add(holds.see(key, holder, nowNs)));
        }
        return Maps.of(state, seen, starts);
    }

    private void addItems(final Map<String, Object> content, final boolean watched) throws IOException {
        try (ListSurvey list = ListSurvey.open(resource.path())) {
            if (list == null) {
                throw new IOException("'" + resource.name() + "' was replaced by something else just now: look again");
            }
            content.put("madeBy", list.hasFooter() ? "a JVM" : "CPython");
            content.put("participants", list.members().stream().map(Maps::of).toList());
            starts = ProcessStarts.of(list.members());
            final PrimitiveState lock = list.writersLock();
            content.put("writersLock", lock == null ? null : lock("", lock, watched));
            content.put("unfinishedItem", list.unfinishedItem() < 0 ? null : list.unfinishedItem());
            final List<Map<String, Object>> items = new ArrayList<>();
            for (int i = 0; i < Math.min(limit, list.size()); i++) {
                items.add(item(list, i));
            }
            content.put("length", list.size());
            content.put("items", items);
        }
    }

    private static Map<String, Object> item(final ListSurvey list, final int index) throws IOException {
        final boolean whole = list.isWhole(index);
        final Object value = list.get(index);
        final Map<String, Object> item = new LinkedHashMap<>();
        item.put("index", index);
        item.put("type", whole ? typeOf(value) : "half-written");
        item.put("value", value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value);
        return item;
    }

    private static String typeOf(final Object value) {
        if (value == null) {
            return "null";
        }
        return value instanceof byte[] ? "byte[]" : value.getClass().getSimpleName();
    }

    private void addBytes(final Map<String, Object> content) throws IOException {
        final FileCopier file = FileCopier.open(resource.path());
        try {
            final byte[] head = new byte[(int) Math.min(limit, file.size())];
            file.copy(0, head.length).getBytes(0, head);
            content.put("head", HexFormat.of().formatHex(head));
        } finally {
            FileSurvey.close(file);
        }
    }

    private void addManager(final Map<String, Object> content) {
        final ManagerState manager = ManagerSurvey.of(resource.path());
        content.put("phase", manager.phase().name().toLowerCase(Locale.ROOT));
        content.put("protocolVersion", manager.protocolVersion());
        content.put("participants", manager.members().stream().map(Maps::of).toList());
        final DriverFile driver = DriverFile.open(manager.aeron());
        content.put("metricsPort", manager.metricsPort() == 0 ? null : manager.metricsPort());
        content.put("figures", driver == null ? Map.of() : Maps.of(driver.figures()));
        content.put("queues", driver == null ? List.of() : queues(driver.queuesOf(manager.name())));
        content.put("driverCounters", driver == null ? Map.of() : driver.systemCounters());
        content.put("objects", connect && manager.phase() == ManagerState.Phase.SERVING ? managed(content) : null);
    }

    private static List<Map<String, Object>> queues(final Map<String, Map<Metric, Long>> queues) {
        final List<Map<String, Object>> maps = new ArrayList<>();
        queues.forEach((name, figures) -> {
            final Map<String, Object> map = new LinkedHashMap<>();
            map.put("queue", name);
            map.putAll(Maps.of(figures));
            maps.add(map);
        });
        return maps;
    }

    /** As a client, which the user has asked for. */
    private List<Map<String, Object>> managed(final Map<String, Object> content) {
        final List<Map<String, Object>> objects = new ArrayList<>();
        try (Manager client = Manager.connect(resource.name())) {
            client.objects().forEach(object -> {
                final Map<String, Object> map = new LinkedHashMap<>();
                map.put("name", object.name());
                map.put("type", object.kind());
                map.put("references", object.references());
                objects.add(map);
            });
            return objects;
        } catch (final CondatisException e) {
            finding = true;
            content.put("fault", e.getMessage());
            return null;
        }
    }
}
