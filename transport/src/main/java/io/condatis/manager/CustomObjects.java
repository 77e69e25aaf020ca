package io.condatis.manager;

import io.condatis.internal.client.Call;
import io.condatis.internal.client.Connection;
import io.condatis.internal.client.ObjectReference;
import io.condatis.internal.client.RemoteCustom;
import io.condatis.payload.Payloads;
import java.lang.reflect.Proxy;

/** Makes custom objects and their proxies. */
final class CustomObjects {
    private final Connection connection;
    private final Payloads payloads;

    CustomObjects(final Connection connection, final Payloads payloads) {
        this.connection = connection;
        this.payloads = payloads;
    }

    <T> T open(final String name, final String type, final Class<T> face, final Object... arguments) {
        final RemoteInterface methods = RemoteInterface.of(face);
        final String what =
                "custom object " + (name.isEmpty() ? "" : "\"" + name + "\" ") + "of the type \"" + type + "\"";
        final Call call = connection.begin();
        try {
            Arguments.write(payloads, arguments, call.value());
            final ObjectReference reference = RemoteCustom.open(connection, call, type, name, methods.digest());
            if (reference == null) {
                throw unchecked(RemoteFailure.read(payloads, call.answer())
                        .toThrow("the factory of the " + what, where(connection)));
            }
            return face.cast(Proxy.newProxyInstance(
                    face.getClassLoader(),
                    new Class<?>[] {face},
                    new CustomProxy(new RemoteCustom(connection, reference), methods, payloads, what)));
        } catch (final InterruptedException e) {
            throw CustomProxy.interrupted("making the " + what);
        } finally {
            connection.end(call);
        }
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
