package io.condatis.manager;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The methods of an interface that others may call: all but the static ones, those of its super-interfaces included,
 * numbered in the order of their signatures. The digest tells whether two processes number the same methods.
 */
final class RemoteInterface {
    private static final ClassValue<RemoteInterface> KNOWN = new ClassValue<>() {
        @Override
        protected RemoteInterface computeValue(final Class<?> type) {
            return new RemoteInterface(type);
        }
    };

    private final Class<?> type;
    private final Method[] methods;
    private final Map<Method, Integer> numbers = new HashMap<>();
    private final long digest;

    private RemoteInterface(final Class<?> type) {
        if (!type.isInterface() || type.isAnnotation() || type.isHidden() || type.isSealed()) {
            throw new IllegalArgumentException(type.getName()
                    + " cannot be called from other processes: only an interface can that is not sealed or hidden");
        }
        this.type = type;
        final Map<String, Integer> bySignature = new TreeMap<>();
        for (final Method method : type.getMethods()) {
            if (!Modifier.isStatic(method.getModifiers())) {
                bySignature.put(signature(method), 0);
            }
        }
        int next = 0;
        for (final Map.Entry<String, Integer> entry : bySignature.entrySet()) {
            entry.setValue(next++);
        }
        methods = new Method[next];
        for (final Method method : type.getMethods()) {
            if (!Modifier.isStatic(method.getModifiers())) {
                final int number = bySignature.get(signature(method));
                // A proxy may be called through whichever interface declares it.
                numbers.put(method, number);
                method.setAccessible(true);
                methods[number] = method;
            }
        }
        digest = digest(type.getName() + bySignature.keySet());
    }

    /**
     * The methods of an interface.
     *
     * @throws IllegalArgumentException when it is no interface, or one that only its own module can implement
     */
    static RemoteInterface of(final Class<?> type) {
        return KNOWN.get(type);
    }

    Class<?> type() {
        return type;
    }

    long digest() {
        return digest;
    }

    int number(final Method method) {
        return numbers.get(method);
    }

    /** {@return the method of that number, or null} */
    Method method(final int number) {
        return number >= 0 && number < methods.length ? methods[number] : null;
    }

    private static String signature(final Method method) {
        return method.getName()
                + MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                        .toMethodDescriptorString();
    }

    private static long digest(final String text) {
        try {
            final byte[] bytes = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(bytes).getLong();
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
