package io.condatis.manager;

import io.condatis.testing.BarrierContract;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.SyncFlavour;
import org.junit.jupiter.api.extension.ExtendWith;

/** CPython's {@code _TestBarrier} with a manager. */
@ExtendWith(LeakCheck.class)
class ManagedBarrierContractTest extends BarrierContract {
    @Override
    protected SyncFlavour create() {
        return new ManagerFlavour();
    }
}
