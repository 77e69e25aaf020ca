package io.condatis.internal.os;

import java.util.Map;
import java.util.TreeMap;

/**
 * Closes what the user left open when the JVM ends by exit, SIGINT or SIGTERM: each registered resource once, last
 * registered first. A SIGKILL or {@link Runtime#halt} runs nothing; whoever registers must survive that too.
 *
 * <p>Thread-safe. A resource that fails does not stop the others; the first failure, carrying the later ones as
 * suppressed, goes to the uncaught exception handler of the hook's thread.
 */
public final class ExitHooks {
    private static final TreeMap<Long, Registration> REGISTRATIONS = new TreeMap<>();
    private static long nextOrder;
    private static boolean installed;
    private static boolean finished;

    private ExitHooks() {}

    /**
     * Has a resource closed at the end of the JVM. The reference is strong until then or until it is cancelled.
     *
     * @param resource closed on the hook's thread, at most once
     * @return the handle that takes it back
     * @throws IllegalStateException when the JVM is ending and the hooks have run: the caller must clean up itself
     */
    public static Registration register(final AutoCloseable resource) {
        synchronized (REGISTRATIONS) {
            if (finished) {
                throw new IllegalStateException("This JVM is ending: nothing new can be opened.");
            }
            if (!installed) {
                Runtime.getRuntime().addShutdownHook(new Thread(ExitHooks::runAll, "condatis-exit"));
                installed = true;
            }
            final Registration registration = new Registration(nextOrder++, resource);
            REGISTRATIONS.put(registration.order, registration);
            return registration;
        }
    }

    private static void runAll() {
        Throwable failure = null;
        for (Registration next = takeLast(); next != null; next = takeLast()) {
            try {
                next.resource.close();
            } catch (final Exception | Error e) {
                failure = chain(failure, e);
            }
        }
        if (failure != null) {
            final Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
        }
    }

    private static Throwable chain(final Throwable first, final Throwable next) {
        if (first == null) {
            return next;
        }
        if (first != next) {
            first.addSuppressed(next);
        }
        return first;
    }

    private static Registration takeLast() {
        synchronized (REGISTRATIONS) {
            final Map.Entry<Long, Registration> last = REGISTRATIONS.pollLastEntry();
            finished = last == null;
            return finished ? null : last.getValue();
        }
    }

    /** One registered resource. */
    public static final class Registration {
        private final long order;
        private final AutoCloseable resource;

        private Registration(final long order, final AutoCloseable resource) {
            this.order = order;
            this.resource = resource;
        }

        /** Forgets the resource without closing it; without effect once it has been closed or cancelled. */
        public void cancel() {
            synchronized (REGISTRATIONS) {
                REGISTRATIONS.remove(order);
            }
        }
    }
}
