package io.condatis.manager;

import io.condatis.internal.host.ManagerServer;
import io.condatis.internal.host.ServerOptions;
import io.condatis.internal.os.ProcessIdentity;
import io.condatis.process.WarmUp;
import java.util.concurrent.TimeUnit;

/** Does in one JVM what a manager's server and its clients do first. Found by the toolkit; not for other use. */
public final class ManagerWarmUp implements WarmUp {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);

    /** For the service loader. */
    public ManagerWarmUp() {}

    @Override
    public void run() throws InterruptedException {
        final String name = "warm-up-" + ProcessIdentity.pid();
        final Thread server = new Thread(() -> ManagerServer.run(new ServerOptions(name)), name);
        server.setDaemon(true);
        server.start();
        try (Manager manager = connect(name)) {
            manager.dict("dict").put("key", 1);
            manager.<String, Integer>dict("dict").merge("key", 1, Integer::sum);
            final JoinableQueue<byte[]> queue = manager.joinableQueue("queue", 0);
            queue.put(new byte[] {1});
            queue.take();
            queue.taskDone();
        }
    }

    private static Manager connect(final String name) throws InterruptedException {
        final long deadline = System.nanoTime() + PATIENCE_NS;
        while (true) {
            try {
                return Manager.connect(name);
            } catch (final ManagerLostException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(1);
            }
        }
    }
}
