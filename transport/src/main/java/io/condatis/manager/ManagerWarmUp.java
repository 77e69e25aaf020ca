package io.condatis.manager;

import io.condatis.internal.os.ProcessIdentity;
import io.condatis.process.WarmUp;

/** Does in one JVM what a manager's server and its clients do first. Found by the toolkit; not for other use. */
public final class ManagerWarmUp implements WarmUp {
    /** For the service loader. */
    public ManagerWarmUp() {}

    @Override
    public void run() throws InterruptedException {
        try (Manager manager = Manager.embed(new ManagerOptions().name("warm-up-" + ProcessIdentity.pid()))) {
            manager.dict("dict").put("key", 1);
            manager.<String, Integer>dict("dict").merge("key", 1, Integer::sum);
            final JoinableQueue<byte[]> queue = manager.joinableQueue("queue", 0);
            queue.put(new byte[] {1});
            queue.take();
            queue.taskDone();
        }
    }
}
