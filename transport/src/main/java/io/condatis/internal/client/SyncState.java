package io.condatis.internal.client;

import io.condatis.internal.protocol.sbe.BreakCause;
import io.condatis.internal.protocol.sbe.SyncStatusDecoder;

/**
 * How an object that threads meet at stood when the server was asked.
 *
 * @param number fence of a lock's grant or 0, free permits, waits, 1 for an event that is set, parties that wait
 * @param pid of a lock's owner, or 0
 * @param thread of a lock's owner
 * @param waiting requests that wait
 * @param detail 1 for a lock that is abandoned, permits taken of a semaphore
 * @param breakage why a barrier is broken; null when it is whole
 */
public record SyncState(long number, long pid, long thread, int waiting, int detail, String breakage) {
    /** Ask; the call has encoded the request. */
    static SyncState ask(final Connection connection, final Call call, final int encodedLength) {
        connection.invoke(call, encodedLength);
        final SyncStatusDecoder status = new SyncStatusDecoder()
                .wrap(call.answer().buffer(), 0, SyncStatusDecoder.BLOCK_LENGTH, SyncStatusDecoder.SCHEMA_VERSION);
        final BreakCause cause = status.cause();
        return new SyncState(
                call.number(),
                status.pid(),
                status.thread(),
                status.waiting(),
                status.detail(),
                cause == BreakCause.NONE ? null : RemoteBarrier.describe(cause));
    }
}
