package io.condatis.internal.client;

import io.condatis.internal.protocol.EntryPage;
import io.condatis.internal.protocol.ReferenceDescriptor;
import io.condatis.internal.protocol.sbe.AttachEncoder;
import io.condatis.internal.protocol.sbe.DeleteEncoder;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.ObjectCountEncoder;
import io.condatis.internal.protocol.sbe.ObjectScanEncoder;
import io.condatis.internal.protocol.sbe.OpenEncoder;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/** The objects of a server, of every kind: to find, make, list and delete them. Thread-safe. */
public final class RemoteObjects {
    private static final int PAGE_BYTES = 32 * 1024;

    private final Connection connection;
    private final References references;

    RemoteObjects(final Connection connection) {
        this.connection = connection;
        references = new References(connection::release);
    }

    /**
     * Find an object by name or make it.
     *
     * @param kind of the object
     * @param name 1 to 255 bytes of UTF-8; empty makes an anonymous one
     * @param argument as the kind says
     * @return the object
     */
    public ObjectReference open(final Kind kind, final String name, final long argument) {
        final Call call = connection.begin();
        try {
            final OpenEncoder open = new OpenEncoder()
                    .wrapAndApplyHeader(call.request, 0, call.header)
                    .correlation(call.correlation())
                    .argument(argument)
                    .kind(kind)
                    .name(name);
            connection.invoke(call, open.encodedLength());
            return opened(call, kind);
        } finally {
            connection.end(call);
        }
    }

    /**
     * Take a reference to an object whose id came from elsewhere.
     *
     * @param kind of the object
     * @param objectId of the object
     * @return the object
     * @throws IllegalStateException when it is not there any more
     */
    public ObjectReference attach(final Kind kind, final int objectId) {
        final Call call = connection.begin();
        try {
            final AttachEncoder attach = new AttachEncoder()
                    .wrapAndApplyHeader(call.request, 0, call.header)
                    .correlation(call.correlation())
                    .objectId(objectId)
                    .kind(kind);
            connection.invoke(call, attach.encodedLength());
            return opened(call, kind);
        } finally {
            connection.end(call);
        }
    }

    ObjectReference opened(final Call call, final Kind kind) {
        return new ObjectReference(
                references.received((int) call.number()), kind, call.argument(), call.window(), call.isAnonymous());
    }

    /**
     * A dict, or what is one on the wire: a set, a namespace, a value.
     *
     * @param reference to it
     * @return the dict
     */
    public RemoteDict dict(final ObjectReference reference) {
        return new RemoteDict(connection, reference);
    }

    /**
     * A list.
     *
     * @param reference to it
     * @return the list
     */
    public RemoteList list(final ObjectReference reference) {
        return new RemoteList(connection, reference);
    }

    /**
     * An array.
     *
     * @param reference to it
     * @return the array
     */
    public RemoteArray array(final ObjectReference reference) {
        return new RemoteArray(connection, reference);
    }

    /**
     * Delete a named object, whoever uses it: their calls are told that it is gone.
     *
     * @param name of the object
     * @return false when there is none
     */
    public boolean delete(final String name) {
        final Call call = connection.begin();
        try {
            final DeleteEncoder delete = new DeleteEncoder()
                    .wrapAndApplyHeader(call.request, 0, call.header)
                    .correlation(call.correlation())
                    .name(name);
            connection.invoke(call, delete.encodedLength());
            return Answers.isOk(call);
        } finally {
            connection.end(call);
        }
    }

    /** {@return how many objects there are, named and anonymous} */
    public long count() {
        final Call call = connection.begin();
        try {
            final ObjectCountEncoder count = new ObjectCountEncoder()
                    .wrapAndApplyHeader(call.request, 0, call.header)
                    .correlation(call.correlation());
            connection.invoke(call, count.encodedLength());
            return call.number();
        } finally {
            connection.end(call);
        }
    }

    /**
     * An object as the server lists it.
     *
     * @param name empty for an anonymous one
     * @param kind of the object
     * @param objectId of the object
     * @param references how many sessions and stored values refer to it; counted for anonymous ones only
     * @param argument what it was made with
     */
    public record Row(String name, Kind kind, int objectId, int references, long argument) {}

    /** {@return all objects by id, weakly consistent} */
    public List<Row> list() {
        final List<Row> rows = new ArrayList<>();
        final EntryPage.Reader page = new EntryPage.Reader();
        final Call call = connection.begin();
        try {
            long cursor = 0;
            do {
                connection.renew(call);
                final ObjectScanEncoder scan = new ObjectScanEncoder()
                        .wrapAndApplyHeader(call.request, 0, call.header)
                        .correlation(call.correlation())
                        .cursor(cursor)
                        .maxBytes(PAGE_BYTES);
                connection.invoke(call, scan.encodedLength());
                cursor = call.number();
                page.wrap(call.answer().buffer(), 0, call.answer().length());
                while (page.next()) {
                    rows.add(row(call.answer().buffer(), page));
                }
            } while (cursor != 0);
        } finally {
            connection.end(call);
        }
        return rows;
    }

    private static Row row(final DirectBuffer buffer, final EntryPage.Reader entry) {
        final int offset = entry.valueOffset();
        final int id = offset + 1;
        return new Row(
                buffer.getStringWithoutLengthUtf8(entry.keyOffset(), entry.keyLength()),
                Kind.get((short) (buffer.getByte(offset) & 0xff)),
                buffer.getInt(id, ByteOrder.LITTLE_ENDIAN),
                buffer.getInt(id + BitUtil.SIZE_OF_INT, ByteOrder.LITTLE_ENDIAN),
                buffer.getLong(id + 2 * BitUtil.SIZE_OF_INT, ByteOrder.LITTLE_ENDIAN));
    }

    /** Note the reference that an answer is, if it is one; whoever does not use it lets it go with the call. */
    void noteReference(final Call call) {
        final Bytes answer = call.answer();
        if (ReferenceDescriptor.isReference(answer.buffer(), 0, answer.length())) {
            call.anchor(references.received(ReferenceDescriptor.objectId(answer.buffer(), 0)));
        }
    }

    /**
     * Note the reference that a value in a page is, if it is one; to be called once for each value of each page.
     *
     * @param buffer holding the value
     * @param offset of the value
     * @param length of the value
     * @return keeps the reference while it is reachable; null when it is none
     */
    public Object noteReference(final DirectBuffer buffer, final int offset, final int length) {
        return ReferenceDescriptor.isReference(buffer, offset, length)
                ? references.received(ReferenceDescriptor.objectId(buffer, offset))
                : null;
    }
}
