package io.condatis.perf.process;

import io.condatis.perf.report.Section;
import io.condatis.perf.suite.Run;
import io.condatis.perf.suite.Suite;
import java.io.IOException;

/** Calls and queues of a manager beside a bare ping-pong over Aeron IPC and its peers, between JVMs, in turns. */
public final class ManagerSuite implements Suite {
    @Override
    public String name() {
        return "manager";
    }

    @Override
    public String description() {
        return "calls, queues and idling of a manager, beside bare Aeron IPC, CPython's Manager and Redis";
    }

    @Override
    public Section run(final Run run) throws IOException, InterruptedException {
        final CallTrials calls = new CallTrials(name(), run);
        final QueueTrials queues = new QueueTrials(name(), run);
        final IdleTrials idle = new IdleTrials(name(), run);
        for (int trial = 0; trial < TrialPlan.trialsOrOne(run.scale()); trial++) {
            calls.next();
            queues.next();
            if (TrialPlan.isWithAll(run.scale(), trial)) {
                calls.nextOthers();
                queues.nextOthers();
                idle.next();
            }
        }
        final Section section = new Section(name());
        calls.publish(section);
        queues.publish(section);
        idle.publish(section);
        return section;
    }
}
