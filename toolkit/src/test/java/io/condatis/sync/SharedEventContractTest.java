package io.condatis.sync;

import io.condatis.testing.EventContract;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.SyncFlavour;
import org.junit.jupiter.api.extension.ExtendWith;

/** CPython's {@code _TestEvent} in shared memory. */
@ExtendWith(LeakCheck.class)
class SharedEventContractTest extends EventContract {
    @Override
    protected SyncFlavour create() {
        return new SharedMemoryFlavour();
    }
}
