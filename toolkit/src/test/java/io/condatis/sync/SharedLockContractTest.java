package io.condatis.sync;

import io.condatis.testing.LeakCheck;
import io.condatis.testing.LockContract;
import io.condatis.testing.SyncFlavour;
import org.junit.jupiter.api.extension.ExtendWith;

/** CPython's {@code _TestLock} in shared memory. */
@ExtendWith(LeakCheck.class)
class SharedLockContractTest extends LockContract {
    @Override
    protected SyncFlavour create() {
        return new SharedMemoryFlavour();
    }
}
