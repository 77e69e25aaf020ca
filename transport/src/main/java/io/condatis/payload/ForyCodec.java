package io.condatis.payload;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.apache.fory.Fory;
import org.apache.fory.ThreadSafeFory;
import org.apache.fory.config.Config;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.apache.fory.exception.InsecureException;
import org.apache.fory.resolver.ClassResolver;
import org.apache.fory.serializer.Serializer;

/**
 * Apache Fory, which makes no object of a class that is not registered. Registered is what the allow list allows: a class by its
 * name when it is met for the first time, here or in a payload; and what Fory knows by itself but the list does not allow is
 * made to refuse. What comes as a handle is left to the JDK's serialisation.
 */
final class ForyCodec implements PayloadCodec {
    static final byte ID = 2;

    private static final int MAX_DEPTH = 64;
    /** Of the objects of one payload; that itself has at most a sixteenth. */
    private static final long MAX_OBJECT_BYTES = 1L << 30;

    /** How Fory marks objects that say what they are to be replaced by; their classes are registered like any other. */
    private static final String RESOLVING = "org.apache.fory.serializer.ReplaceResolveSerializer$ReplaceStub";

    private static final Pattern UNREGISTERED = Pattern.compile("[Cc]lass (\\S+) is not registered");

    private final PayloadTypes types;
    private final Map<String, Class<?>> registered = new TreeMap<>();
    private volatile ThreadSafeFory fory;

    ForyCodec(final PayloadTypes types) {
        this.types = types;
    }

    @Override
    public byte id() {
        return ID;
    }

    @Override
    public int encode(
            final Object value, final MutableDirectBuffer buffer, final int offset, final PayloadTypes ignored) {
        ThreadSafeFory current = fory();
        while (true) {
            try {
                final byte[] bytes = current.serialize(value);
                buffer.putBytes(offset, bytes);
                return bytes.length;
            } catch (final RuntimeException | LinkageError | StackOverflowError e) {
                final String unknown = unregistered(e);
                if (unknown == null || !learn(unknown, current)) {
                    throw new UnsupportedOperationException("not by Fory: " + e, e);
                }
                current = fory;
            }
        }
    }

    @Override
    public Object decode(final DirectBuffer buffer, final int offset, final int length, final PayloadTypes ignored) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        ThreadSafeFory current = fory();
        while (true) {
            try {
                return current.deserialize(bytes);
            } catch (final RuntimeException | LinkageError | StackOverflowError e) {
                final String unknown = unregistered(e);
                if (unknown == null) {
                    throw unreadable(e);
                }
                if (!learn(unknown, current)) {
                    throw types.allows(unknown) ? unreadable(e) : PayloadTypes.refused(unknown);
                }
                current = fory;
            }
        }
    }

    private static PayloadException unreadable(final Throwable cause) {
        return new PayloadException(
                "a payload cannot be deserialised here: " + cause + "; sender and receiver need the same classes",
                cause);
    }

    /** {@return the name of a class that is not registered, or refuses, if that is what went wrong; else null} */
    private static String unregistered(final Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal refusal) {
                return refusal.className;
            }
            if (cause instanceof InsecureException) {
                final Matcher name = UNREGISTERED.matcher(String.valueOf(cause.getMessage()));
                return name.find() ? name.group(1) : null;
            }
        }
        return null;
    }

    /** {@return whether it is worth trying again, because a class is registered that was not: it is allowed and is here} */
    private synchronized boolean learn(final String className, final ThreadSafeFory tried) {
        if (fory != tried) {
            return true;
        }
        if (registered.containsKey(className) || !types.allows(className)) {
            return false;
        }
        try {
            final Class<?> type =
                    RecordForms.load(className, Thread.currentThread().getContextClassLoader());
            if (PayloadTypes.isMadeByHandle(type)) {
                return false;
            }
            registered.put(className, type);
            fory = build();
            return true;
        } catch (final ClassNotFoundException | LinkageError | RuntimeException e) {
            registered.remove(className); // it cannot be registered, as no array can
            return false;
        }
    }

    private ThreadSafeFory fory() {
        final ThreadSafeFory present = fory;
        return present != null ? present : made();
    }

    private synchronized ThreadSafeFory made() {
        if (fory == null) {
            fory = build();
        }
        return fory;
    }

    private ThreadSafeFory build() {
        final Map<String, Class<?>> classes = new TreeMap<>(registered);
        final ThreadSafeFory built = Fory.builder()
                .withXlang(false)
                .withRefTracking(true)
                .requireClassRegistration(true)
                .withDeserializeUnknownClass(false)
                .withMaxDepth(MAX_DEPTH)
                .withMaxGraphMemoryBytes(MAX_OBJECT_BYTES)
                .withAsyncCompilation(true)
                .suppressClassRegistrationWarnings(true)
                .withClassLoader(loader())
                .buildThreadSafeFory();
        built.registerCallback(one -> register(one, classes));
        return built;
    }

    private static ClassLoader loader() {
        final ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context != null ? context : ForyCodec.class.getClassLoader();
    }

    private void register(final Fory one, final Map<String, Class<?>> classes) {
        final ClassResolver resolver = (ClassResolver) one.getTypeResolver();
        for (final Class<?> known : resolver.getRegisteredClasses()) {
            if (!types.allows(known) && !known.getName().equals(RESOLVING)) {
                resolver.registerInternalSerializer(known, new Refusing<>(one.getConfig(), known));
            }
        }
        classes.forEach((name, type) -> {
            final int dot = name.lastIndexOf('.');
            one.register(type, name.substring(0, Math.max(0, dot)), name.substring(dot + 1));
        });
    }

    /** What Fory would make though the allow list does not have it. */
    private static final class Refusing<T> extends Serializer<T> {
        Refusing(final Config config, final Class<T> type) {
            super(config, type);
        }

        @Override
        public void write(final WriteContext context, final T value) {
            throw new Refusal(type.getName());
        }

        @Override
        public T read(final ReadContext context) {
            throw new Refusal(type.getName());
        }
    }

    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String className;

        Refusal(final String className) {
            super(className, null, false, false);
            this.className = className;
        }
    }
}
