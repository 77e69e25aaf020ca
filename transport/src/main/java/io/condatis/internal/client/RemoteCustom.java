package io.condatis.internal.client;

import io.condatis.internal.protocol.sbe.CustomCallEncoder;
import io.condatis.internal.protocol.sbe.CustomOpenEncoder;
import io.condatis.internal.protocol.sbe.Kind;

/** A custom object, in bytes. Thread-safe as long as each call is one thread's. */
public final class RemoteCustom {
    private final Connection connection;
    private final ObjectReference reference;

    /**
     * A custom object.
     *
     * @param connection it is reached by
     * @param reference to it
     */
    public RemoteCustom(final Connection connection, final ObjectReference reference) {
        this.connection = connection;
        this.reference = reference;
    }

    /**
     * Find a named custom object or have one made.
     *
     * @param connection to the manager
     * @param call with the arguments of the factory as its value, a page of entries with empty keys
     * @param type as registered
     * @param name empty for an anonymous object
     * @param digest of the interface
     * @return the object, or null when its factory failed, and the answer says how
     * @throws InterruptedException when interrupted while it was made; nobody refers to it then
     */
    public static ObjectReference open(
            final Connection connection, final Call call, final String type, final String name, final long digest)
            throws InterruptedException {
        connection.checkLength(call.value().length() + 4 * (type.length() + name.length()));
        final CustomOpenEncoder open = new CustomOpenEncoder()
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .digest(digest)
                .typeName(type)
                .name(name)
                .putArguments(call.value().buffer(), 0, call.value().length());
        connection.invokeInterruptibly(call, open.encodedLength());
        return Answers.isOk(call) ? connection.objects().opened(call, Kind.CUSTOM) : null;
    }

    /** {@return what refers to it} */
    public ObjectReference reference() {
        return reference;
    }

    /** {@return the connection it is reached by} */
    public Connection connection() {
        return connection;
    }

    /**
     * Call a method; what it returned or threw is the call's answer.
     *
     * @param call with the arguments as its value, a page of entries with empty keys
     * @param method number of the method in the interface
     * @return false when it threw
     * @throws InterruptedException when interrupted while waiting; the method may run all the same
     */
    public boolean invoke(final Call call, final int method) throws InterruptedException {
        connection.checkLength(call.value().length());
        final CustomCallEncoder invocation = new CustomCallEncoder()
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(reference.objectId())
                .method(method)
                .putArguments(call.value().buffer(), 0, call.value().length());
        connection.invokeInterruptibly(call, invocation.encodedLength());
        return Answers.isOk(call);
    }
}
