package io.condatis.manager;

import io.condatis.internal.client.Bytes;
import io.condatis.internal.client.Call;
import io.condatis.internal.client.Connection;
import io.condatis.internal.client.ObjectReference;
import io.condatis.internal.client.RemoteDict;
import io.condatis.internal.client.RemoteDict.PutCondition;
import io.condatis.internal.protocol.EntryPage;
import java.lang.ref.Reference;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A managed dict with objects for bytes. */
final class DictProxy<K, V> extends AbstractMap<K, V> implements SharedDict<K, V>, Proxied {
    private final RemoteDict dict;
    private final Connection connection;
    private final Values values;

    DictProxy(final RemoteDict dict, final Values values) {
        this.dict = dict;
        this.values = values;
        connection = dict.connection();
    }

    @Override
    public ObjectReference reference() {
        return dict.reference();
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public V get(final Object key) {
        final Call call = connection.begin();
        try {
            return canBeKey(key, call) && dict.get(call) ? answer(call) : null;
        } finally {
            connection.end(call);
        }
    }

    @Override
    public boolean containsKey(final Object key) {
        final Call call = connection.begin();
        try {
            return canBeKey(key, call) && dict.get(call);
        } finally {
            connection.end(call);
        }
    }

    @Override
    public V put(final K key, final V value) {
        return put(key, value, PutCondition.ALWAYS);
    }

    @Override
    public V putIfAbsent(final K key, final V value) {
        return put(key, value, PutCondition.IF_ABSENT);
    }

    @Override
    public V replace(final K key, final V value) {
        return put(key, value, PutCondition.IF_PRESENT);
    }

    private V put(final K key, final V value, final PutCondition condition) {
        final Call call = begin(key);
        try {
            encode(value, call.value());
            dict.put(call, condition);
            return call.number() == 1 ? answer(call) : null;
        } finally {
            connection.end(call);
            Reference.reachabilityFence(value);
        }
    }

    @Override
    public V remove(final Object key) {
        final Call call = connection.begin();
        try {
            return canBeKey(key, call) && dict.remove(call) ? answer(call) : null;
        } finally {
            connection.end(call);
        }
    }

    /** By {@code equals}: the bytes that are compared in the server are those of an equal value that was read before. */
    @Override
    public boolean remove(final Object key, final Object value) {
        if (value == null) {
            return false;
        }
        final Call call = connection.begin();
        try {
            while (canBeKey(key, call) && dict.get(call)) {
                if (!answer(call).equals(value)) {
                    return false;
                }
                Values.copy(call.answer(), call.expected());
                if (dict.removeIfEqual(renew(call))) {
                    return true;
                }
                renew(call);
            }
            return false;
        } finally {
            connection.end(call);
        }
    }

    @Override
    public boolean replace(final K key, final V oldValue, final V newValue) {
        Objects.requireNonNull(oldValue, "oldValue");
        Objects.requireNonNull(newValue, "newValue");
        final Call call = begin(key);
        try {
            while (dict.get(call)) {
                if (!answer(call).equals(oldValue)) {
                    return false;
                }
                Values.copy(call.answer(), call.expected());
                encode(newValue, call.value());
                if (dict.put(renew(call), PutCondition.IF_EQUAL)) {
                    return true;
                }
                renew(call);
            }
            return false;
        } finally {
            connection.end(call);
        }
    }

    @Override
    public V compute(final K key, final BiFunction<? super K, ? super V, ? extends V> function) {
        Objects.requireNonNull(function, "function");
        return update(key, present -> function.apply(key, present));
    }

    @Override
    public V computeIfPresent(final K key, final BiFunction<? super K, ? super V, ? extends V> function) {
        Objects.requireNonNull(function, "function");
        return update(key, present -> present == null ? null : function.apply(key, present));
    }

    @Override
    public V computeIfAbsent(final K key, final Function<? super K, ? extends V> function) {
        Objects.requireNonNull(function, "function");
        final Call call = begin(key);
        try {
            while (!dict.get(call)) {
                final V value = function.apply(key);
                if (value == null || tryStore(renew(call), false, value)) {
                    return value;
                }
                renew(call);
            }
            return answer(call);
        } finally {
            connection.end(call);
        }
    }

    @Override
    public V merge(final K key, final V value, final BiFunction<? super V, ? super V, ? extends V> function) {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(function, "function");
        return update(key, present -> present == null ? value : function.apply(present, value));
    }

    @Override
    public void replaceAll(final BiFunction<? super K, ? super V, ? extends V> function) {
        Objects.requireNonNull(function, "function");
        for (final K key : keySet()) {
            computeIfPresent(key, (same, value) -> Objects.requireNonNull(function.apply(same, value), "new value"));
        }
    }

    /**
     * Read, compute, and store if nobody came between, else again. Compares the very bytes that were read. What the function
     * was given it may have changed and returned, so that it is the same object says nothing.
     */
    private V update(final K key, final Function<V, V> function) {
        final Call call = begin(key);
        try {
            while (true) {
                final boolean present = dict.get(call);
                final V before = present ? answer(call) : null;
                if (present) {
                    Values.copy(call.answer(), call.expected());
                }
                final V after = function.apply(before);
                if (!present && after == null || tryStore(renew(call), present, after)) {
                    return after;
                }
                renew(call);
            }
        } finally {
            connection.end(call);
        }
    }

    private boolean tryStore(final Call call, final boolean present, final V after) {
        if (after == null) {
            return dict.removeIfEqual(call);
        }
        encode(after, call.value());
        return dict.put(call, present ? PutCondition.IF_EQUAL : PutCondition.IF_ABSENT);
    }

    @Override
    public V update(final K key, final UnaryOperator<V> function) {
        Objects.requireNonNull(function, "function");
        return update(key, (Function<V, V>) function);
    }

    @Override
    public void putAll(final Map<? extends K, ? extends V> entries) {
        final Call call = connection.begin();
        try {
            final Pages pages = new Pages(connection, call, values);
            entries.forEach((key, value) ->
                    pages.entry(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value")));
            while (pages.next()) {
                dict.putAll(call, false);
            }
        } finally {
            connection.end(call);
            Reference.reachabilityFence(entries);
        }
    }

    @Override
    public Map<K, V> getAll(final Collection<? extends K> keys) {
        return new DictBatch<K, V>(dict, values).getAll(List.copyOf(keys), this::read);
    }

    @Override
    public long removeAll(final Collection<? extends K> keys) {
        return new DictBatch<K, V>(dict, values).removeAll(List.copyOf(keys));
    }

    @Override
    public Entry<K, V> pollFirstEntry() {
        return pop(false);
    }

    @Override
    public Entry<K, V> pollLastEntry() {
        return pop(true);
    }

    private Entry<K, V> pop(final boolean last) {
        final Call call = connection.begin();
        try {
            if (!dict.pop(call, last)) {
                return null;
            }
            final EntryPage.Reader page = new EntryPage.Reader()
                    .wrap(call.answer().buffer(), 0, call.answer().length());
            page.next();
            return new SimpleImmutableEntry<>(read(call.answer(), page));
        } finally {
            connection.end(call);
        }
    }

    @Override
    public long getLong(final K key, final long ifAbsent) {
        final Call call = begin(key);
        try {
            return dict.get(call) ? values.decodeLong(call) : ifAbsent;
        } finally {
            connection.end(call);
        }
    }

    @Override
    public void putLong(final K key, final long value) {
        final Call call = begin(key);
        try {
            values.encodeLong(value, call.value());
            dict.put(call);
        } finally {
            connection.end(call);
        }
    }

    @Override
    public long addAndGet(final K key, final long delta) {
        final Call call = begin(key);
        try {
            return DictBatch.addAndGet(dict, values, call, delta);
        } finally {
            connection.end(call);
        }
    }

    @Override
    public int size() {
        return (int) Math.min(Integer.MAX_VALUE, dict.size());
    }

    @Override
    public void clear() {
        dict.clear();
    }

    @Override
    public Set<Entry<K, V>> entrySet() {
        return new EntrySet();
    }

    private Call begin(final Object key) {
        Objects.requireNonNull(key, "key");
        final Call call = connection.begin();
        try {
            values.encodeKey(key, call.key());
            return call;
        } catch (final RuntimeException e) {
            connection.end(call);
            throw e;
        }
    }

    /** What cannot be a key is not there. */
    private boolean canBeKey(final Object key, final Call call) {
        return values.encodeProbe(Objects.requireNonNull(key, "key"), call.key());
    }

    /** One more request with what the call holds. */
    private Call renew(final Call call) {
        connection.renew(call);
        return call;
    }

    private void encode(final Object value, final Bytes bytes) {
        values.encode(Objects.requireNonNull(value, "value"), bytes);
    }

    @SuppressWarnings("unchecked")
    private V answer(final Call call) {
        return (V) values.decode(call);
    }

    @SuppressWarnings("unchecked")
    private Entry<K, V> read(final Bytes page, final EntryPage.Reader entry) {
        return new DictEntry((K) values.decodeKey(page.buffer(), entry.keyOffset(), entry.keyLength()), (V)
                values.decodeOfPage(page.buffer(), entry.valueOffset(), entry.valueLength()));
    }

    /** As every map; a managed object in it is named, not shown, since it may hold this dict. */
    @Override
    public String toString() {
        return ProxyText.entries(entrySet());
    }

    /** A live view; entries are copies whose {@code setValue} puts. */
    private final class EntrySet extends AbstractSet<Entry<K, V>> {
        @Override
        public Iterator<Entry<K, V>> iterator() {
            return new PagedIterator<>(
                    connection, dict::scan, DictProxy.this::read, entry -> DictProxy.this.remove(entry.getKey()));
        }

        @Override
        public int size() {
            return DictProxy.this.size();
        }

        @Override
        public void clear() {
            DictProxy.this.clear();
        }

        @Override
        public boolean contains(final Object other) {
            if (other instanceof Map.Entry<?, ?> entry && entry.getKey() != null) {
                final V value = get(entry.getKey());
                return value != null && value.equals(entry.getValue());
            }
            return false;
        }

        @Override
        public boolean remove(final Object other) {
            return other instanceof Map.Entry<?, ?> entry
                    && entry.getKey() != null
                    && DictProxy.this.remove(entry.getKey(), entry.getValue());
        }
    }

    private final class DictEntry extends SimpleEntry<K, V> {
        private static final long serialVersionUID = 1L;

        DictEntry(final K key, final V value) {
            super(key, value);
        }

        @Override
        public V setValue(final V value) {
            DictProxy.this.put(getKey(), value);
            return super.setValue(value);
        }
    }
}
