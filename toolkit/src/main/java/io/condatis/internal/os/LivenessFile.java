package io.condatis.internal.os;

import io.condatis.error.CondatisException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.BitSet;
import java.util.concurrent.locks.LockSupport;

/**
 * A file whose byte n is locked in the kernel by the process that lives in slot n. The kernel drops the lock only after
 * the last thread of the process can no longer run, so a free byte is proof of death: a process that is stopped, collects
 * garbage, waits for its parent to reap it, lives in another namespace or belongs to another user is never mistaken.
 *
 * <p>Uses Linux open file description locks where system calls are available, {@code FileChannel} locks elsewhere or with
 * {@code -Dcondatis.liveness=channel}. Both exclude each other and may be mixed on one file. The file stays empty. In the
 * channel form nothing else in the process may open it: see {@link #survivesOtherDescriptors()}.
 *
 * <p>Safe for any number of threads. Each instance is a holder of its own, also among instances of one JVM.
 */
public final class LivenessFile implements AutoCloseable {
    /** The property that, set to {@code channel}, keeps away from system calls. */
    public static final String PROPERTY = "condatis.liveness";

    /** One more than the highest slot. */
    public static final int MAX_SLOTS = 4096;

    private static final long GATE_POSITION = 1L << 20;
    private static final long FIRST_GATE_NAP_NS = 50_000;
    private static final long LONGEST_GATE_NAP_NS = 2_000_000;

    private final Path path;
    private final ByteLocks locks;
    private final BitSet claimed = new BitSet();
    private boolean gateHeld;
    private boolean closed;

    private LivenessFile(final Path path) {
        this.path = path;
        this.locks = chooseLocks(path);
    }

    /**
     * Creates an empty liveness file, readable and writable by this user only, and opens it.
     *
     * @param path of the new file, on a local file system
     * @return the open file
     * @throws CondatisException when the file exists or cannot be made
     */
    public static LivenessFile create(final Path path) {
        try {
            final FileAttribute<?>[] owned =
                    FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                            ? new FileAttribute<?>[] {
                                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                            }
                            : new FileAttribute<?>[0];
            Files.createFile(path, owned);
        } catch (final IOException e) {
            throw new CondatisException("liveness file " + path + " cannot be created: " + e, e);
        }
        return new LivenessFile(path);
    }

    /**
     * Opens a liveness file.
     *
     * @param path of an existing file
     * @return the open file
     * @throws CondatisException when there is none or it cannot be opened
     */
    public static LivenessFile open(final Path path) {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new CondatisException("liveness file " + path + " does not exist or is not a regular file;"
                    + " it belongs beside the shared memory of the same name");
        }
        return new LivenessFile(path);
    }

    /**
     * Takes a slot for as long as this process lives; does not wait.
     *
     * @param slot 0 to {@link #MAX_SLOTS} - 1
     * @return false when somebody has it, this instance included
     */
    public synchronized boolean claim(final int slot) {
        checkSlot(slot);
        checkOpen();
        if (claimed.get(slot) || !locks.tryLock(slot)) {
            return false;
        }
        claimed.set(slot);
        return true;
    }

    /**
     * Gives a slot back, so that it counts as dead. Does nothing when this instance has not claimed it.
     *
     * @param slot 0 to {@link #MAX_SLOTS} - 1
     */
    public synchronized void release(final int slot) {
        checkSlot(slot);
        if (!closed && claimed.get(slot)) {
            claimed.clear(slot);
            locks.unlock(slot);
        }
    }

    /**
     * Asks whether a slot's process lives. About 0.7 us.
     *
     * @param slot 0 to {@link #MAX_SLOTS} - 1
     * @return false only when nobody holds the slot; true for an own slot, and for all slots after {@link #close()}
     */
    public synchronized boolean isHeld(final int slot) {
        checkSlot(slot);
        return closed || claimed.get(slot) || locks.isLockedElsewhere(slot);
    }

    /**
     * Takes the gate: a lock of the whole file for the short moments at which "who is here" must not change, that is while
     * a process takes its slot and while the last one looks for others and removes the files. Free again when its process
     * dies. Waits by polling, because who holds it does so for microseconds.
     *
     * @param timeoutNs longest wait
     * @return the gate, to be closed by the same caller
     * @throws CondatisException when the time is up: a process was stopped at the wrong moment
     */
    public LivenessGate gate(final long timeoutNs) {
        final long startNs = System.nanoTime();
        long napNs = FIRST_GATE_NAP_NS;
        while (!tryGate()) {
            if (System.nanoTime() - startNs >= timeoutNs) {
                throw new CondatisException("the gate of liveness file " + path + " stayed shut for "
                        + timeoutNs / 1_000_000 + " ms: some process that was joining or leaving is stopped");
            }
            LockSupport.parkNanos(napNs);
            napNs = Math.min(2 * napNs, LONGEST_GATE_NAP_NS);
        }
        return new LivenessGate(this);
    }

    /**
     * {@return whether claims of this instance stay when another descriptor of the file is closed in this process} Where
     * they do not (POSIX semantics of {@code FileChannel} locks), a free byte needs a second opinion.
     */
    public boolean survivesOtherDescriptors() {
        return locks.surviveOtherDescriptors();
    }

    /** {@return where the file is} */
    public Path path() {
        return path;
    }

    /** Gives back the gate and every slot of this instance; a second call does nothing. The file stays. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            locks.close();
        }
    }

    @Override
    public String toString() {
        return "LivenessFile[" + path + ", " + (survivesOtherDescriptors() ? "ofd" : "channel") + "]";
    }

    synchronized void openGate() {
        if (!closed && gateHeld) {
            gateHeld = false;
            locks.unlock(GATE_POSITION);
        }
    }

    private synchronized boolean tryGate() {
        checkOpen();
        if (gateHeld || !locks.tryLock(GATE_POSITION)) {
            return false;
        }
        gateHeld = true;
        return true;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("liveness file " + path + " is closed");
        }
    }

    private static void checkSlot(final int slot) {
        if (slot < 0 || slot >= MAX_SLOTS) {
            throw new IllegalArgumentException("slot=" + slot + " is not in 0.." + (MAX_SLOTS - 1));
        }
    }

    private static ByteLocks chooseLocks(final Path path) {
        final NativeAccess access = NativeAccess.get();
        if (access.isAvailable() && !"channel".equals(System.getProperty(PROPERTY))) {
            final OfdByteLocks locks = new OfdByteLocks(access, path);
            if (locks.work()) {
                return locks;
            }
            locks.close();
        }
        return new ChannelByteLocks(path);
    }
}
