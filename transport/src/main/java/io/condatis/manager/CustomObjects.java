package io.condatis.manager;

import io.condatis.internal.client.Call;
import io.condatis.internal.client.Connection;
import io.condatis.internal.client.ObjectReference;
import io.condatis.internal.client.RemoteCustom;
import java.lang.ref.Reference;
import java.lang.reflect.Proxy;

/** Makes custom objects and their proxies. */
final class CustomObjects {
    private final Connection connection;
    private final Values values;

    CustomObjects(final Connection connection, final Values values) {
        this.connection = connection;
        this.values = values;
    }

    <T> T open(final String name, final String type, final Class<T> face, final Object... arguments) {
        final RemoteInterface methods = RemoteInterface.of(face);
        final String what =
                "custom object " + (name.isEmpty() ? "" : "\"" + name + "\" ") + "of the type \"" + type + "\"";
        final Call call = connection.begin();
        try {
            Arguments.write(values, arguments, call.value());
            final ObjectReference reference = RemoteCustom.open(connection, call, type, name, methods.digest());
            if (reference == null) {
                throw unchecked(RemoteFailure.read(values, call.answer())
                        .toThrow("the factory of the " + what, where(connection)));
            }
            values.faces().learn(methods);
            return face.cast(proxy(new RemoteCustom(connection, reference), methods, values, what));
        } catch (final InterruptedException e) {
            throw CustomProxy.interrupted("making the " + what);
        } finally {
            Reference.reachabilityFence(arguments); // what they refer to lives until the server has them
            connection.end(call);
        }
    }

    static Object proxy(
            final RemoteCustom remote, final RemoteInterface methods, final Values values, final String what) {
        final Class<?> face = methods.type();
        return Proxy.newProxyInstance(
                face.getClassLoader(), new Class<?>[] {face}, new CustomProxy(remote, methods, values, what));
    }

    private static RuntimeException unchecked(final Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return (RuntimeException) thrown;
    }

    static String where(final Connection connection) {
        return "the server of manager " + connection.name() + " (pid " + connection.serverPid() + ")";
    }
}
