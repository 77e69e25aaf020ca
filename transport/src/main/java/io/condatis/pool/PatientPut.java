package io.condatis.pool;

import io.condatis.error.CondatisException;
import io.condatis.manager.ByteQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;

/** Puts into a queue whose server may be out of room for the moment: what was put before is on its way out. */
final class PatientPut {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long FIRST_NAP_NS = 100_000;
    private static final long LONGEST_NAP_NS = 10_000_000;

    private PatientPut() {}

    /**
     * @param progress whether something has left since the last call; the patience begins anew then
     * @throws CondatisException when there was no room for too long
     */
    static void put(final ByteQueue queue, final DirectBuffer frame, final int length, final BooleanSupplier progress)
            throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NS;
        long napNs = FIRST_NAP_NS;
        while (true) {
            try {
                queue.put(frame, 0, length);
                return;
            } catch (final CondatisException e) {
                // Only the plain class says that a limit of the server is reached; frames that never fit were refused.
                if (e.getClass() != CondatisException.class || System.nanoTime() - deadline > 0) {
                    throw e;
                }
            }
            TimeUnit.NANOSECONDS.sleep(napNs);
            napNs = Math.min(2 * napNs, LONGEST_NAP_NS);
            if (progress.getAsBoolean()) {
                deadline = System.nanoTime() + PATIENCE_NS;
            }
        }
    }
}
