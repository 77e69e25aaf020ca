package io.condatis.manager;

import io.condatis.testing.LeakCheck;
import io.condatis.testing.LockContract;
import io.condatis.testing.SyncFlavour;
import org.junit.jupiter.api.extension.ExtendWith;

/** CPython's {@code _TestLock} with a manager. */
@ExtendWith(LeakCheck.class)
class ManagedLockContractTest extends LockContract {
    @Override
    protected SyncFlavour create() {
        return new ManagerFlavour();
    }
}
