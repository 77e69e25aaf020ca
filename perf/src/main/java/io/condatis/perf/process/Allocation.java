package io.condatis.perf.process;

import com.sun.management.ThreadMXBean;
import io.condatis.manager.Manager;
import io.condatis.manager.SharedDict;
import java.lang.management.ManagementFactory;

/** What the calling thread allocates from now on; processes add up what they found in a dict of the manager. */
final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final String DICT = "allocation";
    private static final String OPERATIONS = " operations";

    private final long before;

    Allocation() {
        THREADS.getCurrentThreadAllocatedBytes(); // the first call allocates
        before = THREADS.getCurrentThreadAllocatedBytes();
    }

    /** Tell what was allocated for so many operations. */
    void report(final Manager manager, final String what, final long operations) {
        final long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
        final SharedDict<String, Long> dict = manager.dict(DICT);
        dict.addAndGet(what, bytes);
        dict.addAndGet(what + OPERATIONS, operations);
    }

    /** {@return bytes for an operation, of all processes that told; NaN when none did} */
    static double reported(final Manager manager, final String what) {
        final SharedDict<String, Long> dict = manager.dict(DICT);
        final long operations = dict.getLong(what + OPERATIONS, 0);
        return operations == 0 ? Double.NaN : (double) dict.getLong(what, 0) / operations;
    }
}
