package io.condatis.process;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.List;

/**
 * What a parent tells its worker at birth.
 *
 * @param name who it is
 * @param parentPid who its parent is
 * @param daemon whether it dies with its parent
 * @param target what to run
 */
record Assignment(String name, long parentPid, boolean daemon, Worker target) implements Serializable {
    /**
     * @param parts the user's target and then its arguments, to say which of them cannot be serialised
     * @throws IllegalArgumentException naming the part and the class that is not serialisable
     */
    byte[] serialise(final List<Object> parts) {
        try {
            return bytes(this);
        } catch (final IOException | RuntimeException e) {
            throw new IllegalArgumentException(describe(parts, e), e);
        }
    }

    static Assignment deserialise(final byte[] bytes) throws IOException, ClassNotFoundException {
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (Assignment) in.readObject();
        }
    }

    private static byte[] bytes(final Object object) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    private String describe(final List<Object> parts, final Exception failure) {
        for (int i = 0; i < parts.size(); i++) {
            final Exception reason = failureOf(parts.get(i));
            if (reason != null) {
                return (i == 0 ? "The target" : "Argument " + i) + " of worker '" + name + "' cannot be handed over: "
                        + describe(reason);
            }
        }
        return "Worker '" + name + "' cannot be started: " + describe(failure);
    }

    private static Exception failureOf(final Object part) {
        try {
            bytes(part);
            return null;
        } catch (final IOException | RuntimeException e) {
            return e;
        }
    }

    private static String describe(final Exception reason) {
        return reason instanceof NotSerializableException
                ? "it is or holds an instance of " + reason.getMessage() + ", which is not serialisable."
                : reason.toString();
    }
}
