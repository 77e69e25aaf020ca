package io.condatis.manager;

import io.condatis.error.CondatisException;
import io.condatis.internal.client.Connection;
import io.condatis.internal.client.ObjectReference;
import io.condatis.internal.client.RemoteCustom;
import io.condatis.internal.protocol.ReferenceDescriptor;
import io.condatis.internal.protocol.sbe.Kind;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Writes proxies as references, and makes proxies of the references that are read; thread-safe. */
final class Proxies {
    private final Connection connection;
    private final Values values;
    /** Proxies made of references; what was read once need not be asked for again while it is in use. */
    private final ConcurrentHashMap<Integer, WeakReference<Object>> read = new ConcurrentHashMap<>();

    Proxies(final Connection connection, final Values values) {
        this.connection = connection;
        this.values = values;
    }

    int write(final Proxied proxy, final MutableDirectBuffer buffer, final int offset) {
        final Connection other = proxy.connection();
        if (other != connection
                && (!other.name().equals(connection.name()) || other.serverPid() != connection.serverPid())) {
            throw new IllegalArgumentException(proxy.getClass().getSimpleName() + " is an object of the manager "
                    + other.name() + " and cannot be stored in the manager " + connection.name());
        }
        final ObjectReference reference = proxy.reference();
        ReferenceDescriptor.put(buffer, offset, reference.kind(), reference.objectId());
        return ReferenceDescriptor.LENGTH;
    }

    /** Make a proxy of the reference that an answer is; the caller's call holds it meanwhile. */
    Object read(final DirectBuffer buffer, final int offset) {
        final int objectId = ReferenceDescriptor.objectId(buffer, offset);
        final WeakReference<Object> known = read.get(objectId);
        final Object present = known == null ? null : known.get();
        if (present != null) {
            return present;
        }
        final Kind kind = Kind.get(ReferenceDescriptor.kind(buffer, offset));
        final Object made = make(connection.objects().attach(kind, objectId));
        if (read.size() > 1_000) {
            read.values().removeIf(reference -> reference.get() == null);
        }
        read.put(objectId, new WeakReference<>(made));
        return made;
    }

    /** Make a proxy of the reference that a value in a page is; to be called once for each value of each page. */
    Object readOfPage(final DirectBuffer buffer, final int offset) {
        final Object held = connection.objects().noteReference(buffer, offset, ReferenceDescriptor.LENGTH);
        try {
            return read(buffer, offset);
        } finally {
            Reference.reachabilityFence(held);
        }
    }

    private Object make(final ObjectReference reference) {
        return switch (reference.kind()) {
            case DICT -> new DictProxy<>(connection.objects().dict(reference), values);
            case LIST -> new ListProxy<>(connection.objects().list(reference), values);
            case SET -> new SetProxy<>(connection.objects().dict(reference), values);
            case NAMESPACE -> new NamespaceProxy(connection.objects().dict(reference), values);
            case VALUE -> new ValueProxy<>(connection.objects().dict(reference), values);
            case ARRAY -> new ArrayProxy(connection.objects().array(reference));
            case QUEUE, PRIORITY_QUEUE, JOINABLE_QUEUE -> Queues.of(reference, connection, values);
            case CUSTOM -> custom(reference);
            case LOCK, REENTRANT_LOCK, SEMAPHORE, BOUNDED_SEMAPHORE, CONDITION, EVENT, BARRIER ->
                SyncObjects.of(reference, connection);
            default ->
                throw new CondatisException("a value refers to an object of the kind " + reference.kind()
                        + ", which this version of Condatis has no proxy for");
        };
    }

    private Object custom(final ObjectReference reference) {
        final RemoteInterface face = values.faces().find(reference.argument());
        if (face == null) {
            throw new CondatisException("a value refers to a custom object whose interface this process has not met;"
                    + " make or find an object of its type by Manager.create or getOrCreate first");
        }
        return CustomObjects.proxy(new RemoteCustom(connection, reference), face, values, "custom object");
    }
}
