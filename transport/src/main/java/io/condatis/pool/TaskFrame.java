package io.condatis.pool;

/**
 * The head of a task; its items follow in the frame.
 *
 * @param flags of {@link Frames}
 * @param maxDeliveries most deliveries, the first included
 * @param maxAttempts most workers that may die with it
 * @param task its id
 * @param work id of what it is part of
 * @param function its bytes; empty when it is stored under the work's id
 * @param count number of items
 */
record TaskFrame(int flags, int maxDeliveries, int maxAttempts, long task, long work, byte[] function, int count) {
    static TaskFrame read(final FrameReader in) {
        return new TaskFrame(in.int8(), in.int32(), in.int32(), in.int64(), in.int64(), in.bytes(), in.int32());
    }

    /** {@return where the number of items goes, which is 1 now} */
    static int writeHead(
            final FrameWriter out, final int flags, final long task, final Work work, final byte[] function) {
        out.begin()
                .int8(flags)
                .int32(work.job.maxAttempts())
                .int32(work.job.maxAttempts())
                .int64(task)
                .int64(work.id)
                .bytes(function)
                .int32(1);
        return out.position() - Integer.BYTES;
    }

    boolean stopsAtFailure() {
        return (flags & Frames.STOP_AT_FAILURE) != 0;
    }

    boolean isTimed() {
        return (flags & Frames.TIMED) != 0;
    }
}
