package io.condatis.pool;

import io.condatis.payload.Payloads;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** The functions that a worker has met lately, by the work that they belong to, and how each kind is called. */
final class Functions {
    private static final int KEPT = 16;

    private final Map<Long, byte[]> stored;
    private final Payloads payloads;
    private final Map<Long, Object> recent = new LinkedHashMap<>(2 * KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<Long, Object> eldest) {
            return size() > KEPT;
        }
    };

    Functions(final Map<Long, byte[]> stored, final Payloads payloads) {
        this.stored = stored;
        this.payloads = payloads;
    }

    /** The function of a task, or null when the whole work is over. */
    Object of(final TaskFrame task) {
        if (task.function().length > 0) {
            return decode(task.function());
        }
        Object function = recent.get(task.work());
        if (function == null) {
            final byte[] bytes = stored.get(task.work());
            if (bytes == null) {
                return null;
            }
            function = decode(bytes);
            recent.put(task.work(), function);
        }
        return function;
    }

    private Object decode(final byte[] bytes) {
        return new FrameReader().wrap(bytes).payload(payloads);
    }

    /** The arguments of one item are read from the frame, whole even when they cannot be made. */
    @SuppressWarnings("unchecked")
    static Object call(final Object function, final FrameReader arguments, final Payloads payloads) throws Exception {
        if (function instanceof Task1<?, ?> one) {
            return ((Task1<Object, Object>) one).call(arguments.payload(payloads));
        }
        if (function instanceof Task2<?, ?, ?> two) {
            final Object first;
            try {
                first = arguments.payload(payloads);
            } catch (final RuntimeException | LinkageError e) {
                arguments.skipPayload();
                throw e;
            }
            return ((Task2<Object, Object, Object>) two).call(first, arguments.payload(payloads));
        }
        if (function instanceof Callable<?> none) {
            return none.call();
        }
        ((Runnable) function).run();
        return null;
    }
}
