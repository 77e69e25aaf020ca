package io.condatis.manager;

import io.condatis.internal.client.Connection;
import io.condatis.internal.client.ObjectReference;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.value.CType;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Set;

/** Makes the proxies of containers; a name of null makes an anonymous object. */
final class Containers {
    private final Connection connection;
    private final Values values;

    Containers(final Connection connection, final Values values) {
        this.connection = connection;
        this.values = values;
    }

    <K, V> SharedDict<K, V> dict(final String name) {
        return new DictProxy<>(connection.objects().dict(open(Kind.DICT, name, 0)), values);
    }

    <E> SharedList<E> list(final String name) {
        return new ListProxy<>(connection.objects().list(open(Kind.LIST, name, 0)), values);
    }

    <E> Set<E> set(final String name) {
        return new SetProxy<>(connection.objects().dict(open(Kind.SET, name, 0)), values);
    }

    Namespace namespace(final String name) {
        return new NamespaceProxy(connection.objects().dict(open(Kind.NAMESPACE, name, 0)), values);
    }

    <V> SharedValue<V> value(final String name, final V initial) {
        return new ValueProxy<V>(connection.objects().dict(open(Kind.VALUE, name, 0)), values).initialise(initial);
    }

    SharedArray array(final String name, final char typeCode, final int length) {
        final long argument = ArrayProxy.argument(CType.of(typeCode), length);
        return new ArrayProxy(connection.objects().array(open(Kind.ARRAY, name, argument)));
    }

    SharedArray array(final String name, final char typeCode, final Object elements) {
        final Object initial = elements instanceof Collection<?> collection ? collection.toArray() : elements;
        final int length = Array.getLength(initial);
        final long argument = ArrayProxy.argument(CType.of(typeCode), length);
        return new ArrayProxy(connection.objects().array(open(Kind.ARRAY, name, argument))).initialise(initial);
    }

    private ObjectReference open(final Kind kind, final String name, final long argument) {
        if (name != null && name.isEmpty()) {
            throw new IllegalArgumentException("the name of a managed object has at least one character");
        }
        return connection.objects().open(kind, name == null ? "" : name, argument);
    }
}
