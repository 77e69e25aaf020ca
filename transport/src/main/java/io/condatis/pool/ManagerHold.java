package io.condatis.pool;

import io.condatis.internal.os.ProcessIdentity;
import io.condatis.manager.Manager;
import io.condatis.manager.ManagerOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

/** The manager of a pool: the user's, or one of its own that starts while the workers do. */
final class ManagerHold {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final CompletableFuture<Manager> manager;
    private final boolean own;
    private final String name;

    ManagerHold(final Manager given, final String name) {
        this.name = name;
        own = given == null;
        manager = own ? new CompletableFuture<>() : CompletableFuture.completedFuture(given);
    }

    void start() {
        if (own) {
            final Thread thread = new Thread(this::run, "condatis-pool-manager");
            thread.setDaemon(true);
            thread.start();
        }
    }

    static String newName() {
        return "pool-" + ProcessIdentity.pid() + "-" + NUMBERS.incrementAndGet();
    }

    private void run() {
        try {
            manager.complete(Manager.start(new ManagerOptions().name(name)));
        } catch (final Throwable e) {
            manager.completeExceptionally(e);
        }
    }

    Manager get() {
        try {
            return manager.join();
        } catch (final CompletionException e) {
            if (e.getCause() instanceof RuntimeException reason) {
                throw reason;
            }
            throw e;
        }
    }

    /** Nothing of the pool is left there afterwards. */
    void release(final WorkerSetup.Names names) {
        if (manager.isCompletedExceptionally()) {
            return;
        }
        final Manager started = get();
        if (own) {
            started.close();
        } else {
            started.delete(names.tasks());
            started.delete(names.replies());
            started.delete(names.functions());
            started.delete(names.cancelled());
        }
    }
}
