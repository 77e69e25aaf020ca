package io.condatis.internal.os;

/** Possession of a liveness file's gate, see {@link LivenessFile#gate}. */
public final class LivenessGate implements AutoCloseable {
    private final LivenessFile file;
    private boolean closed;

    LivenessGate(final LivenessFile file) {
        this.file = file;
    }

    /** Lets the next one through; a second call does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            file.openGate();
        }
    }
}
