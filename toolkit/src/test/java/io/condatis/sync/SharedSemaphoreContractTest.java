package io.condatis.sync;

import io.condatis.testing.LeakCheck;
import io.condatis.testing.SemaphoreContract;
import io.condatis.testing.SyncFlavour;
import org.junit.jupiter.api.extension.ExtendWith;

/** CPython's {@code _TestSemaphore} in shared memory. */
@ExtendWith(LeakCheck.class)
class SharedSemaphoreContractTest extends SemaphoreContract {
    @Override
    protected SyncFlavour create() {
        return new SharedMemoryFlavour();
    }
}
