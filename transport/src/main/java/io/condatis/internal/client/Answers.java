package io.condatis.internal.client;

import io.condatis.error.CondatisException;
import io.condatis.internal.protocol.sbe.Status;

/** What the status of an answer means to the caller. */
final class Answers {
    private Answers() {}

    /** Throws when the server refused the request for another reason than the present state of the object. */
    static void check(final Call call) {
        switch (call.status()) {
            case ILLEGAL -> throw new IllegalArgumentException(text(call));
            case LIMIT -> throw new CondatisException(text(call));
            case GONE, ILLEGAL_STATE -> throw new IllegalStateException(text(call));
            case NOT_OWNER -> throw new IllegalMonitorStateException(text(call));
            case OUT_OF_BOUNDS -> throw new IndexOutOfBoundsException(text(call));
            default -> {
                // Granted, or not: the request knows what that means.
            }
        }
    }

    static boolean isOk(final Call call) {
        return call.status() == Status.OK;
    }

    static boolean isCancelled(final Call call) {
        return call.status() == Status.CANCELLED;
    }

    private static String text(final Call call) {
        return call.answer()
                .buffer()
                .getStringWithoutLengthUtf8(0, call.answer().length());
    }
}
