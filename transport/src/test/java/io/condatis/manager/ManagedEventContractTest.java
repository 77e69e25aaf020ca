package io.condatis.manager;

import io.condatis.testing.EventContract;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.SyncFlavour;
import org.junit.jupiter.api.extension.ExtendWith;

/** CPython's {@code _TestEvent} with a manager. */
@ExtendWith(LeakCheck.class)
class ManagedEventContractTest extends EventContract {
    @Override
    protected SyncFlavour create() {
        return new ManagerFlavour();
    }
}
