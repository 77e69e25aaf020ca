package io.condatis.internal.host;

import io.condatis.internal.protocol.Protocol;
import io.condatis.internal.store.StoreLimits;
import java.io.Serializable;

/**
 * What a server refuses to exceed, as far as its starter chooses; 0 stands for the default.
 *
 * @param maxSessions most clients at once
 * @param maxObjects most objects
 * @param maxWaitingRequests most requests of one client that wait at once
 * @param maxQueueBytes most bytes in one queue
 * @param maxCallBytes most bytes of arguments of calls of custom objects that have not ended
 * @param maxTotalBytes most bytes in all
 * @serial exclude
 */
public record ServerLimits(
        int maxSessions,
        int maxObjects,
        int maxWaitingRequests,
        long maxQueueBytes,
        long maxCallBytes,
        long maxTotalBytes)
        implements Serializable {
    /** The defaults. */
    public static final ServerLimits DEFAULTS = new ServerLimits(0, 0, 0, 0, 0, 0);

    StoreLimits storeLimits() {
        final StoreLimits limits = new StoreLimits()
                .maxValueBytes(Protocol.MAX_VALUE_LENGTH)
                .maxCreditedBytes(Protocol.MAX_CREDITED_LENGTH);
        limits.maxSessions(or(maxSessions, limits.maxSessions()));
        limits.maxObjects(or(maxObjects, limits.maxObjects()));
        limits.maxWaitingRequests(or(maxWaitingRequests, limits.maxWaitingRequests()));
        limits.maxQueueBytes(or(maxQueueBytes, limits.maxQueueBytes()));
        limits.maxCallBytes(or(maxCallBytes, limits.maxCallBytes()));
        // The other half of the heap is for what is on its way in and out.
        final long fitting =
                Math.min(limits.maxTotalBytes(), Runtime.getRuntime().maxMemory() / 2);
        limits.maxTotalBytes(or(maxTotalBytes, fitting));
        return limits;
    }

    private static int or(final int chosen, final int otherwise) {
        return (int) or((long) chosen, otherwise);
    }

    private static long or(final long chosen, final long otherwise) {
        return chosen == 0 ? otherwise : chosen;
    }
}
