package io.condatis.manager;

import io.condatis.internal.client.Bytes;
import io.condatis.internal.client.Call;
import io.condatis.internal.client.Connection;
import io.condatis.internal.client.RemoteDict;
import io.condatis.internal.protocol.EntryPage;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

/** Requests of many keys at once, for whatever is a dict on the wire. */
final class DictBatch<K, V> {
    private final RemoteDict dict;
    private final Values values;
    private final Connection connection;

    DictBatch(final RemoteDict dict, final Values values) {
        this.dict = dict;
        this.values = values;
        connection = dict.connection();
    }

    Map<K, V> getAll(final List<? extends K> keys, final BiFunction<Bytes, EntryPage.Reader, Map.Entry<K, V>> reader) {
        final Map<K, V> found = new LinkedHashMap<>();
        final EntryPage.Reader page = new EntryPage.Reader();
        int done = 0;
        while (done < keys.size()) {
            final Call call = connection.begin();
            try {
                final Pages pages = keys(call, keys.subList(done, keys.size()));
                boolean all = true;
                while (all && pages.next()) {
                    final int lookedUp = (int) dict.getAll(call, true);
                    all = lookedUp == pages.count();
                    done += lookedUp;
                    page.wrap(call.answer().buffer(), 0, call.answer().length());
                    while (page.next()) {
                        final Map.Entry<K, V> entry = reader.apply(call.answer(), page);
                        found.put(entry.getKey(), entry.getValue());
                    }
                }
            } finally {
                connection.end(call);
            }
        }
        return found;
    }

    /** Whether all keys are present; each page of them is looked up at once. */
    boolean containsAll(final Collection<?> keys) {
        final Call call = connection.begin();
        try {
            final Pages pages = new Pages(connection, call, values);
            for (final Object key : keys) {
                if (!pages.probe(Objects.requireNonNull(key, "key"))) {
                    return false;
                }
            }
            final EntryPage.Reader page = new EntryPage.Reader();
            int done = 0;
            while (pages.next()) {
                final int lookedUp = (int) dict.getAll(call, false);
                done += lookedUp;
                int present = 0;
                page.wrap(call.answer().buffer(), 0, call.answer().length());
                while (page.next()) {
                    present++;
                }
                if (present < lookedUp) {
                    return false;
                }
                if (lookedUp < pages.count()) {
                    return containsAll(List.copyOf(keys).subList(done, keys.size()));
                }
            }
            return true;
        } finally {
            connection.end(call);
        }
    }

    /** Add keys with empty values; returns how many were absent. */
    long addAll(final Collection<?> keys) {
        final Call call = connection.begin();
        try {
            long added = 0;
            final Pages pages = keys(call, keys);
            while (pages.next()) {
                added += dict.putAll(call, true);
            }
            return added;
        } finally {
            connection.end(call);
        }
    }

    long removeAll(final Collection<?> keys) {
        final Call call = connection.begin();
        try {
            long removed = 0;
            final Pages pages = new Pages(connection, call, values);
            keys.forEach(key -> pages.probe(Objects.requireNonNull(key, "key")));
            while (pages.next()) {
                removed += dict.removeAll(call);
            }
            return removed;
        } finally {
            connection.end(call);
        }
    }

    /** Remove all keys but some, at once; returns how many. */
    long retainAll(final Collection<?> keys) {
        final Call call = connection.begin();
        try {
            final EntryPage.Writer page =
                    new EntryPage.Writer().wrap(call.value().buffer(), 0);
            for (final Object key : keys) {
                if (key != null && values.encodeProbe(key, call.key())) {
                    page.key(call.key().buffer(), 0, call.key().length()).noValue();
                }
            }
            call.value().length(page.length());
            return dict.retainAll(call);
        } finally {
            connection.end(call);
        }
    }

    private Pages keys(final Call call, final Collection<?> keys) {
        final Pages pages = new Pages(connection, call, values);
        for (final Object key : keys) {
            pages.key(Objects.requireNonNull(key, "key"));
        }
        return pages;
    }

    /** Add to the number under the call's key, or store it where there is none. */
    static long addAndGet(final RemoteDict dict, final Values values, final Call call, final long delta) {
        values.encodeLong(delta, call.value());
        while (true) {
            if (dict.add(call)) {
                return values.decodeLong(call);
            }
            dict.connection().renew(call);
            if (dict.put(call, RemoteDict.PutCondition.IF_ABSENT)) {
                return delta;
            }
            dict.connection().renew(call);
        }
    }
}
