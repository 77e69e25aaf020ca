package io.condatis.pool;

import io.condatis.error.CondatisException;
import io.condatis.manager.Manager;
import io.condatis.payload.Payloads;
import io.condatis.process.WorkerProcess;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/** The side of the process that started the pool: it has the workers, the manager if that is the pool's own, and the guests. */
final class OwnerSide implements Side {
    private static final long END_GRACE_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long TERMINATION_GRACE_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Engine engine;
    private final PoolOptions options;
    private final Payloads payloads;
    private final Names names;
    private final ManagerHold hold;
    private final Board board;
    private final Crew crew;
    private final Guests guests;
    private volatile Lines lines;

    OwnerSide(final Engine engine, final PoolOptions options) {
        this.engine = engine;
        this.options = options;
        payloads = new Payloads(options.types());
        final Manager given = options.manager();
        final String own = Names.newName();
        names = new Names(
                given == null ? own : given.name(), options.sharedName() == null ? own : options.sharedName());
        hold = new ManagerHold(given, names.manager());
        board = Board.create("condatis-" + own, options.workers());
        crew = new Crew(options, engine.toString(), this::setup, board, engine.timer(), engine::breakDown);
        guests = new Guests(engine, names);
    }

    private WorkerSetup setup(final int slot) {
        return new WorkerSetup(names, board, slot, options);
    }

    /** The manager and the workers start at the same time. */
    @Override
    public Lines start() {
        hold.start();
        if (options.sharedName() != null) {
            guests.claim(hold.get());
        }
        crew.startAll();
        lines = Lines.of(hold.get(), names, TaskIds.OWNER);
        if (options.sharedName() != null) {
            guests.letIn(PoolInfo.of(options, board));
        }
        return lines;
    }

    @Override
    public Board board() {
        return board;
    }

    @Override
    public void kill(final int slot, final long task) {
        crew.kill(slot, task);
    }

    @Override
    public void forget(final long task) {
        crew.forget(task);
    }

    @Override
    public void hear(final byte kind, final int slot, final long task, final FrameReader message)
            throws InterruptedException {
        switch (kind) {
            case Frames.READY -> crew.ready(slot);
            case Frames.INITIALISER_FAILED -> {
                Failures.where(message);
                initialiserFailed(Failures.read(message, payloads));
            }
            case Frames.DIED -> died(task, message.bytes());
            case Frames.HELLO -> guests.welcome(slot);
            case Frames.KILL -> crew.kill(slot, task);
            case Frames.SHUTDOWN -> engine.shutdown();
            case Frames.TERMINATE -> engine.terminate();
            default -> throw new CondatisException("a message of kind " + kind + " is not for the owner of " + engine);
        }
    }

    private void initialiserFailed(final Throwable failure) {
        final CondatisException why = crew.initialiserFailed(failure);
        if (why != null) {
            engine.breakDown(why);
        }
    }

    /** Too many workers that had been sent a task died; it begins again unless as many had begun it. */
    private void died(final long task, final byte[] frame) throws InterruptedException {
        final int client = TaskIds.clientOf(task);
        final Chunk chunk = engine.chunk(task);
        if (client == TaskIds.OWNER && chunk == null) {
            return;
        }
        final Crew.Deaths deaths = crew.deathsOf(task);
        final UnsafeBuffer head = new UnsafeBuffer(frame);
        final int left = head.getInt(Frames.MAX_ATTEMPTS_AT) - deaths.count();
        if (left > 0) {
            head.putInt(Frames.MAX_DELIVERIES_AT, left);
            PatientPut.put(lines.tasks(), head, frame.length, () -> false);
        } else if (client == TaskIds.OWNER) {
            engine.lost(chunk, deaths.count(), deaths.last());
        } else {
            crew.forget(task);
            guests.tellLost(client, task, deaths);
        }
    }

    /** Only without a manager: that is the end of the pool. */
    @Override
    public void deaf(final Exception why) {
        if (!engine.isEnding()) {
            engine.breakDown(new CondatisException(engine + " is broken: " + why.getMessage(), why));
        }
    }

    @Override
    public void shutdown() {
        guests.tellAll(Frames.SHUTDOWN, "");
    }

    @Override
    public boolean isIdle() {
        return guests.isEmpty();
    }

    @Override
    public void breakDown(final Throwable why) {
        crew.stop();
        guests.tellAll(Frames.BROKEN, String.valueOf(why.getMessage()));
    }

    @Override
    public void stop(final End end) {
        crew.stop();
        guests.stop();
        board.end();
        if (end == End.KILL) {
            crew.terminate();
        }
    }

    @Override
    public void hurry(final End end) {
        crew.stop();
        crew.terminate();
        engine.daemon(this::awaitTerminated, "hurry").start();
    }

    private void awaitTerminated() {
        try {
            crew.awaitEnd(TERMINATION_GRACE_NS);
        } catch (final InterruptedException e) {
            crew.kill();
        }
    }

    @Override
    public void finish(final End end) {
        try {
            if (end == End.KILL) {
                crew.awaitEnd(TERMINATION_GRACE_NS);
            } else {
                // Whoever waits for a task is told that the queue is gone, and leaves.
                hold.get().delete(names.tasks());
                crew.awaitEnd(END_GRACE_NS);
            }
        } catch (final InterruptedException | RuntimeException e) {
            crew.kill();
        }
        try {
            if (isNameOurs()) {
                hold.release(names, guests.count());
                guests.end();
            }
        } finally {
            board.close();
        }
    }

    /** Not when it is another pool's, and this one therefore does not start. */
    private boolean isNameOurs() {
        return options.sharedName() == null || guests.haveName();
    }

    @Override
    public boolean isOwner() {
        return true;
    }

    @Override
    public List<WorkerProcess> workers() {
        return crew.live();
    }

    @Override
    public boolean awaitReady(final long timeoutNs) throws InterruptedException {
        return crew.awaitReady(timeoutNs);
    }
}
