package io.condatis.pool;

import io.condatis.error.CondatisException;
import io.condatis.manager.JoinableQueue;
import io.condatis.manager.ManagedLock;
import io.condatis.manager.Manager;
import io.condatis.process.WorkerProcess;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The side of a process that uses a shared pool of another. */
final class GuestSide implements Side {
    private static final long VERDICT_MS = 5_000;
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Engine engine;
    private final Manager manager;
    private final Names names;
    private final PoolInfo info;
    private final Board board;
    private final int client;
    private final Thread watch;
    private JoinableQueue<byte[]> toOwner;
    private ManagedLock owner;
    private ManagedLock life;
    /** Whether the end of the whole pool is waited for, and not only ours. */
    private volatile boolean untilItsEnd;

    GuestSide(final Engine engine, final Manager manager, final Names names, final PoolInfo info, final int client) {
        this.engine = engine;
        this.manager = manager;
        this.names = names;
        this.info = info;
        this.client = client;
        board = Board.attach(info.board(), info.workers());
        watch = engine.daemon(this::watch, "owner-watch");
    }

    @Override
    public Lines start() {
        life = manager.lock(names.clientLock(client));
        life.lock();
        final Lines lines = Lines.of(manager, names, client);
        toOwner = manager.joinableQueue(names.replies(TaskIds.OWNER), 0);
        // Asked for while the pool is there, most likely: afterwards that would make it anew.
        owner = manager.lock(names.ownerLock());
        tell(Frames.HELLO, client, 0);
        watch.start();
        return lines;
    }

    private void tell(final byte kind, final int slot, final long task) {
        try {
            toOwner.add(
                    new FrameWriter().begin().int8(kind).int32(slot).int64(task).toBytes());
        } catch (final IllegalStateException | CondatisException e) {
            // The pool has ended, or the manager; the watch sees it too.
        }
    }

    /** The owner holds its lock as long as it lives. */
    private void watch() {
        try {
            owner.lockInterruptibly();
            final boolean died = owner.isAbandoned();
            if (died) {
                new Register(manager, names).clear();
            }
            owner.unlock();
            ended(died ? "the process that has its workers (pid " + info.ownerPid() + ") has died" : null);
        } catch (final InterruptedException e) {
            // We leave.
            return;
        } catch (final IllegalStateException e) {
            // Deleted, with the pool; or this process has closed its connection.
            ended(null);
        } catch (final CondatisException e) {
            ended(e.getMessage());
        }
    }

    private void ended(final String misfortune) {
        if (misfortune == null) {
            engine.abandon();
        } else {
            engine.breakDown(new CondatisException(engine + " is broken: " + misfortune));
        }
    }

    @Override
    public Board board() {
        return board;
    }

    @Override
    public void kill(final int slot, final long task) {
        tell(Frames.KILL, slot, task);
    }

    @Override
    public void forget(final long task) {
        // The owner remembers whom its workers died with.
    }

    @Override
    public void hear(final byte kind, final int slot, final long task, final FrameReader message) {
        switch (kind) {
            case Frames.LOST -> {
                final int deaths = message.int32();
                final String last = message.text();
                final Chunk chunk = engine.chunk(task);
                if (chunk != null) {
                    engine.lost(chunk, deaths, last);
                }
            }
            case Frames.SHUTDOWN -> {
                untilItsEnd = true;
                engine.leave();
            }
            case Frames.BROKEN -> engine.breakDown(new CondatisException(message.text()));
            default -> throw new CondatisException("a message of kind " + kind + " is not for a client of " + engine);
        }
    }

    /** The watch sees why, unless a new owner has taken the name before it asked. */
    @Override
    public void deaf(final Exception why) {
        if (engine.isEnding()) {
            return;
        }
        try {
            watch.join(VERDICT_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ended("it has ended: " + why.getMessage());
    }

    @Override
    public void shutdown() {
        untilItsEnd = true;
        tell(Frames.SHUTDOWN, client, 0);
    }

    @Override
    public boolean isIdle() {
        return true;
    }

    @Override
    public void breakDown(final Throwable why) {
        // Others see it for themselves.
    }

    @Override
    public void stop(final End end) {
        if (end == End.KILL) {
            untilItsEnd = true;
            tell(Frames.TERMINATE, client, 0);
        }
    }

    @Override
    public void hurry(final End end) {
        if (end == End.KILL) {
            tell(Frames.TERMINATE, client, 0);
        } else {
            watch.interrupt(); // what is waited for is its end
        }
    }

    @Override
    public void finish(final End end) {
        try {
            if (life != null) {
                life.unlock();
            }
        } catch (final RuntimeException e) {
            // It went with the pool or with the manager.
            untilItsEnd = false;
        }
        try {
            if (untilItsEnd && end != End.LEAVE) {
                watch.join();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        watch.interrupt();
        board.close();
    }

    @Override
    public boolean isOwner() {
        return false;
    }

    @Override
    public List<WorkerProcess> workers() {
        return List.of();
    }

    @Override
    public boolean awaitReady(final long timeoutNs) throws InterruptedException {
        final long start = System.nanoTime();
        for (int slot = 0; slot < info.workers(); slot++) {
            while (engine.isEnding() || board().phase(slot) == Board.STARTING) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (engine.isEnding() || System.nanoTime() - start >= timeoutNs) {
                    return false;
                }
                LockSupport.parkNanos(LOOK_NS);
            }
        }
        return true;
    }
}
