package io.condatis.manager;

import io.condatis.internal.client.Bytes;
import io.condatis.internal.client.Call;
import io.condatis.internal.client.Connection;
import io.condatis.internal.client.RemoteDict;
import io.condatis.internal.client.RemoteDict.PutCondition;
import io.condatis.internal.protocol.EntryPage;
import io.condatis.payload.Payloads;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A managed dict with objects for bytes. */
final class DictProxy<K, V> extends AbstractMap<K, V> implements ConcurrentMap<K, V> {
    private final RemoteDict dict;
    private final Connection connection;
    private final Payloads payloads;

    DictProxy(final RemoteDict dict, final Payloads payloads) {
        this.dict = dict;
        this.payloads = payloads;
        connection = dict.connection();
    }

    @Override
    public V get(final Object key) {
        final Call call = begin(key);
        try {
            return dict.get(call) ? answer(call) : null;
        } finally {
            connection.end(call);
        }
    }

    @Override
    public boolean containsKey(final Object key) {
        final Call call = begin(key);
        try {
            return dict.get(call);
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
        }
    }

    @Override
    public V remove(final Object key) {
        final Call call = begin(key);
        try {
            return dict.remove(call) ? answer(call) : null;
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
        final Call call = begin(key);
        try {
            while (dict.get(call)) {
                if (!answer(call).equals(value)) {
                    return false;
                }
                copy(call.answer(), call.expected());
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
                copy(call.answer(), call.expected());
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
        return update(key, present -> present != null ? present : function.apply(key));
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

    /** Read, compute, and store if nobody came between, else again. Compares the very bytes that were read. */
    private V update(final K key, final Function<V, V> function) {
        final Call call = begin(key);
        try {
            while (true) {
                final boolean present = dict.get(call);
                final V before = present ? answer(call) : null;
                if (present) {
                    copy(call.answer(), call.expected());
                }
                final V after = function.apply(before);
                if (after == before || tryStore(renew(call), present, after)) {
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
            encode(key, call.key());
            return call;
        } catch (final RuntimeException e) {
            connection.end(call);
            throw e;
        }
    }

    /** One more request with what the call holds. */
    private Call renew(final Call call) {
        connection.renew(call);
        return call;
    }

    private void encode(final Object value, final Bytes bytes) {
        Objects.requireNonNull(value, "value");
        bytes.length(payloads.encode(value, bytes.buffer(), 0));
    }

    @SuppressWarnings("unchecked")
    private V answer(final Call call) {
        return (V) payloads.decode(call.answer().buffer(), 0, call.answer().length());
    }

    private static void copy(final Bytes from, final Bytes to) {
        to.buffer().putBytes(0, from.buffer(), 0, from.length());
        to.length(from.length());
    }

    /** A live view; entries are copies whose {@code setValue} puts. */
    private final class EntrySet extends AbstractSet<Entry<K, V>> {
        @Override
        public Iterator<Entry<K, V>> iterator() {
            return new PagedIterator<>(
                    connection, dict::scan, this::read, entry -> DictProxy.this.remove(entry.getKey()));
        }

        @SuppressWarnings("unchecked")
        private Entry<K, V> read(final Bytes page, final EntryPage.Reader entry) {
            return new DictEntry((K) payloads.decode(page.buffer(), entry.keyOffset(), entry.keyLength()), (V)
                    payloads.decode(page.buffer(), entry.valueOffset(), entry.valueLength()));
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
