package io.condatis.pool;

import io.condatis.manager.Manager;
import io.condatis.manager.ManagerOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The manager of a pool: the user's, or one of its own, in this process, that starts while the workers do. */
final class ManagerHold {
    private static final long LEAST_BYTES = 128 << 20;
    private static final long MOST_BYTES = 1 << 30;

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

    private void run() {
        try {
            manager.complete(Manager.embed(new ManagerOptions().name(name).maxTotalBytes(mostBytes())));
        } catch (final Throwable e) {
            manager.completeExceptionally(e);
        }
    }

    /** It shares this JVM's heap. */
    private static long mostBytes() {
        return Math.max(LEAST_BYTES, Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 2));
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
    void release(final Names names, final int clients) {
        if (manager.isCompletedExceptionally()) {
            return;
        }
        final Manager started = get();
        if (own) {
            started.close();
        } else {
            Lines.delete(started, names, clients);
        }
    }
}
