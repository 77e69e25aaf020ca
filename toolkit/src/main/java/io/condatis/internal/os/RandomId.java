package io.condatis.internal.os;

import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.security.SecureRandom;

/** Numbers that no other process draws. From the kernel: the first SecureRandom costs a JVM that starts twenty milliseconds. */
public final class RandomId {
    private static final String SOURCE = "/dev/urandom";

    private RandomId() {}

    /** {@return 64 random bits} */
    public static long next() {
        try (DataInputStream source = new DataInputStream(new FileInputStream(SOURCE))) {
            return source.readLong();
        } catch (final IOException e) {
            // Another system, or no file descriptor left.
            return new SecureRandom().nextLong();
        }
    }
}
