package io.condatis.internal.store;

/**
 * Bytes in use and bytes promised, under a limit and within a larger budget. What has been promised can always be used,
 * so a put that needs no answer never meets a limit.
 */
final class Budget {
    private final long limit;
    private final Budget whole;
    private long used;
    private long promised;

    Budget(final long limit, final Budget whole) {
        this.limit = limit;
        this.whole = whole;
    }

    long limit() {
        return limit;
    }

    long used() {
        return used;
    }

    long promised() {
        return promised;
    }

    /** {@return bytes neither used nor promised, here; the whole may have fewer} */
    long left() {
        return limit - used - promised;
    }

    void use(final long bytes) {
        used += bytes;
        if (whole != null) {
            whole.use(bytes);
        }
    }

    void promise(final long bytes) {
        promised += bytes;
        if (whole != null) {
            whole.promise(bytes);
        }
    }
}
