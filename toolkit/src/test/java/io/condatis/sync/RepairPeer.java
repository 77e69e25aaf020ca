package io.condatis.sync;

import io.condatis.SharedObjects;
import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import java.util.concurrent.locks.Lock;

/**
 * A process that repairs a lock after a death: has a child of its own take the lock and die with it, then takes it over.
 * Arguments: the region, and which lock, {@code lock} or {@code reentrantLock}.
 */
final class RepairPeer {
    private RepairPeer() {}

    public static void main(final String[] args) {
        if (args.length == 3) {
            lock(args).lock();
            Runtime.getRuntime().halt(137);
        }
        try (ForkedJvm owner =
                ForkedJvm.of(RepairPeer.class).args(args[0], args[1], "die").start()) {
            owner.exitCode(Await.DEADLINE);
        }
        lock(args).lock();
    }

    private static Lock lock(final String[] args) {
        final SharedObjects shared = SharedObjects.attach(args[0]);
        return args[1].equals("lock")
                ? shared.lock("lock", Abandonment.REPAIR, () -> {})
                : shared.reentrantLock("reentrant", Abandonment.REPAIR, () -> {});
    }
}
