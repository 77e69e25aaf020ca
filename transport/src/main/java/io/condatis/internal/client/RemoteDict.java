package io.condatis.internal.client;

import io.condatis.internal.protocol.sbe.Condition;
import io.condatis.internal.protocol.sbe.DictAddEncoder;
import io.condatis.internal.protocol.sbe.DictClearEncoder;
import io.condatis.internal.protocol.sbe.DictGetAllEncoder;
import io.condatis.internal.protocol.sbe.DictGetEncoder;
import io.condatis.internal.protocol.sbe.DictPopEncoder;
import io.condatis.internal.protocol.sbe.DictPutAllEncoder;
import io.condatis.internal.protocol.sbe.DictPutEncoder;
import io.condatis.internal.protocol.sbe.DictRemoveAllEncoder;
import io.condatis.internal.protocol.sbe.DictRemoveEncoder;
import io.condatis.internal.protocol.sbe.DictRetainAllEncoder;
import io.condatis.internal.protocol.sbe.DictScanEncoder;
import io.condatis.internal.protocol.sbe.DictSizeEncoder;
import io.condatis.internal.protocol.sbe.Flag;
import io.condatis.internal.protocol.sbe.Status;

/**
 * A managed dict, in bytes. Each method sends one request and waits for its answer; keys and values are in the call that the
 * caller has begun and ends. Thread-safe as long as each call is one thread's.
 */
public final class RemoteDict {
    /** Most bytes of entries asked for in one page. */
    private static final int PAGE_BYTES = 32 * 1024;
    /** Most bytes of entries asked for by their keys at once. */
    private static final int BATCH_BYTES = 1 << 20;

    private final Connection connection;
    private final ObjectReference reference;
    private final int objectId;

