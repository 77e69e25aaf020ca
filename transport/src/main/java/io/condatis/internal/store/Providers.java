package io.condatis.internal.store;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeMap;

/** Who runs the custom objects of each type. */
final class Providers {
    private final TreeMap<String, Provider> byType = new TreeMap<>();

    int size() {
        return byType.size();
    }

    /** {@return who runs that type, or null} */
    Provider get(final String type) {
        return byType.get(type);
    }

    Set<String> types() {
        return byType.keySet();
    }

    void add(final Provider provider) {
        byType.put(provider.type(), provider);
    }

    /** A session has ended. */
    void closed(final Session session) {
        byType.values().removeIf(provider -> provider.session() == session);
    }

    void save(final SnapshotWriter out) {
        out.putInt(byType.size());
        for (final Provider provider : byType.values()) {
            out.putBytes(provider.type().getBytes(StandardCharsets.UTF_8));
            out.putLong(provider.digest());
            out.putInt(provider.index());
            out.putLong(provider.session().id);
        }
    }

    void load(final SnapshotReader in, final Sessions sessions) {
        final int count = in.takeInt();
        for (int i = 0; i < count; i++) {
            final String type = new String(in.takeBytes(), StandardCharsets.UTF_8);
            add(new Provider(type, in.takeLong(), in.takeInt(), sessions.get(in.takeLong())));
        }
    }
}
