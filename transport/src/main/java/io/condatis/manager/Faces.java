package io.condatis.manager;

import java.lang.reflect.Method;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The interfaces of custom objects that this process has met, so that a reference to such an object can be given its proxy:
 * those that it asked for, and those that their methods return or take. Thread-safe.
 */
final class Faces {
    private final ConcurrentHashMap<Long, RemoteInterface> byDigest = new ConcurrentHashMap<>();

    void learn(final RemoteInterface face) {
        if (byDigest.putIfAbsent(face.digest(), face) == null) {
            for (final Method method : face.type().getMethods()) {
                learn(method.getReturnType());
                for (final Class<?> parameter : method.getParameterTypes()) {
                    learn(parameter);
                }
            }
        }
    }

    private void learn(final Class<?> type) {
        if (type.isInterface()
                && !type.isSealed()
                && !type.isAnnotation()
                && !type.getName().startsWith("java.")) {
            learn(RemoteInterface.of(type));
        }
    }

    /** {@return the interface of that digest, or null} */
    RemoteInterface find(final long digest) {
        return byDigest.get(digest);
    }
}