    RemoteDict(final Connection connection, final ObjectReference reference) {
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
     * Look a key up; the value is the call's answer.
     *
     * @param call with the key
     * @return whether the key is present
     */
    public boolean get(final Call call) {
        connection.checkLength(call.key().length());
        final DictGetEncoder get = call.encoders
                .dictGet
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .putKey(call.key().buffer(), 0, call.key().length());
        connection.invoke(call, get.encodedLength());
        return Answers.isOk(call);
    }

    /** When a value is stored. */
    public enum PutCondition {
        /** Always. */
        ALWAYS(Condition.ALWAYS),
        /** Only where the key is absent. */
        IF_ABSENT(Condition.IF_ABSENT),
        /** Only where the key is present. */
        IF_PRESENT(Condition.IF_PRESENT),
        /** Only where the present value is byte for byte the expected one. */
        IF_EQUAL(Condition.IF_EQUAL);

        private final Condition condition;

        PutCondition(final Condition condition) {
            this.condition = condition;
        }
    }

    /**
     * Store a value under a condition. The call's number is 1 and its answer the previous value when the key was present;
     * otherwise its number is 0.
     *
     * @param call with the key, the value, and for IF_EQUAL the expected value
     * @param when the condition
     * @return whether it held and the value was stored
     */
    public boolean put(final Call call, final PutCondition when) {
        return put(call, when, when == PutCondition.IF_EQUAL ? Flag.NO : Flag.YES);
    }

    /**
     * Store a value and leave the answer empty, whatever was there.
     *
     * @param call with the key and the value
     */
    public void put(final Call call) {
        put(call, PutCondition.ALWAYS, Flag.NO);
    }

    private boolean put(final Call call, final PutCondition when, final Flag wantPrevious) {
        final int expectedLength =
                when == PutCondition.IF_EQUAL ? call.expected().length() : 0;
        connection.checkLength(call.key().length() + call.value().length() + expectedLength);
        final DictPutEncoder put = call.encoders
                .dictPut
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .condition(when.condition)
                .wantPrevious(wantPrevious)
                .putKey(call.key().buffer(), 0, call.key().length())
                .putValue(call.value().buffer(), 0, call.value().length())
                .putExpected(call.expected().buffer(), 0, expectedLength);
        connection.invoke(call, put.encodedLength());
        return Answers.isOk(call);
    }

    /**
     * Remove a key; the removed value is the call's answer.
     *
     * @param call with the key
     * @return whether it was present
     */
    public boolean remove(final Call call) {
        return remove(call, Condition.ALWAYS, 0);
    }

    /**
     * Remove a key if its value is byte for byte the expected one.
     *
     * @param call with the key and the expected value
     * @return whether it was removed
     */
    public boolean removeIfEqual(final Call call) {
        return remove(call, Condition.IF_EQUAL, call.expected().length());
    }

    private boolean remove(final Call call, final Condition condition, final int expectedLength) {
        connection.checkLength(call.key().length() + expectedLength);
        final DictRemoveEncoder remove = new DictRemoveEncoder()
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .condition(condition)
                .putKey(call.key().buffer(), 0, call.key().length())
                .putExpected(call.expected().buffer(), 0, expectedLength);
        connection.invoke(call, remove.encodedLength());
        return call.status() == Status.OK;
    }

    /** {@return number of entries} */
    public long size() {
        final Call call = connection.begin();
        try {
            final DictSizeEncoder size = new DictSizeEncoder()
                    .wrapAndApplyHeader(call.request, 0, call.header)
                    .correlation(call.correlation())
                    .objectId(objectId);
            connection.invoke(call, size.encodedLength());
            return call.number();
        } finally {
            connection.end(call);
        }
    }

    /** Remove every entry. */
    public void clear() {
        final Call call = connection.begin();
        try {
            final DictClearEncoder clear = new DictClearEncoder()
                    .wrapAndApplyHeader(call.request, 0, call.header)
                    .correlation(call.correlation())
                    .objectId(objectId);
            connection.invoke(call, clear.encodedLength());
        } finally {
            connection.end(call);
        }
    }

    /**
     * Fetch a page of entries in insertion order; the page is the call's answer.
     *
     * @param call any
     * @param cursor 0 to begin, then what the last page returned
     * @return cursor of the next page, 0 after the last
     */
    public long scan(final Call call, final long cursor) {
        return scan(call, cursor, Flag.YES);
    }

    /**
     * Fetch a page of keys with empty values, in insertion order; the page is the call's answer.
     *
     * @param call any
     * @param cursor 0 to begin, then what the last page returned
     * @return cursor of the next page, 0 after the last
     */
    public long scanKeys(final Call call, final long cursor) {
        return scan(call, cursor, Flag.NO);
    }

    private long scan(final Call call, final long cursor, final Flag withValues) {
        final DictScanEncoder scan = new DictScanEncoder()
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .cursor(cursor)
                .maxBytes(PAGE_BYTES)
                .withValues(withValues);
        connection.invoke(call, scan.encodedLength());
        return call.number();
    }

    /**
     * Store a page of entries, all or none.
     *
     * @param call whose value is the page
     * @param ifAbsent whether entries that are present are left as they are
     * @return how many keys were absent
     */
    public long putAll(final Call call, final boolean ifAbsent) {
        connection.checkLength(call.value().length());
        final DictPutAllEncoder put = new DictPutAllEncoder()
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .condition(ifAbsent ? Condition.IF_ABSENT : Condition.ALWAYS)
                .putEntries(call.value().buffer(), 0, call.value().length());
        connection.invoke(call, put.encodedLength());
        return call.number();
    }

    /**
     * Look many keys up; a page of those present is the call's answer.
     *
     * @param call whose value is a page of keys
     * @param withValues whether the values are wanted
     * @return how many of the keys were looked up, from the first on, because of the length of the answer
     */
    public long getAll(final Call call, final boolean withValues) {
        connection.checkLength(call.value().length());
        final DictGetAllEncoder get = new DictGetAllEncoder()
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .maxBytes(BATCH_BYTES)
                .withValues(withValues ? Flag.YES : Flag.NO)
                .putKeys(call.value().buffer(), 0, call.value().length());
        connection.invoke(call, get.encodedLength());
        return call.number();
    }

    /**
     * Remove many keys.
     *
     * @param call whose value is a page of keys
     * @return how many were present
     */
    public long removeAll(final Call call) {
        connection.checkLength(call.value().length());
        final DictRemoveAllEncoder remove = new DictRemoveAllEncoder()
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .putKeys(call.value().buffer(), 0, call.value().length());
        connection.invoke(call, remove.encodedLength());
        return call.number();
    }

    /**
     * Remove all keys but some.
     *
     * @param call whose value is a page of entries; only the keys matter
     * @return how many were removed
     */
    public long retainAll(final Call call) {
        connection.checkLength(call.value().length());
        final DictRetainAllEncoder retain = new DictRetainAllEncoder()
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .putKeys(call.value().buffer(), 0, call.value().length());
        connection.invoke(call, retain.encodedLength());
        return call.number();
    }

    /**
     * Remove an entry; a page of it is the call's answer.
     *
     * @param call any
     * @param last whether the entry that was added last, not first
     * @return false when there is none
     */
    public boolean pop(final Call call, final boolean last) {
        final DictPopEncoder pop = new DictPopEncoder()
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .last(last ? Flag.YES : Flag.NO);
        connection.invoke(call, pop.encodedLength());
        return Answers.isOk(call);
    }

    /**
     * Add to a number; the sum is the call's answer.
     *
     * @param call with the key, and the operand as its value
     * @return false when the key is absent
     * @throws IllegalStateException when the value is no number of the operand's type
     */
    public boolean add(final Call call) {
        connection.checkLength(call.key().length() + call.value().length());
        final DictAddEncoder add = call.encoders
                .dictAdd
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .putKey(call.key().buffer(), 0, call.key().length())
                .putOperand(call.value().buffer(), 0, call.value().length());
        connection.invoke(call, add.encodedLength());
        return Answers.isOk(call);
    }
}
