package io.condatis.internal.client;

import io.condatis.error.CondatisException;
import io.condatis.internal.protocol.sbe.Status;

/** What the status of an answer means to the caller. */
final class Answers {
    private Answers() {}

    /** Throws when the server refused the request as illegal, out of bounds, or for a limit. */
    static void check(final Call call) {
        if (call.status() == Status.OUT_OF_BOUNDS) {
            throw new IndexOutOfBoundsException(text(call));
        }
        if (call.status() == Status.ILLEGAL) {
            throw new IllegalArgumentException(text(call));
        }
        if (call.status() == Status.LIMIT) {
            throw new CondatisException(text(call));
        }
    }

    static boolean isOk(final Call call) {
        return call.status() == Status.OK;
    }

    static boolean isCancelled(final Call call) {
        return call.status() == Status.CANCELLED;
    }

    static String text(final Call call) {
        return call.answer()
                .buffer()
                .getStringWithoutLengthUtf8(0, call.answer().length());
    }
}
