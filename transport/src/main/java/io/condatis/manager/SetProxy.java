package io.condatis.manager;

import io.condatis.internal.client.Bytes;
import io.condatis.internal.client.Call;
import io.condatis.internal.client.Connection;
import io.condatis.internal.client.ObjectReference;
import io.condatis.internal.client.RemoteDict;
import io.condatis.internal.client.RemoteDict.PutCondition;
import io.condatis.internal.protocol.EntryPage;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** A managed set with objects for bytes: on the wire a dict whose values are empty. */
final class SetProxy<E> extends AbstractSet<E> implements Proxied {
    private static final int BATCH = 1_024;

    private final RemoteDict dict;
    private final Values values;
    private final Connection connection;
    private final DictBatch<E, Object> batch;

    SetProxy(final RemoteDict dict, final Values values) {
        this.dict = dict;
        this.values = values;
        connection = dict.connection();
        batch = new DictBatch<>(dict, values);
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
    public boolean add(final E element) {
        final Call call = connection.begin();
        try {
            values.encodeKey(Objects.requireNonNull(element, "element"), call.key());
            call.value().length(0);
            return dict.put(call, PutCondition.IF_ABSENT);
        } finally {
            connection.end(call);
        }
    }

    @Override
    public boolean contains(final Object element) {
        final Call call = connection.begin();
        try {
            return values.encodeProbe(Objects.requireNonNull(element, "element"), call.key()) && dict.get(call);
        } finally {
            connection.end(call);
        }
    }

    @Override
    public boolean remove(final Object element) {
        final Call call = connection.begin();
        try {
            return values.encodeProbe(Objects.requireNonNull(element, "element"), call.key()) && dict.remove(call);
        } finally {
            connection.end(call);
        }
    }

    @Override
    public boolean addAll(final Collection<? extends E> elements) {
        return batch.addAll(elements) > 0;
    }

    @Override
    public boolean containsAll(final Collection<?> elements) {
        return batch.containsAll(elements);
    }

    @Override
    public boolean removeAll(final Collection<?> elements) {
        return batch.removeAll(elements) > 0;
    }

    @Override
    public boolean retainAll(final Collection<?> elements) {
        return batch.retainAll(elements) > 0;
    }

    @Override
    public boolean removeIf(final Predicate<? super E> filter) {
        Objects.requireNonNull(filter, "filter");
        final List<E> unwanted = new ArrayList<>();
        long removed = 0;
        for (final E element : this) {
            if (filter.test(element)) {
                unwanted.add(element);
            }
            if (unwanted.size() == BATCH) {
                removed += batch.removeAll(unwanted);
                unwanted.clear();
            }
        }
        return removed + batch.removeAll(unwanted) > 0;
    }

    @Override
    public Iterator<E> iterator() {
        return new PagedIterator<>(connection, dict::scanKeys, this::read, this::remove);
    }

    @SuppressWarnings("unchecked")
    private E read(final Bytes page, final EntryPage.Reader entry) {
        return (E) values.decodeKey(page.buffer(), entry.keyOffset(), entry.keyLength());
    }

    @Override
    public int size() {
        return (int) Math.min(Integer.MAX_VALUE, dict.size());
    }

    @Override
    public void clear() {
        dict.clear();
    }

    /** As every set; asks for the elements once. */
    @Override
    public String toString() {
        return ProxyText.items(this);
    }
}
