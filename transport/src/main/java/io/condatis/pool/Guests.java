package io.condatis.pool;

import io.condatis.error.CondatisException;
import io.condatis.manager.JoinableQueue;
import io.condatis.manager.ManagedLock;
import io.condatis.manager.Manager;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The other processes that use a shared pool, as its owner sees them. Two kinds of locks tell of lives: the owner holds one
 * as long as it lives, and each guest holds one until it leaves; the manager gives away those of the dead.
 */
final class Guests {
    private static final long CLAIM_MS = 500;
    private static final int MOST_CLAIMS = 3;

    private final Engine engine;
    private final Names names;
    private final Map<Integer, JoinableQueue<byte[]>> present = new ConcurrentHashMap<>();
    private Manager manager;
    private ManagedLock owned;
    private volatile boolean isOver;

    Guests(final Engine engine, final Names names) {
        this.engine = engine;
        this.names = names;
    }

    /**
     * Takes the pool's name, and clears away what a dead owner left there.
     *
     * @throws CondatisException when a live pool has the name
     */
    void claim(final Manager newManager) {
        final ManagedLock lock = ownerLock(newManager);
        if (lock == null) {
            throw new CondatisException("a pool named " + names.pool() + " is at the manager " + newManager.name()
                    + " already; use it by Pool.attach(manager, \"" + names.pool() + "\") or choose another name");
        }
        manager = newManager;
        owned = lock;
        lock.markConsistent();
        new Register(manager, names).clear();
    }

    /** {@return the lock, held, or null when it is another's} The guests of a dead owner have it for a moment each. */
    private ManagedLock ownerLock(final Manager from) {
        for (int attempt = 1; ; attempt++) {
            final ManagedLock lock = from.lock(names.ownerLock());
            try {
                return lock.tryLock(CLAIM_MS, TimeUnit.MILLISECONDS) ? lock : null;
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CondatisException("interrupted while the pool " + names.pool() + " was started", e);
            } catch (final IllegalMonitorStateException e) {
                // This thread holds it, for a pool that it has started before.
                return null;
            } catch (final IllegalStateException e) {
                // An owner that ends has just deleted it: the name is free now. Or the manager is closed.
                if (attempt == MOST_CLAIMS) {
                    throw e;
                }
            }
        }
    }

    boolean haveName() {
        return owned != null;
    }

    /** From now on the pool can be found. */
    void letIn(final PoolInfo info) {
        new Register(manager, names).write(info);
    }

    /** {@return how many there have been} */
    int count() {
        return owned == null ? 0 : new Register(manager, names).clients();
    }

    boolean isEmpty() {
        return present.isEmpty();
    }

    /** One has come. */
    void welcome(final int client) {
        final JoinableQueue<byte[]> replies = manager.joinableQueue(names.replies(client), 0);
        present.put(client, replies);
        engine.daemon(() -> watch(client), "guest-" + client).start();
        // Asked once it is present: a shutdown before that has told all but this one, a later one tells this one too.
        if (engine.isShutdown()) {
            tell(replies, Frames.SHUTDOWN, "");
        }
    }

    /** Until it leaves, or dies: then nobody wants what it has asked for. */
    private void watch(final int client) {
        try {
            final ManagedLock life = manager.lock(names.clientLock(client));
            life.lock();
            life.unlock();
            engine.cancelAll(client);
            manager.delete(names.clientLock(client));
            manager.delete(names.replies(client));
        } catch (final RuntimeException e) {
            if (!isOver) {
                Callbacks.report(engine + " cannot see whether its client " + client + " lives", e);
            }
        }
        present.remove(client);
        engine.endWhenIdle();
    }

    void tellAll(final byte kind, final String text) {
        present.values().forEach(replies -> tell(replies, kind, text));
    }

    private void tell(final JoinableQueue<byte[]> replies, final byte kind, final String text) {
        send(replies, new FrameWriter().begin().int8(kind).int32(-1).int64(0).text(text));
    }

    void tellLost(final int client, final long task, final Crew.Deaths deaths) {
        final JoinableQueue<byte[]> replies = present.get(client);
        if (replies != null) {
            send(
                    replies,
                    new FrameWriter()
                            .begin()
                            .int8(Frames.LOST)
                            .int32(-1)
                            .int64(task)
                            .int32(deaths.count())
                            .text(deaths.last()));
        }
    }

    private static void send(final JoinableQueue<byte[]> replies, final FrameWriter message) {
        try {
            replies.add(message.toBytes());
        } catch (final IllegalStateException | CondatisException e) {
            // It has just left, or the manager is gone: it is told by its locks.
        }
    }

    /** The end of the pool begins: nobody is watched any more. */
    void stop() {
        isOver = true;
    }

    /** The pool is over: those who still wait for its end are told by the lock. */
    void end() {
        if (owned == null) {
            return;
        }
        new Register(manager, names).close();
        // While it is held: who waits for the name would get a lock by its release that is then deleted.
        manager.delete(names.ownerLock());
    }
}
