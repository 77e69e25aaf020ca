package io.condatis.sync;

import io.condatis.testing.BarrierContract;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.SyncFlavour;
import org.junit.jupiter.api.extension.ExtendWith;

/** CPython's {@code _TestBarrier} in shared memory. */
@ExtendWith(LeakCheck.class)
class SharedBarrierContractTest extends BarrierContract {
    @Override
    protected SyncFlavour create() {
        return new SharedMemoryFlavour();
    }
}
