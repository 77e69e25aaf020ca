package io.condatis.internal.store;

import io.condatis.internal.protocol.EntryPage;
import io.condatis.internal.protocol.ItemRun;
import io.condatis.internal.protocol.sbe.AttachEncoder;
import io.condatis.internal.protocol.sbe.CancelEncoder;
import io.condatis.internal.protocol.sbe.Condition;
import io.condatis.internal.protocol.sbe.CustomCallEncoder;
import io.condatis.internal.protocol.sbe.CustomOpenEncoder;
import io.condatis.internal.protocol.sbe.CustomResultEncoder;
import io.condatis.internal.protocol.sbe.DeleteEncoder;
import io.condatis.internal.protocol.sbe.DictClearEncoder;
import io.condatis.internal.protocol.sbe.DictGetEncoder;
import io.condatis.internal.protocol.sbe.DictPutEncoder;
import io.condatis.internal.protocol.sbe.DictRemoveEncoder;
import io.condatis.internal.protocol.sbe.DictScanEncoder;
import io.condatis.internal.protocol.sbe.DictSizeEncoder;
import io.condatis.internal.protocol.sbe.Flag;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.MessageHeaderEncoder;
import io.condatis.internal.protocol.sbe.ObjectCountEncoder;
import io.condatis.internal.protocol.sbe.ObjectScanEncoder;
import io.condatis.internal.protocol.sbe.OpenEncoder;
import io.condatis.internal.protocol.sbe.ProvideEncoder;
import io.condatis.internal.protocol.sbe.QueueAckEncoder;
import io.condatis.internal.protocol.sbe.QueueDeadLettersEncoder;
import io.condatis.internal.protocol.sbe.QueueDrainEncoder;
import io.condatis.internal.protocol.sbe.QueueGiveBackEncoder;
import io.condatis.internal.protocol.sbe.QueueJoinEncoder;
import io.condatis.internal.protocol.sbe.QueuePutAllEncoder;
import io.condatis.internal.protocol.sbe.QueuePutEncoder;
import io.condatis.internal.protocol.sbe.QueueRemoveEncoder;
import io.condatis.internal.protocol.sbe.QueueScanEncoder;
import io.condatis.internal.protocol.sbe.QueueSizeEncoder;
import io.condatis.internal.protocol.sbe.QueueTakeEncoder;
import io.condatis.internal.protocol.sbe.QueueTakenEncoder;
import io.condatis.internal.protocol.sbe.ReleaseEncoder;
import io.condatis.internal.protocol.sbe.Status;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes what clients send; the last one is at {@link #OFFSET} of {@link #buffer}, {@link #length()} bytes long. */
final class Requests {
    static final int OFFSET = 3;

    final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private int limit;

    int length() {
        return limit - OFFSET;
    }

    Requests open(final long correlation, final Kind kind, final String name, final long argument) {
        final OpenEncoder open = new OpenEncoder().wrapAndApplyHeader(buffer, OFFSET, header);
        open.correlation(correlation).argument(argument).kind(kind);
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return until(open.putName(bytes, 0, bytes.length).limit());
    }

    Requests attach(final long correlation, final Kind kind, final int objectId) {
        return until(new AttachEncoder()
                .wrapAndApplyHeader(buffer, OFFSET, header)
                .correlation(correlation)
                .objectId(objectId)
                .kind(kind)
                .limit());
    }

    Requests provide(final long correlation, final long digest, final String... types) {
        final ExpandableArrayBuffer page = new ExpandableArrayBuffer();
        final EntryPage.Writer writer = new EntryPage.Writer().wrap(page, 0);
        final UnsafeBuffer number = new UnsafeBuffer(new byte[Long.BYTES]);
        number.putLong(0, digest, ByteOrder.LITTLE_ENDIAN);
        for (final String type : types) {
            final UnsafeBuffer name = new UnsafeBuffer(type.getBytes(StandardCharsets.UTF_8));
            writer.key(name, 0, name.capacity()).value(number, 0, Long.BYTES);
        }
        return until(new ProvideEncoder()
                .wrapAndApplyHeader(buffer, OFFSET, header)
                .correlation(correlation)
                .putTypes(page, 0, writer.length())
                .limit());
    }

    Requests customOpen(
            final long correlation,
            final long digest,
            final String type,
            final String name,
            final byte[]... arguments) {
        final byte[] page = arguments(arguments);
        return until(new CustomOpenEncoder()
                .wrapAndApplyHeader(buffer, OFFSET, header)
                .correlation(correlation)
                .digest(digest)
                .typeName(type)
                .name(name)
                .putArguments(page, 0, page.length)
                .limit());
    }

    Requests customCall(final long correlation, final int objectId, final int method, final byte[]... arguments) {
        final byte[] page = arguments(arguments);
        return until(new CustomCallEncoder()
                .wrapAndApplyHeader(buffer, OFFSET, header)
                .correlation(correlation)
                .objectId(objectId)
                .method(method)
                .putArguments(page, 0, page.length)
                .limit());
    }

    Requests customResult(final long number, final int objectId, final Status status, final byte[] value) {
        return until(new CustomResultEncoder()
                .wrapAndApplyHeader(buffer, OFFSET, header)
                .number(number)
                .objectId(objectId)
                .status(status)
                .putValue(value, 0, value.length)
                .limit());
    }

    static byte[] arguments(final byte[]... values) {
        final ExpandableArrayBuffer page = new ExpandableArrayBuffer();
        final EntryPage.Writer writer = new EntryPage.Writer().wrap(page, 0);
        for (final byte[] value : values) {
            writer.key(page, 0, 0).value(new UnsafeBuffer(value), 0, value.length);
        }
        final byte[] bytes = new byte[writer.length()];
        page.getBytes(0, bytes);
        return bytes;
    }

    Requests release(final int objectId, final int count) {
        return until(new ReleaseEncoder()
                .wrapAndApplyHeader(buffer, OFFSET, header)
                .objectId(objectId)
                .count(count)
                .limit());
    }

    Requests delete(final long correlation, final String name) {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return until(new DeleteEncoder()
                .wrapAndApplyHeader(buffer, OFFSET, header)
                .correlation(correlation)
                .putName(bytes, 0, bytes.length)
                .limit());
    }

    Requests objectScan(final long correlation, final long cursor, final int maxBytes) {
        return until(new ObjectScanEncoder()
                .wrapAndApplyHeader(buffer, OFFSET, header)
                .correlation(correlation)
                .cursor(cursor)
                .maxBytes(maxBytes)
                .limit());
    }

    Requests objectCount(final long correlation) {
        return until(new ObjectCountEncoder()
                .wrapAndApplyHeader(buffer, OFFSET, header)
                .correlation(correlation)
                .limit());
    }

    Requests cancel(final long correlation) {
        return until(new CancelEncoder()
                .wrapAndApplyHeader(buffer, OFFSET, header)
                .correlation(correlation)
                .limit());
    }

    Requests dictGet(final long correlation, final int dict, final byte[] key) {
        return until(new DictGetEncoder()
                .wrapAndApplyHeader(buffer, OFFSET, header)
                .correlation(correlation)
                .objectId(dict)
                .putKey(key, 0, key.length)
                .limit());
    }

    Requests dictPut(
            final long correlation,
            final int dict,
            final Condition condition,
            final byte[] key,
            final byte[] value,
            final byte[] expected) {
        return until(new DictPutEncoder()
                .wrapAndApplyHeader(buffer, OFFSET, header)
                .correlation(correlation)
                .objectId(dict)
                .condition(condition)
                .wantPrevious(Flag.YES)
                .putKey(key, 0, key.length)
                .putValue(value, 0, value.length)
                .putExpected(expected, 0, expected.length)
                .limit());
    }

    Requests dictRemove(
            final long correlation,
            final int dict,
            final Condition condition,
            final byte[] key,
            final byte[] expected) {
        return until(new DictRemoveEncoder()
                .wrapAndApplyHeader(buffer, OFFSET, header)
                .correlation(correlation)
                .objectId(dict)
                .condition(condition)
                .putKey(key, 0, key.length)
                .putExpected(expected, 0, expected.length)
                .limit());
    }

    Requests dictSize(final long correlation, final int dict) {
        return until(new DictSizeEncoder()
                .wrapAndApplyHeader(buffer, OFFSET, header)
                .correlation(correlation)
                .objectId(dict)
                .limit());
    }

    Requests dictClear(final long correlation, final int dict) {
        return until(new DictClearEncoder()
                .wrapAndApplyHeader(buffer, OFFSET, header)
                .correlation(correlation)
                .objectId(dict)
                .limit());
    }

    Requests dictScan(
            final long correlation, final int dict, final long cursor, final int maxBytes, final Flag withValues) {
        return until(new DictScanEncoder()
                .wrapAndApplyHeader(buffer, OFFSET, header)
                .correlation(correlation)
                .objectId(dict)
                .cursor(cursor)
                .maxBytes(maxBytes)
                .withValues(withValues)
                .limit());
    }

    Requests queuePut(final long correlation, final int queue, final long timeoutNs, final byte[] body) {
        return queuePut(correlation, queue, timeoutNs, 0, body);
    }

    Requests queuePut(
            final long correlation, final int queue, final long timeoutNs, final long priority, final byte[] body) {
        return until(new QueuePutEncoder()
                .wrapAndApplyHeader(buffer, OFFSET, header)
                .correlation(correlation)
                .objectId(queue)
                .timeoutNs(timeoutNs)
                .priority(priority)
                .putBody(body, 0, body.length)
                .limit());
    }

    Requests queueTake(final long correlation, final int queue, final long timeoutNs) {
        return until(new QueueTakeEncoder()
                .wrapAndApplyHeader(buffer, OFFSET, header)
                .correlation(correlation)
                .objectId(queue)
                .timeoutNs(timeoutNs)
                .limit());
    }

    Requests queueAck(final int queue, final int sequence) {
        return until(new QueueAckEncoder()
                .wrapAndApplyHeader(buffer, OFFSET, header)
                .objectId(queue)
                .sequence(sequence)
                .limit());
    }

    Requests queueTaken(final int queue) {
        return until(new QueueTakenEncoder()
                .wrapAndApplyHeader(buffer, OFFSET, header)
                .objectId(queue)
                .limit());
    }

    Requests queueJoin(final long correlation, final int queue, final long timeoutNs) {
        return until(new QueueJoinEncoder()
                .wrapAndApplyHeader(buffer, OFFSET, header)
                .correlation(correlation)
                .objectId(queue)
                .timeoutNs(timeoutNs)
                .limit());
    }

    Requests queueSize(final long correlation, final int queue) {
        return until(new QueueSizeEncoder()
                .wrapAndApplyHeader(buffer, OFFSET, header)
                .correlation(correlation)
                .objectId(queue)
                .limit());
    }

    Requests queueScan(
            final long correlation, final int queue, final long cursor, final long priority, final int maxBytes) {
        return until(new QueueScanEncoder()
                .wrapAndApplyHeader(buffer, OFFSET, header)
                .correlation(correlation)
                .objectId(queue)
                .cursor(cursor)
                .maxBytes(maxBytes)
                .priority(priority)
                .limit());
    }

    Requests queueDrain(final long correlation, final int queue, final int maxItems) {
        return until(new QueueDrainEncoder()
                .wrapAndApplyHeader(buffer, OFFSET, header)
                .correlation(correlation)
                .objectId(queue)
                .maxItems(maxItems)
                .limit());
    }

    Requests queueGiveBack(final long correlation, final int queue, final int sequence) {
        return until(new QueueGiveBackEncoder()
                .wrapAndApplyHeader(buffer, OFFSET, header)
                .correlation(correlation)
                .objectId(queue)
                .sequence(sequence)
                .limit());
    }

    Requests queueRemove(final long correlation, final int queue, final long priority, final long arrival) {
        return until(new QueueRemoveEncoder()
                .wrapAndApplyHeader(buffer, OFFSET, header)
                .correlation(correlation)
                .objectId(queue)
                .priority(priority)
                .arrival(arrival)
                .limit());
    }

    Requests queueDeadLetters(final long correlation, final int queue, final int maxAttempts, final int target) {
        return until(new QueueDeadLettersEncoder()
                .wrapAndApplyHeader(buffer, OFFSET, header)
                .correlation(correlation)
                .objectId(queue)
                .maxAttempts(maxAttempts)
                .targetId(target)
                .limit());
    }

    Requests queuePutAll(final long correlation, final int queue, final byte[]... bodies) {
        final ExpandableArrayBuffer run = new ExpandableArrayBuffer();
        int length = 0;
        for (final byte[] body : bodies) {
            final int start = ItemRun.putHeader(run, length, 0, body.length);
            run.putBytes(start, body);
            length = start + body.length;
        }
        return until(new QueuePutAllEncoder()
                .wrapAndApplyHeader(buffer, OFFSET, header)
                .correlation(correlation)
                .objectId(queue)
                .priority(0)
                .putItems(run, 0, length)
                .limit());
    }

    Requests until(final int encoderLimit) {
        limit = encoderLimit;
        return this;
    }
}
