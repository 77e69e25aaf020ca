package io.condatis.internal.os;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/**
 * Tells at once when a process of this pid namespace dies. One daemon thread per JVM, started with the first process to
 * watch, blocks in the kernel on the pidfds of all of them: it costs nothing until one dies, and keeps no JVM alive. Off
 * where system calls or pidfds (Linux 5.3) are not to be had, or by {@code -Dcondatis.deathwatch=false}.
 *
 * <p>When it tells of a death, no thread of the process will run a program again. Where the kernel reports the end of single
 * threads (Linux 6.9), that is before it has taken the process apart and dropped its locks, see {@link DyingProcess}: the
 * threads of HotSpot's that end only with their process, several because one of them may be the last of all, which does that
 * work, and the first thread of all, of which some kernels tell when it ends and some only when the others have. Elsewhere it
 * is after.
 */
public final class DeathWatch {
    /** The property that, set to {@code false}, turns it off. */
    public static final String PROPERTY = "condatis.deathwatch";

    private static final int PIDFD_THREAD = 0200;
    private static final Set<String> LASTING_THREADS = Set.of("VM Thread", "VM Periodic Tas", "Signal Dispatch");
    /** For so long after the first news the dying have the processors to themselves, see decision 32. */
    private static final long DYING_NS = TimeUnit.MICROSECONDS.toNanos(250);

    private static final long FIRST_PROOF_NAP_NS = TimeUnit.MICROSECONDS.toNanos(250);
    private static final long LONGEST_PROOF_NAP_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONGEST_PROOF_NS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int POLLFD_LENGTH = 8; // int descriptor, short events, short revents
    private static final int REVENTS_OFFSET = 6;
    private static final int POLLIN = 1;
    private static final int POLLNVAL = 32;
    private static final int EVENTFD_FLAGS = 02000000 | 04000; // close on exec, non-blocking
    private static final int FIRST_ROOM = 16;
    private static final int ECHOES = 3;
    private static final long ECHO_NS = TimeUnit.MICROSECONDS.toNanos(700);
    private static final DeathWatch INSTANCE = create();

    private final Syscall syscall;
    private final LinuxAbi abi;
    private final int bell;
    private final ByteBuffer counterMemory = BufferUtil.allocateDirectAligned(Long.BYTES, Long.BYTES);
    private final long counter = BufferUtil.address(counterMemory);
    private final ByteBuffer timeMemory = BufferUtil.allocateDirectAligned(2 * Long.BYTES, Long.BYTES);
    private final long time = BufferUtil.address(timeMemory);
    private final ByteBuffer countMemory = BufferUtil.allocateDirectAligned(Long.BYTES, Long.BYTES);
    private final long count = BufferUtil.address(countMemory);

    /** Guarded by this. */
    private final Map<Long, Watched> watched = new HashMap<>();

    private final List<Echo> echoes = new ArrayList<>();
    private boolean started;
    private volatile boolean over;

    private DeathWatch(final NativeAccess access, final int bell) {
        this.syscall = access.syscall();
        this.abi = access.abi();
        this.bell = bell;
    }

    /** {@return the watch of this JVM, or null where there is none} */
    public static DeathWatch get() {
        return INSTANCE;
    }

