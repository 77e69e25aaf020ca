package io.condatis.internal.store;

import static io.condatis.internal.store.QueueModel.check;

import io.condatis.internal.protocol.sbe.Condition;
import io.condatis.internal.protocol.sbe.Status;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/** What an array of shorts must do. */
final class ArrayModel implements ContainerModel {
    static final int LENGTH = 10;
    static final long ARGUMENT = (long) 'h' << Integer.SIZE | LENGTH;

    private static final byte[] EMPTY = {};

    private final short[] elements = new short[LENGTH];
    private boolean wasSet;

    @Override
    public void request(final SimulatedRequest request, final int array, final Random random) {
        final int from = random.nextInt(LENGTH + 1);
        final int count = random.nextInt(4);
        switch (random.nextInt(3)) {
            case 0 -> {
                request.encoder = out ->
                        ContainerRequests.to(out, request.correlation, array).arrayGet(from, count);
                request.expectation = reply -> checkRange(reply, Status.OK, from, count);
            }
            case 1 -> set(request, array, from, random);
            default -> {
                final long operand = random.nextInt();
                request.encoder = out ->
                        ContainerRequests.to(out, request.correlation, array).arrayAdd(from, operand);
                request.expectation = reply -> {
                    if (from < LENGTH) {
                        elements[from] += (short) operand;
                        wasSet = true;
                    }
                    checkRange(reply, Status.OK, from, 1);
                };
            }
        }
    }

    private void set(final SimulatedRequest request, final int array, final int from, final Random random) {
        final short[] values = {(short) random.nextInt(2), (short) random.nextInt(2)};
        final short[] expected = {(short) random.nextInt(2), (short) random.nextInt(2)};
        final Condition condition = random.nextInt(20) == 0
                ? Condition.IF_ABSENT
                : random.nextBoolean() ? Condition.ALWAYS : Condition.IF_EQUAL;
        request.encoder = out -> ContainerRequests.to(out, request.correlation, array)
                .arraySet(from, condition, bytes(values), condition == Condition.IF_EQUAL ? bytes(expected) : EMPTY);
        request.expectation = reply -> {
            if (from + 2 > LENGTH) {
                checkRange(reply, Status.OK, from, 2);
                return;
            }
            final boolean holds =
                    switch (condition) {
                        case IF_ABSENT -> !wasSet;
                        case IF_EQUAL -> elements[from] == expected[0] && elements[from + 1] == expected[1];
                        default -> true;
                    };
            if (holds) {
                check(reply.status() == Status.OK && reply.value().length == 0, "not set: ", reply);
                elements[from] = values[0];
                elements[from + 1] = values[1];
                wasSet = true;
            } else {
                checkRange(reply, Status.REFUSED, from, 2);
            }
        };
    }

    private void checkRange(final Received reply, final Status status, final int from, final int count) {
        if (from + count > LENGTH) {
            check(reply.status() == Status.OUT_OF_BOUNDS, "not out of bounds: ", reply);
        } else {
            check(
                    reply.status() == status
                            && Arrays.equals(reply.value(), bytes(Arrays.copyOfRange(elements, from, from + count))),
                    "wrong elements: ",
                    reply);
        }
    }

    private static byte[] bytes(final short... values) {
        final ByteBuffer bytes =
                ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (final short value : values) {
            bytes.putShort(value);
        }
        return bytes.array();
    }
}
