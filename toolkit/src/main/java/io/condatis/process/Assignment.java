package io.condatis.process;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;

/**
 * What a parent tells its worker at birth.
 *
 * @param name who it is
 * @param parentPid who its parent is
 * @param daemon whether it dies with its parent
 * @param target what to run
 */
record Assignment(String name, long parentPid, boolean daemon, Worker target) {
    /**
     * @param parts the user's target and then its arguments, to say which of them cannot be serialised
     * @throws IllegalArgumentException naming the part and the class that is not serialisable
     */
    byte[] serialise(final List<Object> parts) {
        try {
            return bytes();
        } catch (final IOException | RuntimeException e) {
            throw new IllegalArgumentException(describe(parts, e), e);
        }
    }

    static Assignment deserialise(final byte[] bytes) throws IOException, ClassNotFoundException {
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return new Assignment(in.readUTF(), in.readLong(), in.readBoolean(), (Worker) in.readObject());
        }
    }

    /** Part by part: to read a record costs a starting JVM some ten milliseconds. */
    private byte[] bytes() throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeUTF(name);
            out.writeLong(parentPid);
            out.writeBoolean(daemon);
            out.writeObject(target);
        }
        return bytes.toByteArray();
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
