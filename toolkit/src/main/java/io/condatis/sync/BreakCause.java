package io.condatis.sync;

/** Why a barrier is broken. The codes are part of the layout. */
enum BreakCause {
    DEATH(1, "a party was killed"),
    TIMEOUT(2, "a party waited too long"),
    INTERRUPT(3, "a party was interrupted"),
    ACTION(4, "the action threw an exception"),
    ABORT(5, "abort() was called"),
    /** Never written. */
    UNKNOWN(6, "its memory holds a cause that is unknown here");

    private final int code;
    private final String text;

    BreakCause(final int code, final String text) {
        this.code = code;
        this.text = text;
    }

    int code() {
        return code;
    }

    String text() {
        return text;
    }

    /** {@return the cause, null for 0, UNKNOWN for what no process that knows how has written} */
    static BreakCause of(final int code) {
        return code == 0 ? null : code < 0 || code > UNKNOWN.code ? UNKNOWN : values()[code - 1];
    }

    /** {@return the cause in words, for whatever the memory holds} */
    static String textOf(final int code) {
        return code < 1 || code > values().length ? "cause " + code : of(code).text();
    }
}
