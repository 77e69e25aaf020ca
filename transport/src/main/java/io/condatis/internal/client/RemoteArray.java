package io.condatis.internal.client;

import io.condatis.internal.protocol.sbe.ArrayAddEncoder;
import io.condatis.internal.protocol.sbe.ArrayGetEncoder;
import io.condatis.internal.protocol.sbe.ArraySetEncoder;
import io.condatis.internal.protocol.sbe.Condition;

/**
 * A managed array, in bytes: little-endian elements of its type. Each method sends one request and waits for its answer.
 * Thread-safe as long as each call is one thread's.
 */
public final class RemoteArray {
    private final Connection connection;
    private final ObjectReference reference;
    private final int objectId;

    RemoteArray(final Connection connection, final ObjectReference reference) {
        this.connection = connection;
        this.reference = reference;
        objectId = reference.objectId();
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
     * Read elements; they are the call's answer.
     *
     * @param call any
     * @param from first index
     * @param count number of elements
     * @throws IndexOutOfBoundsException when there are not so many
     */
    public void get(final Call call, final int from, final int count) {
        final ArrayGetEncoder get = call.encoders
                .arrayGet
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .from(from)
                .count(count);
        connection.invokePlain(call, get.encodedLength());
    }

    /**
     * Write elements.
     *
     * @param call whose value they are
     * @param from first index
     * @throws IndexOutOfBoundsException when there are not so many
     */
    public void set(final Call call, final int from) {
        set(call, from, Condition.ALWAYS, 0);
    }

    /**
     * Write elements if nothing was ever written to the array.
     *
     * @param call whose value they are
     * @param from first index
     * @return whether they were written
     */
    public boolean initialise(final Call call, final int from) {
        return set(call, from, Condition.IF_ABSENT, 0);
    }

    /**
     * Write elements if those that are there are as expected.
     *
     * @param call whose value they are, with as many expected
     * @param from first index
     * @return whether they were written
     */
    public boolean setIfEqual(final Call call, final int from) {
        return set(call, from, Condition.IF_EQUAL, call.expected().length());
    }

    private boolean set(final Call call, final int from, final Condition condition, final int expectedLength) {
        connection.checkLength(call.value().length() + expectedLength);
        final ArraySetEncoder set = call.encoders
                .arraySet
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .from(from)
                .condition(condition)
                .putElements(call.value().buffer(), 0, call.value().length())
                .putExpected(call.expected().buffer(), 0, expectedLength);
        connection.invokePlain(call, set.encodedLength());
        return Answers.isOk(call);
    }

    /**
     * Add to an element, wrapping; its new bytes are the call's answer.
     *
     * @param call any
     * @param index from 0
     * @param operand an integer, or for floating types the bits of a double
     */
    public void add(final Call call, final int index, final long operand) {
        final ArrayAddEncoder add = call.encoders
                .arrayAdd
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .index(index)
                .operand(operand);
        connection.invokePlain(call, add.encodedLength());
    }
}