    /** {@return whether a death is told before the process has been taken apart} */
    public boolean tellsOfThreads() {
        final int descriptor = open(ProcessIdentity.pid(), PIDFD_THREAD);
        if (descriptor >= 0) {
            close(descriptor);
        }
        return descriptor >= 0;
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
            final int whole = open(pid, 0);
            if (whole < 0) {
                return false;
            }
            if (!isThere(pid, startTicks)) { // looked at after the descriptor was tied to a process
                close(whole);
                return false;
            }
            process = new Watched(pid, startTicks, whole);
            watchThreads(process);
            // No JVM, or one whose threads have begun to end. There is none at all where threads are not told of.
            if (process.threads.size() == 1) {
                process.expectDeath();
            }
            final Watched earlier = watched.put(pid, process);
            if (earlier != null) {
                died(earlier);
            }
            ring();
        }
        process.listeners.add(onDeath);
        return true;
    }

    private static boolean isThere(final long pid, final long startTicks) {
        final ProcessStatus status = ProcessStatus.of(Long.toString(pid));
        return status.isKnown() && status.canRun() && status.startTicks() == startTicks;
    }

    /** Best effort: where one of them is not to be had, the process as a whole is watched anyway. */
    private void watchThreads(final Watched process) {
        for (final long thread : DyingProcess.lastingThreads(process.pid, LASTING_THREADS)) {
            final int descriptor = open(thread, PIDFD_THREAD);
            if (descriptor >= 0) {
                process.threads.add(descriptor);
            }
        }
    }

    private int open(final long id, final int flags) {
        return (int) syscall.call(abi.pidfdOpen, id, flags, 0, 0);
    }

    private void close(final int descriptor) {
        syscall.call(abi.close, descriptor, 0, 0, 0);
    }

    private void closeAll(final Watched process) {
        process.threads.forEach(this::close);
        process.threads.clear();
        close(process.whole);
    }

    /**
     * Ends what {@link #watch} began.
     *
     * @param onDeath what is not to run any more
     */
    public synchronized void forget(final Runnable onDeath) {
        final boolean fewer = watched.values().removeIf(process -> {
            process.listeners.removeIf(listener -> listener == onDeath);
            if (process.listeners.isEmpty()) {
                closeAll(process);
                return true;
            }
            return false;
        });
        echoes.removeIf(echo -> echo.onDeath == onDeath);
        if (fewer) {
            ring();
        }
    }

    /** Makes the thread look at the processes to watch. */
    private void ring() {
        if (over) {
            return;
        }
        if (!started) {
            final Thread thread = new Thread(this::run, "condatis-death-watch");
            thread.setDaemon(true);
            thread.start();
            started = true;
        }
        wakeUp();
    }

    private void wakeUp() {
        UnsafeApi.putLong(counter, 1);
        syscall.call(abi.write, bell, counter, Long.BYTES, 0);
    }

    /** The JVM ends: it would wait 300 ms for a thread that is inside a system call. */
    private void end() {
        over = true;
        wakeUp();
    }

    private void run() {
        // Else it is served after the dying, the last of which has milliseconds to do.
        if (!RealTime.ask()) {
            new TimeSlice().halve();
        }
        try {
            watchForEver();
        } finally {
            synchronized (this) {
                started = false; // out of memory: the next process to watch starts it again
            }
        }
    }

    private void watchForEver() {
        ByteBuffer table = ByteBuffer.allocateDirect(FIRST_ROOM * POLLFD_LENGTH);
        final List<Descriptor> descriptors = new ArrayList<>();
        while (!over) {
            descriptors.clear();
            final long napNs;
            synchronized (this) {
                watched.values().forEach(process -> process.addTo(descriptors));
                napNs = napNs();
            }
            if (table.capacity() <= descriptors.size() * POLLFD_LENGTH) {
                table = ByteBuffer.allocateDirect(2 * (descriptors.size() + 1) * POLLFD_LENGTH);
            }
            final long address = BufferUtil.address(table);
            fill(address, descriptors);
            UnsafeApi.putLong(time, 0);
            UnsafeApi.putLong(time + Long.BYTES, napNs);
            long ready = syscall.call(abi.ppoll, address, descriptors.size() + 1, napNs == 0 ? 0 : time, 0);
            if (ready > 0 && UnsafeApi.getShort(address + REVENTS_OFFSET) == 0) {
                UnsafeApi.putLong(time + Long.BYTES, DYING_NS);
                syscall.call(abi.ppoll, 0, 0, time, 0);
                UnsafeApi.putLong(time + Long.BYTES, 0);
                ready = syscall.call(abi.ppoll, address, descriptors.size() + 1, time, 0);
            }
            if (ready < 0) {
                LockSupport.parkNanos(ECHO_NS); // a signal, or something that will not go away: no reason to spin
            }
            syscall.call(abi.read, bell, count, Long.BYTES, 0);
            synchronized (this) {
                // Backwards: the threads of a process before the process, so that it has none left that are not open.
                for (int i = descriptors.size() - 1; ready > 0 && i >= 0; i--) {
                    see(descriptors.get(i), UnsafeApi.getShort(address + (i + 1) * POLLFD_LENGTH + REVENTS_OFFSET));
                }
                proveDeaths();
                echoes.removeIf(Echo::isLast);
            }
        }
    }

    /** How long to wait for the kernel; 0 = until it has something to tell. */
    private long napNs() {
        long napNs = echoes.isEmpty() ? Long.MAX_VALUE : ECHO_NS;
        for (final Watched process : watched.values()) {
            if (process.isDying()) {
                napNs = Math.min(napNs, Math.max(1, process.proofDueNs - System.nanoTime()));
            }
        }
        return napNs == Long.MAX_VALUE ? 0 : napNs;
    }

    private void fill(final long address, final List<Descriptor> descriptors) {
        for (int i = 0; i <= descriptors.size(); i++) {
            UnsafeApi.putInt(address + i * POLLFD_LENGTH, i == 0 ? bell : descriptors.get(i - 1).number);
            UnsafeApi.putInt(address + i * POLLFD_LENGTH + Integer.BYTES, POLLIN);
        }
    }

    private void see(final Descriptor descriptor, final short events) {
        if ((events & POLLNVAL) != 0) {
            lost(descriptor);
        } else if (events != 0) {
            ended(descriptor);
        }
    }

    /** Somebody has closed what is not his: no death, and the number may be another's by now, so it is not closed here. */
    private void lost(final Descriptor descriptor) {
        final Watched process = descriptor.process;
        final boolean isWhole = descriptor.number == process.whole;
        if (!isWhole) {
            process.threads.remove(Integer.valueOf(descriptor.number)); // the others still tell
        } else if (watched.remove(process.pid, process) && !process.isDying()) {
            process.threads.forEach(this::close);
        }
    }

    private void ended(final Descriptor descriptor) {
        final Watched process = descriptor.process;
        if (watched.get(process.pid) != process) {
            return; // forgotten meanwhile, or another descriptor has just told of it
        }
        if (descriptor.number == process.whole) {
            // Who lives has not ended: somebody has closed what is not his, and the number stands for a file of his by
            // now.
            if (isThere(process.pid, process.startTicks)) {
                lost(descriptor);
                return;
            }
            watched.remove(process.pid);
            died(process);
        } else if (process.threads.remove(Integer.valueOf(descriptor.number))) {
            close(descriptor.number); // if the process goes on, it does without that one
            process.expectDeath();
        }
    }

    /**
     * The other threads end within microseconds of the first when the process was killed, or as soon as they get a processor.
     * Where they never do, that one was not meant to last.
     */
    private void proveDeaths() {
        watched.values().removeIf(process -> {
            if (!process.isProofDue()) {
                return false;
            }
            if (DyingProcess.isDead(process.pid, process.startTicks)) {
                died(process);
                return true;
            }
            process.waitLonger();
            return false;
        });
    }

    private void died(final Watched process) {
        echo(process); // first, as it may find no memory
        closeAll(process);
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
        if (bell < 0) {
            return null;
        }
        final DeathWatch watch = new DeathWatch(access, (int) bell);
        try {
            ExitHooks.register(watch::end);
        } catch (final IllegalStateException e) {
            return null; // the JVM is ending
        }
        return watch;
    }

    /** A process and what its death is to start. */
    private static final class Watched {
        private final long pid;
        private final long startTicks;
        private final int whole;
        private final List<Integer> threads = new ArrayList<>();
        private final List<Runnable> listeners = new ArrayList<>();

        private long proofNapNs;
        private long proofDueNs;
        private long proofEndNs;

        private Watched(final long pid, final long startTicks, final int whole) {
            this.pid = pid;
            this.startTicks = startTicks;
            this.whole = whole;
        }

        /** Its threads are to go first: who keeps them from a processor now is kept from it by the last of them. */
        private void expectDeath() {
            final long nowNs = System.nanoTime();
            proofNapNs = FIRST_PROOF_NAP_NS;
            proofDueNs = nowNs;
            proofEndNs = nowNs + LONGEST_PROOF_NS;
        }

        private boolean isProofDue() {
            return isDying() && System.nanoTime() - proofDueNs >= 0;
        }

        private boolean isDying() {
            return proofNapNs > 0;
        }

        private void waitLonger() {
            final long nowNs = System.nanoTime();
            proofNapNs = nowNs - proofEndNs > 0 ? 0 : Math.min(proofNapNs + proofNapNs / 4, LONGEST_PROOF_NAP_NS);
            proofDueNs = nowNs + proofNapNs;
        }

        private void addTo(final List<Descriptor> descriptors) {
            descriptors.add(new Descriptor(this, whole));
            if (!isDying()) {
                threads.forEach(thread -> descriptors.add(new Descriptor(this, thread)));
            }
        }
    }

    /** What the kernel is asked about: a process as a whole, or one thread of it. */
    private static final class Descriptor {
        private final Watched process;
        private final int number;

        private Descriptor(final Watched process, final int number) {
            this.process = process;
            this.number = number;
        }
    }

    /** What runs now and shortly after. */
    private static final class Echo {
        private final Runnable onDeath;
        private int left = ECHOES;
        private long dueNs = System.nanoTime();

        private Echo(final Runnable onDeath) {
            this.onDeath = onDeath;
        }

        private boolean isLast() {
            final long nowNs = System.nanoTime();
            if (nowNs - dueNs >= 0) {
                onDeath.run();
                left--;
                dueNs = nowNs + ECHO_NS;
            }
            return left == 0;
        }
    }
}
