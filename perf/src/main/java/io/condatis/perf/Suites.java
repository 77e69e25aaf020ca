package io.condatis.perf;

import io.condatis.perf.jmh.ArraysSuite;
import io.condatis.perf.jmh.CoreSuite;
import io.condatis.perf.jmh.ListsSuite;
import io.condatis.perf.jmh.LocksSuite;
import io.condatis.perf.jmh.PayloadsSuite;
import io.condatis.perf.jmh.ValuesSuite;
import io.condatis.perf.process.EventsSuite;
import io.condatis.perf.process.HandoffSuite;
import io.condatis.perf.process.ManagerSuite;
import io.condatis.perf.process.PeersSuite;
import io.condatis.perf.process.PoolSuite;
import io.condatis.perf.process.RecoverySuite;
import io.condatis.perf.process.StartSuite;
import io.condatis.perf.suite.Suite;
import java.util.List;

/** The suites that there are, in the order in which they run. A new one is one class and one line here. */
final class Suites {
    static final List<Suite> ALL = List.of(
            new LocksSuite(),
            new HandoffSuite(),
            new RecoverySuite(),
            new ValuesSuite(),
            new ArraysSuite(),
            new ListsSuite(),
            new PayloadsSuite(),
            new CoreSuite(),
            new EventsSuite(),
            new StartSuite(),
            new ManagerSuite(),
            new PoolSuite(),
            new PeersSuite());

    private Suites() {}
}
