package io.condatis.manager;

import io.condatis.internal.client.Call;
import io.condatis.internal.client.Connection;
import io.condatis.internal.client.ObjectReference;
import io.condatis.internal.client.RemoteDict;
import io.condatis.internal.client.RemoteDict.PutCondition;
import java.lang.ref.Reference;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** A managed value with objects for bytes: on the wire a dict whose one key is empty. */
final class ValueProxy<V> implements SharedValue<V>, Proxied {
    private final RemoteDict dict;
    private final Values values;
    private final Connection connection;

    ValueProxy(final RemoteDict dict, final Values values) {
        this.dict = dict;
        this.values = values;
        connection = dict.connection();
    }

    /** Set the value unless it was ever set. */
    ValueProxy<V> initialise(final V value) {
        final Call call = begin();
        try {
            values.encode(value, call.value());
            dict.put(call, PutCondition.IF_ABSENT);
            return this;
        } finally {
            connection.end(call);
            Reference.reachabilityFence(value);
        }
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
    public V get() {
        final Call call = begin();
        try {
            return dict.get(call) ? answer(call) : null;
        } finally {
            connection.end(call);
        }
    }

    @Override
    public void set(final V value) {
        final Call call = begin();
        try {
            values.encode(value, call.value());
            dict.put(call);
        } finally {
            connection.end(call);
            Reference.reachabilityFence(value);
        }
    }

    @Override
    public V getAndSet(final V value) {
        final Call call = begin();
        try {
            values.encode(value, call.value());
            dict.put(call, PutCondition.ALWAYS);
            return call.number() == 1 ? answer(call) : null;
        } finally {
            connection.end(call);
            Reference.reachabilityFence(value);
        }
    }

    @Override
    public boolean compareAndSet(final V expected, final V value) {
        final Call call = begin();
        try {
            while (true) {
                final boolean present = dict.get(call);
                if (!Objects.equals(present ? answer(call) : null, expected)) {
                    return false;
                }
                if (tryStore(call, present, value)) {
                    return true;
                }
            }
        } finally {
            connection.end(call);
        }
    }

    @Override
    public V updateAndGet(final UnaryOperator<V> function) {
        Objects.requireNonNull(function, "function");
        final Call call = begin();
        try {
            while (true) {
                final boolean present = dict.get(call);
                final V after = function.apply(present ? answer(call) : null);
                if (tryStore(call, present, after)) {
                    return after;
                }
            }
        } finally {
            connection.end(call);
        }
    }

    /** Store if the value is still the one that the call has read; otherwise the call is ready to read again. */
    private boolean tryStore(final Call call, final boolean present, final V value) {
        Values.copy(call.answer(), call.expected());
        values.encode(value, call.value());
        connection.renew(call);
        final boolean stored = dict.put(call, present ? PutCondition.IF_EQUAL : PutCondition.IF_ABSENT);
        Reference.reachabilityFence(value);
        connection.renew(call);
        return stored;
    }

    @Override
    public V addAndGet(final V delta) {
        final Call call = begin();
        try {
            values.encode(delta, call.value());
            if (!dict.add(call)) {
                throw new IllegalStateException("the value was never set");
            }
            return answer(call);
        } finally {
            connection.end(call);
        }
    }

    private Call begin() {
        final Call call = connection.begin();
        call.key().length(0);
        return call;
    }

    @SuppressWarnings("unchecked")
    private V answer(final Call call) {
        return (V) values.decode(call);
    }

    @Override
    public String toString() {
        return "Value(" + ProxyText.of(get()) + ")";
    }
}
