package io.condatis.pool;

import io.condatis.SharedObjects;
import io.condatis.process.WarmUp;
import io.condatis.process.Worker;
import io.condatis.process.WorkerProcess;
import io.condatis.sync.SharedEvent;
import io.condatis.sync.SharedLock;
import java.util.concurrent.TimeUnit;

/** Waits for something that a process has which dies, as workers are ready to. Found by the toolkit; not for other use. */
public final class DeathWarmUp implements WarmUp {
    /** What is held up for longer must not keep the rest of the archive from being written. */
    private static final long LIMIT_S = 5;

    /** For the service loader. */
    public DeathWarmUp() {}

    @Override
    public void run() throws InterruptedException {
        final String name = Names.newName();
        try (SharedObjects objects = SharedObjects.create(name);
                SharedObjects again = SharedObjects.attach(name)) {
            final Victim victim = new Victim(objects.lock("lock"), again.event("held"));
            try (WorkerProcess worker = WorkerProcess.start(victim)) {
                final boolean held = victim.held.await(LIMIT_S, TimeUnit.SECONDS);
                worker.kill();
                if (held && victim.lock.tryLock(LIMIT_S, TimeUnit.SECONDS)) {
                    victim.lock.unlock();
                }
            }
        }
    }

    /** Holds a lock until it is killed. */
    private static final class Victim implements Worker {
        private static final long serialVersionUID = 1L;

        private final SharedLock lock;
        private final SharedEvent held;

        Victim(final SharedLock lock, final SharedEvent held) {
            this.lock = lock;
            this.held = held;
        }

        @Override
        public void run() throws InterruptedException {
            lock.lock();
            held.set();
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
