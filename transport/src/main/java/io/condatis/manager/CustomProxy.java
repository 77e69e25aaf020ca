package io.condatis.manager;

import io.condatis.error.CondatisException;
import io.condatis.internal.client.Call;
import io.condatis.internal.client.Connection;
import io.condatis.internal.client.ObjectReference;
import io.condatis.internal.client.RemoteCustom;
import java.lang.ref.Reference;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;

/** What a proxy of a custom object does: every call of the interface is one request. */
final class CustomProxy implements InvocationHandler, Proxied {
    private final RemoteCustom remote;
    private final RemoteInterface face;
    private final Values values;
    private final String what;

    CustomProxy(final RemoteCustom remote, final RemoteInterface face, final Values values, final String what) {
        this.remote = remote;
        this.face = face;
        this.values = values;
        this.what = what;
    }

    @Override
    public Object invoke(final Object proxy, final Method method, final Object[] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(method, arguments);
        }
        final Call call = remote.connection().begin();
        try {
            Arguments.write(values, arguments, call.value());
            if (remote.invoke(call, face.number(method))) {
                return values.decode(call);
            }
            throw RemoteFailure.read(values, call.answer())
                    .toThrow(
                            method.getName() + " of the " + what,
                            CustomObjects.where(remote.connection()),
                            method.getExceptionTypes());
        } catch (final InterruptedException e) {
            if (declaresInterruption(method)) {
                throw e;
            }
            throw interrupted(method.getName() + " of the " + what);
        } finally {
            Reference.reachabilityFence(arguments); // what they refer to lives until the server has them
            remote.connection().end(call);
        }
    }

    private static boolean declaresInterruption(final Method method) {
        return Arrays.stream(method.getExceptionTypes())
                .anyMatch(declared -> declared.isAssignableFrom(InterruptedException.class));
    }

    /** A wait was interrupted where nothing says so: the thread stays interrupted. */
    static CondatisException interrupted(final String what) {
        Thread.currentThread().interrupt();
        return new CondatisException(
                what + " was interrupted while it waited for the server, which may go on with it all the same");
    }

    /** {@return what stands behind a proxy of a custom object, or null when it is none} */
    static CustomProxy of(final Object value) {
        return value instanceof Proxy && Proxy.getInvocationHandler(value) instanceof CustomProxy custom
                ? custom
                : null;
    }

    @Override
    public ObjectReference reference() {
        return remote.reference();
    }

    @Override
    public Connection connection() {
        return remote.connection();
    }

    private Object ofObject(final Method method, final Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> isSame(arguments[0]);
            case "hashCode" -> Integer.hashCode(remote.reference().objectId());
            default ->
                face.type().getSimpleName() + "(" + what + ", id "
                        + remote.reference().objectId() + ", in " + CustomObjects.where(remote.connection()) + ")";
        };
    }

    /** Whether something is a proxy of the same object; nothing is asked of the object itself. */
    private boolean isSame(final Object other) {
        final CustomProxy that = of(other);
        return that != null
                && that.remote.connection() == remote.connection()
                && that.remote.reference().objectId() == remote.reference().objectId();
    }
}
