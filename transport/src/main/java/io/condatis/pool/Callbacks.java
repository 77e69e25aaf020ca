package io.condatis.pool;

import io.condatis.error.CondatisException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** The thread that runs the user's callbacks and listeners, one after the other, so that none holds up results. */
final class Callbacks {
    private final ExecutorService executor;
    private volatile Thread thread;

    Callbacks(final String poolName) {
        executor = Executors.newSingleThreadExecutor(task -> {
            thread = new Thread(task, poolName + "-callbacks");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Later, in order; at once when the pool has ended already. */
    void run(final Runnable task) {
        try {
            executor.execute(task);
        } catch (final RejectedExecutionException e) {
            task.run();
        }
    }

    void progress(final ProgressListener listener, final long done, final long total) {
        if (listener != null) {
            run(() -> {
                try {
                    listener.onProgress(done, total);
                } catch (final RuntimeException e) {
                    report("a progress listener threw", e);
                }
            });
        }
    }

    /** Waiting here for what only this thread can complete would never end. */
    void checkMayWait() {
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException("a callback of a pool cannot wait for a result that has callbacks itself,"
                    + " since all callbacks run in this thread; take the result without callbacks or wait elsewhere");
        }
    }

    static void report(final String what, final Throwable failure) {
        System.getLogger(Pool.class.getName()).log(System.Logger.Level.ERROR, what, failure);
    }

    static CondatisException thrown(final String task, final Throwable failure) {
        return new CondatisException("a callback of task '" + task + "' threw: " + failure, failure);
    }

    void shutdown() {
        executor.shutdown();
    }
}
