package io.condatis.sync;

import io.condatis.testing.ConditionContract;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.SyncFlavour;
import org.junit.jupiter.api.extension.ExtendWith;

/** CPython's {@code _TestCondition} in shared memory. */
@ExtendWith(LeakCheck.class)
class SharedConditionContractTest extends ConditionContract {
    @Override
    protected SyncFlavour create() {
        return new SharedMemoryFlavour();
    }
}
