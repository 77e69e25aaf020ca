package io.condatis.manager;

import io.condatis.internal.client.Connection;
import io.condatis.internal.client.CustomHandler;
import io.condatis.internal.client.CustomProvider;
import io.condatis.internal.client.CustomProvider.Outcome;
import java.lang.ref.Reference;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Runs the custom objects of a manager, in the server's process but beside its thread, as one of its clients. The server
 * sends one request for an object at a time; requests for different objects run at the same time, on as many threads as
 * there are, so one that blocks holds up its own object only.
 */
final class ObjectHost implements CustomHandler, AutoCloseable {
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final Connection connection;
    private final CustomProvider provider;
    private final List<Registration> registrations;
    private final Values values;
    private final Map<Integer, Hosted> objects = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(ObjectHost::thread);
    private volatile boolean closing;
    private final Thread reader = thread(this::serve);

    ObjectHost(final Connection connection, final List<Registration> registrations, final Values values) {
        this.connection = connection;
        this.registrations = registrations;
        this.values = values;
        registrations.forEach(registration -> values.faces().learn(RemoteInterface.of(registration.face())));
        provider = new CustomProvider(connection);
    }

    private static Thread thread(final Runnable task) {
        final Thread thread = new Thread(task, "condatis-objects-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        final Map<String, Long> digests = new LinkedHashMap<>();
        for (final Registration registration : registrations) {
            digests.put(
                    registration.type(), RemoteInterface.of(registration.face()).digest());
        }
        provider.provide(digests, this);
        reader.start();
    }

    private void serve() {
        try {
            provider.serve();
        } catch (final RuntimeException | Error e) {
            if (!closing) {
                System.err.println(
                        "condatis: the custom objects of the manager " + connection.name() + " are lost: " + e);
            }
            // Nobody asks any more, and who waits is told.
            connection.close();
            threads.shutdownNow();
        }
    }

    @Override
    public void onMake(
            final long number,
            final int objectId,
            final int type,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        final DirectBuffer arguments = copy(buffer, offset, length);
        final Hosted hosted = new Hosted(registrations.get(type));
        objects.put(objectId, hosted);
        run(number, objectId, () -> make(number, objectId, hosted, arguments));
    }

    @Override
    public void onInvocation(
            final long number,
            final int objectId,
            final int method,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        final DirectBuffer arguments = copy(buffer, offset, length);
        final Hosted hosted = objects.get(objectId);
        run(number, objectId, () -> invoke(number, objectId, hosted, method, arguments));
    }

    @Override
    public void onDiscard(final int objectId) {
        final Hosted hosted = objects.remove(objectId);
        if (hosted != null) {
            try {
                threads.execute(hosted::discard);
            } catch (final RejectedExecutionException | OutOfMemoryError e) {
                System.err.println("condatis: a custom object that was deleted could not be closed: " + e);
            }
        }
    }

    private void run(final long number, final int objectId, final Runnable task) {
        try {
            threads.execute(task);
        } catch (final RejectedExecutionException e) {
            // Closing: the end of the connection answers everybody.
        } catch (final OutOfMemoryError e) {
            // No further thread can be had; the reader must go on.
            answerThrown(number, objectId, e);
        }
    }

    private static DirectBuffer copy(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return new UnsafeBuffer(bytes);
    }

    private void make(final long number, final int objectId, final Hosted hosted, final DirectBuffer arguments) {
        try {
            hosted.make(Arguments.read(values, arguments));
            provider.answer(number, objectId, Outcome.RETURNED, arguments, 0);
        } catch (final Throwable e) {
            objects.remove(objectId);
            answerThrown(number, objectId, e);
        }
    }

    private void invoke(
            final long number,
            final int objectId,
            final Hosted hosted,
            final int methodNumber,
            final DirectBuffer arguments) {
        final Method method = hosted.face.method(methodNumber);
        if (method == null) {
            answerRefused(
                    number,
                    objectId,
                    "The interface " + hosted.face.type().getName() + " has no method of number " + methodNumber
                            + " in the server.");
            return;
        }
        try {
            final Object[] given = Arguments.read(values, arguments);
            final ExpandableArrayBuffer value = new ExpandableArrayBuffer();
            final Object result = hosted.invoke(method, given);
            final int length = values.encode(result, value, 0);
            provider.answer(number, objectId, Outcome.RETURNED, value, length);
            Reference.reachabilityFence(result); // what it refers to lives until the server has it
        } catch (final Throwable e) {
            answerThrown(number, objectId, e instanceof InvocationTargetException wrapper ? wrapper.getCause() : e);
        }
    }

    private void answerThrown(final long number, final int objectId, final Throwable thrown) {
        if (connection.isClosed()) {
            return;
        }
        final ExpandableArrayBuffer value = new ExpandableArrayBuffer();
        provider.answer(number, objectId, Outcome.THREW, value, RemoteFailure.write(values, thrown, value));
    }

    private void answerRefused(final long number, final int objectId, final String sentence) {
        final UnsafeBuffer text = new UnsafeBuffer(sentence.getBytes(StandardCharsets.UTF_8));
        provider.answer(number, objectId, Outcome.REFUSED, text, text.capacity());
    }

    /** End the connection, which ends the reader. What the user's code still does is interrupted. */
    @Override
    public void close() {
        closing = true;
        connection.close();
        threads.shutdownNow();
    }

    /** An object of the user's; its monitor keeps its end behind what still runs. */
    private static final class Hosted {
        final RemoteInterface face;
        private final Registration registration;
        private Object target;

        Hosted(final Registration registration) {
            this.registration = registration;
            face = RemoteInterface.of(registration.face());
        }

        synchronized void make(final Object[] arguments) throws Exception {
            final Object made = registration.factory().make(arguments);
            if (!face.type().isInstance(made)) {
                throw new IllegalStateException("the factory of the custom type \"" + registration.type() + "\" made "
                        + (made == null ? "null" : "a " + made.getClass().getName()) + ", which is no "
                        + face.type().getName());
            }
            target = made;
        }

        synchronized Object invoke(final Method method, final Object[] arguments)
                throws IllegalAccessException, InvocationTargetException {
            return method.invoke(target, arguments);
        }

        synchronized void discard() {
            if (target instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (final Exception e) {
                    System.err.println("condatis: a custom object of the type \"" + registration.type()
                            + "\" could not be closed: " + e);
                }
            }
        }
    }
}
