package io.condatis.internal.os;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/**
 * Tells at once when a process of this pid namespace dies. One daemon thread per JVM, started with the first process to
 * watch, blocks in the kernel on the pidfds of all of them: it costs nothing until one dies, and keeps no JVM alive. Off
 * where system calls or pidfds (Linux 5.3) are not to be had, or by {@code -Dcondatis.deathwatch=false}.
 *
 * <p>What it says is a hint to look, sooner than one would have: {@link LivenessFile} decides who is dead. The kernel has
 * dropped a process's locks before it reports the death here.
 */
public final class DeathWatch {
    /** The property that, set to {@code false}, turns it off. */
    public static final String PROPERTY = "condatis.deathwatch";

    private static final int POLLFD_LENGTH = 8; // int descriptor, short events, short revents
    private static final int REVENTS_OFFSET = 6;
    private static final int POLLIN = 1;
    private static final int EVENTFD_FLAGS = 02000000 | 04000; // close on exec, non-blocking
    private static final int ECHOES = 3;
    private static final long ECHO_NS = TimeUnit.MICROSECONDS.toNanos(700);
    private static final DeathWatch INSTANCE = create();

    private final Syscall syscall;
    private final LinuxAbi abi;
    private final int bell;
    private final ByteBuffer counterMemory = ByteBuffer.allocateDirect(2 * Long.BYTES + Long.BYTES);
    private final long counter = BufferUtil.address(counterMemory) + 7 & ~7L;

    /** Guarded by this. */
    private final Map<Long, Watched> watched = new HashMap<>();

    private final List<Echo> echoes = new ArrayList<>();
    private boolean started;

    private DeathWatch(final NativeAccess access, final int bell) {
        this.syscall = access.syscall();
        this.abi = access.abi();
        this.bell = bell;
    }

    /** {@return the watch of this JVM, or null where there is none} */
    public static DeathWatch get() {
        return INSTANCE;
    }

    /**
     * Has something run when a process dies, then a few times more within the next two milliseconds: who was just about
     * to sleep has fallen asleep by then.
     *
     * @param pid the process
     * @param startTicks its {@link ProcessIdentity#startTicks()}, so that a later process of the same pid is not meant
     * @param onDeath what to run, in the watch's thread; must neither block nor throw
     * @return whether it is watched; false when it is dead already, or out of sight
     */
    public synchronized boolean watch(final long pid, final long startTicks, final Runnable onDeath) {
        Watched process = watched.get(pid);
        if (process == null || process.startTicks != startTicks) {
            final int descriptor = (int) syscall.call(abi.pidfdOpen, pid, 0, 0, 0);
            if (descriptor < 0) {
                return false;
            }
            if (!ProcessIdentity.canRun(pid, startTicks)) { // looked at after the descriptor was tied to a process
                syscall.call(abi.close, descriptor, 0, 0, 0);
                return false;
            }
            process = new Watched(descriptor, startTicks);
            final Watched earlier = watched.put(pid, process);
            if (earlier != null) {
                syscall.call(abi.close, earlier.descriptor, 0, 0, 0);
                echo(earlier);
            }
            ring();
        }
        process.listeners.add(onDeath);
        return true;
    }

    /**
     * Ends what {@link #watch} began.
     *
     * @param onDeath what is not to run any more
     */
    public synchronized void forget(final Runnable onDeath) {
        watched.values().removeIf(process -> {
            process.listeners.removeIf(listener -> listener == onDeath);
            if (process.listeners.isEmpty()) {
                syscall.call(abi.close, process.descriptor, 0, 0, 0);
                return true;
            }
            return false;
        });
        echoes.removeIf(echo -> echo.onDeath == onDeath);
        ring();
    }

    /** Makes the thread look at the processes to watch. */
    private void ring() {
        if (!started) {
            started = true;
            final Thread thread = new Thread(this::run, "condatis-death-watch");
            thread.setDaemon(true);
            thread.start();
        }
        UnsafeApi.putLong(counter, 1);
        syscall.call(abi.write, bell, counter, Long.BYTES, 0);
    }

    private void run() {
        final ByteBuffer timeMemory = ByteBuffer.allocateDirect(24);
        final long time = BufferUtil.address(timeMemory) + 7 & ~7L;
        final ByteBuffer readMemory = ByteBuffer.allocateDirect(16);
        final long count = BufferUtil.address(readMemory) + 7 & ~7L;
        while (true) {
            final List<Watched> processes;
            final boolean echoing;
            synchronized (this) {
                processes = new ArrayList<>(watched.values());
                echoing = !echoes.isEmpty();
            }
            final ByteBuffer table = table(processes);
            final long address = BufferUtil.address(table);
            UnsafeApi.putLong(time, 0);
            UnsafeApi.putLong(time + Long.BYTES, ECHO_NS);
            final long ready =
                    syscall.call(abi.ppoll, address, table.capacity() / POLLFD_LENGTH, echoing ? time : 0, 0);
            syscall.call(abi.read, bell, count, Long.BYTES, 0);
            synchronized (this) {
                if (ready > 0) {
                    for (int i = 0; i < processes.size(); i++) {
                        if (UnsafeApi.getShort(address + (i + 1) * POLLFD_LENGTH + REVENTS_OFFSET) != 0) {
                            died(processes.get(i));
                        }
                    }
                }
                echoes.removeIf(Echo::isLast);
            }
        }
    }

    private ByteBuffer table(final List<Watched> processes) {
        final ByteBuffer table = ByteBuffer.allocateDirect((processes.size() + 1) * POLLFD_LENGTH);
        final long address = BufferUtil.address(table);
        for (int i = 0; i <= processes.size(); i++) {
            UnsafeApi.putInt(address + i * POLLFD_LENGTH, i == 0 ? bell : processes.get(i - 1).descriptor);
            UnsafeApi.putInt(address + i * POLLFD_LENGTH + Integer.BYTES, POLLIN);
        }
        return table;
    }

    private void died(final Watched process) {
        if (watched.values().remove(process)) { // else forgotten meanwhile, and its descriptor perhaps another's
            syscall.call(abi.close, process.descriptor, 0, 0, 0);
            echo(process);
        }
    }

    private void echo(final Watched process) {
        for (final Runnable listener : process.listeners) {
            echoes.add(new Echo(listener));
        }
    }

    private static DeathWatch create() {
        final NativeAccess access = NativeAccess.get();
        if (!access.isAvailable() || System.getProperty(PROPERTY, "true").equals("false")) {
            return null;
        }
        final Syscall syscall = access.syscall();
        final long self = syscall.call(access.abi().pidfdOpen, ProcessIdentity.pid(), 0, 0, 0);
        if (self < 0) {
            return null;
        }
        syscall.call(access.abi().close, self, 0, 0, 0);
        final long bell = syscall.call(access.abi().eventfd2, 0, EVENTFD_FLAGS, 0, 0);
        return bell < 0 ? null : new DeathWatch(access, (int) bell);
    }

    /** A process and what its death is to start. */
    private static final class Watched {
        private final int descriptor;
        private final long startTicks;
        private final List<Runnable> listeners = new ArrayList<>();

        private Watched(final int descriptor, final long startTicks) {
            this.descriptor = descriptor;
            this.startTicks = startTicks;
        }
    }

    /** What runs now and shortly after. */
    private static final class Echo {
        private final Runnable onDeath;
        private int left = ECHOES;

        private Echo(final Runnable onDeath) {
            this.onDeath = onDeath;
        }

        private boolean isLast() {
            onDeath.run();
            return --left == 0;
        }
    }
}
