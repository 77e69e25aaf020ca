package io.condatis.manager;

import io.condatis.testing.ConditionContract;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.SyncFlavour;
import org.junit.jupiter.api.extension.ExtendWith;

/** CPython's {@code _TestCondition} with a manager. */
@ExtendWith(LeakCheck.class)
class ManagedConditionContractTest extends ConditionContract {
    @Override
    protected SyncFlavour create() {
        return new ManagerFlavour();
    }
}
