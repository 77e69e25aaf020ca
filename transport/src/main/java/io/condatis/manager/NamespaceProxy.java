package io.condatis.manager;

import io.condatis.internal.client.Bytes;
import io.condatis.internal.client.Call;
import io.condatis.internal.client.Connection;
import io.condatis.internal.client.ObjectReference;
import io.condatis.internal.client.RemoteDict;
import io.condatis.internal.client.RemoteDict.PutCondition;
import io.condatis.internal.protocol.EntryPage;
import java.lang.ref.Reference;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** A managed namespace with objects for bytes: on the wire a dict whose keys are text. */
final class NamespaceProxy implements Namespace, Proxied {
    private final RemoteDict dict;
    private final Values values;
    private final Connection connection;

    NamespaceProxy(final RemoteDict dict, final Values values) {
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
    public <T> T get(final String name) {
        final Call call = begin(name);
        try {
            if (!dict.get(call)) {
                throw noSuch(name);
            }
            return answer(call);
        } finally {
            connection.end(call);
        }
    }

    @Override
    public <T> T get(final String name, final T ifAbsent) {
        final Call call = begin(name);
        try {
            return dict.get(call) ? answer(call) : ifAbsent;
        } finally {
            connection.end(call);
        }
    }

    @Override
    public boolean has(final String name) {
        final Call call = begin(name);
        try {
            return dict.get(call);
        } finally {
            connection.end(call);
        }
    }

    @Override
    public void set(final String name, final Object value) {
        final Call call = begin(name);
        try {
            values.encode(value, call.value());
            dict.put(call);
        } finally {
            connection.end(call);
            Reference.reachabilityFence(value);
        }
    }

    @Override
    public void delete(final String name) {
        final Call call = begin(name);
        try {
            if (!dict.remove(call)) {
                throw noSuch(name);
            }
        } finally {
            connection.end(call);
        }
    }

    @Override
    public List<String> names() {
        final List<String> names = new ArrayList<>();
        new PagedIterator<>(connection, dict::scanKeys, this::readName, null).forEachRemaining(names::add);
        return names;
    }

    private String readName(final Bytes page, final EntryPage.Reader entry) {
        return (String) values.decodeKey(page.buffer(), entry.keyOffset(), entry.keyLength());
    }

    @Override
    public <T> T update(final String name, final UnaryOperator<T> function) {
        Objects.requireNonNull(function, "function");
        final Call call = begin(name);
        try {
            while (true) {
                final boolean present = dict.get(call);
                final T before = present ? answer(call) : null;
                Values.copy(call.answer(), call.expected());
                final T after = function.apply(before);
                values.encode(after, call.value());
                connection.renew(call);
                if (dict.put(call, present ? PutCondition.IF_EQUAL : PutCondition.IF_ABSENT)) {
                    Reference.reachabilityFence(after);
                    return after;
                }
                connection.renew(call);
            }
        } finally {
            connection.end(call);
        }
    }

    @Override
    public long addAndGet(final String name, final long delta) {
        final Call call = begin(name);
        try {
            return DictBatch.addAndGet(dict, values, call, delta);
        } finally {
            connection.end(call);
        }
    }

    private Call begin(final String name) {
        if (name.isEmpty() || name.charAt(0) == '_') {
            throw new IllegalArgumentException(
                    "\"" + name
                            + "\" is no name of an attribute: it has at least one character and does not begin with an underscore");
        }
        final Call call = connection.begin();
        values.encodeKey(name, call.key());
        return call;
    }

    private static NoSuchElementException noSuch(final String name) {
        return new NoSuchElementException("the namespace has no attribute \"" + name + "\"");
    }

    @SuppressWarnings("unchecked")
    private <T> T answer(final Call call) {
        return (T) values.decode(call);
    }

    /** As CPython shows it: {@code Namespace{x=1, y=2}}; a managed object is named, not shown. */
    @Override
    public String toString() {
        final List<Map.Entry<String, Object>> entries = new ArrayList<>();
        new PagedIterator<>(connection, dict::scan, this::readEntry, null).forEachRemaining(entries::add);
        return "Namespace" + ProxyText.entries(entries);
    }

    private Map.Entry<String, Object> readEntry(final Bytes page, final EntryPage.Reader entry) {
        final Object value = values.decodeOfPage(page.buffer(), entry.valueOffset(), entry.valueLength());
        return new SimpleImmutableEntry<>(readName(page, entry), value);
    }
}
