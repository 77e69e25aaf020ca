package io.condatis.memory;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.SharedDirectory;

/** There is not enough room, in the shared directory or within a {@code SharedObjects}; nothing has been made. */
public final class OutOfSharedMemoryException extends CondatisException {
    private static final long serialVersionUID = 1L;

    /**
     * Refuses to begin what is known not to fit. Others may take the room meanwhile: what is made then must still be
     * reserved.
     *
     * @param need bytes that will be wanted in the shared directory
     * @throws OutOfSharedMemoryException when less is free
     */
    public static void requireFree(final long need) {
        final long free = SharedDirectory.freeBytes();
        if (free < need) {
            throw BlockBuilder.outOfMemory(need, free, null);
        }
    }

    OutOfSharedMemoryException(final String message) {
        super(message);
    }

    OutOfSharedMemoryException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
