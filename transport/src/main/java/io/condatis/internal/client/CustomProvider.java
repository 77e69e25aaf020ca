package io.condatis.internal.client;

import io.condatis.internal.protocol.EntryPage;
import io.condatis.internal.protocol.sbe.CustomResultEncoder;
import io.condatis.internal.protocol.sbe.ProvideEncoder;
import io.condatis.internal.protocol.sbe.Status;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A connection's other use: to run the custom objects of a manager. Thread-safe. */
public final class CustomProvider {
    private final Connection connection;

    /**
     * The custom objects that a connection runs.
     *
     * @param connection used for nothing that waits long on one thread
     */
    public CustomProvider(final Connection connection) {
        this.connection = connection;
    }

    /**
     * Take on the objects of some types, until the connection ends.
     *
     * @param digestByType names of the types and digests of their interfaces, numbered from 0 in this order
     * @param handler runs them; somebody must {@link #serve()} from now on
     */
    public void provide(final Map<String, Long> digestByType, final CustomHandler handler) {
        connection.customHandler(handler);
        final ExpandableArrayBuffer types = new ExpandableArrayBuffer();
        final EntryPage.Writer page = new EntryPage.Writer().wrap(types, 0);
        final UnsafeBuffer number = new UnsafeBuffer(new byte[BitUtil.SIZE_OF_LONG]);
        digestByType.forEach((type, digest) -> {
            final UnsafeBuffer name = new UnsafeBuffer(type.getBytes(StandardCharsets.UTF_8));
            number.putLong(0, digest, ByteOrder.LITTLE_ENDIAN);
            page.key(name, 0, name.capacity()).value(number, 0, number.capacity());
        });
        final Call call = connection.begin();
        try {
            final ProvideEncoder provide = new ProvideEncoder()
                    .wrapAndApplyHeader(call.request, 0, call.header)
                    .correlation(call.correlation())
                    .putTypes(types, 0, page.length());
            connection.invoke(call, provide.encodedLength());
        } finally {
            connection.end(call);
        }
    }

    /** Read requests until the connection is closed or lost, which it says by throwing. */
    public void serve() {
        connection.serve();
    }

    /** How a request ended. */
    public enum Outcome {
        /** It returned; the value is what. */
        RETURNED(Status.OK),
        /** The user's code threw; the value says what. */
        THREW(Status.FAILED),
        /** It cannot be done; the value is a sentence. */
        REFUSED(Status.ILLEGAL);

        private final Status status;

        Outcome(final Status status) {
            this.status = status;
        }
    }

    /**
     * Answer a request.
     *
     * @param number of the request
     * @param objectId of the object
     * @param outcome how it ended
     * @param value what came of it
     * @param length of the value, from offset 0
     * @throws io.condatis.error.CondatisException when it is too long to be sent, or the connection is lost
     */
    public void answer(
            final long number, final int objectId, final Outcome outcome, final DirectBuffer value, final int length) {
        connection.checkLength(length);
        final Call call = connection.beginWhenPossible();
        try {
            final CustomResultEncoder result = new CustomResultEncoder()
                    .wrapAndApplyHeader(call.request, 0, call.header)
                    .number(number)
                    .objectId(objectId)
                    .status(outcome.status)
                    .putValue(value, 0, length);
            connection.send(call, result.encodedLength());
        } finally {
            connection.end(call);
        }
    }
}
