package io.condatis.manager;

import io.condatis.error.CondatisException;
import io.condatis.internal.client.Call;
import io.condatis.internal.client.RemoteCustom;
import io.condatis.payload.Payloads;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;

/** What a proxy of a custom object does: every call of the interface is one request. */
final class CustomProxy implements InvocationHandler {
    private final RemoteCustom remote;
    private final RemoteInterface face;
    private final Payloads payloads;
    private final String what;

    CustomProxy(final RemoteCustom remote, final RemoteInterface face, final Payloads payloads, final String what) {
        this.remote = remote;
        this.face = face;
        this.payloads = payloads;
        this.what = what;
    }

    @Override
    public Object invoke(final Object proxy, final Method method, final Object[] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(method, arguments);
        }
        final Call call = remote.connection().begin();
        try {
            Arguments.write(payloads, arguments, call.value());
            if (remote.invoke(call, face.number(method))) {
                return payloads.decode(call.answer().buffer(), 0, call.answer().length());
            }
            throw RemoteFailure.read(payloads, call.answer())
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
        return other != null
                && Proxy.isProxyClass(other.getClass())
                && Proxy.getInvocationHandler(other) instanceof CustomProxy that
                && that.remote.connection() == remote.connection()
                && that.remote.reference().objectId() == remote.reference().objectId();
    }
}
