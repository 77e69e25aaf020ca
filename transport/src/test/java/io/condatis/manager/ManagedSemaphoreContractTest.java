package io.condatis.manager;

import io.condatis.testing.LeakCheck;
import io.condatis.testing.SemaphoreContract;
import io.condatis.testing.SyncFlavour;
import org.junit.jupiter.api.extension.ExtendWith;

/** CPython's {@code _TestSemaphore} with a manager. */
@ExtendWith(LeakCheck.class)
class ManagedSemaphoreContractTest extends SemaphoreContract {
    @Override
    protected SyncFlavour create() {
        return new ManagerFlavour();
    }
}
