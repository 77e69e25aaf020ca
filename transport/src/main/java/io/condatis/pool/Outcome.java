package io.condatis.pool;

/**
 * How one item ended.
 *
 * @param kind of {@link Frames}
 * @param value the result
 * @param failure what was thrown, or null
 * @param where worker that it was thrown in, null when the failure is the pool's own
 */
record Outcome(byte kind, Object value, Throwable failure, String where) {
    private static final Outcome NOT_RUN = new Outcome(Frames.NOT_RUN, null, null, null);

    static Outcome of(final Object value) {
        return new Outcome(Frames.OK, value, null, null);
    }

    static Outcome thrown(final Throwable failure, final String where) {
        return new Outcome(Frames.FAILED, null, failure, where);
    }

    static Outcome failed(final Throwable failure) {
        return new Outcome(Frames.FAILED, null, failure, null);
    }

    static Outcome notRun() {
        return NOT_RUN;
    }

    boolean isFailure() {
        return kind == Frames.FAILED;
    }
}
