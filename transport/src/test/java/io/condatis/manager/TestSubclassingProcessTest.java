package io.condatis.manager;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.process.Worker;
import io.condatis.process.WorkerProcess;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The cases of CPython's {@code _TestSubclassingProcess} that need a channel both ways. */
@Timeout(60)
class TestSubclassingProcessTest {
    private static final String END = "";

    @Test
    void testSubclassing() throws Exception {
        try (Manager manager = Manager.embed(new ManagerOptions());
                WorkerProcess uppercaser = WorkerProcess.start(new Uppercaser(manager.handle()))) {
            final BlockingQueue<String> in = manager.queue("in", 0);
            final BlockingQueue<String> out = manager.queue("out", 0);
            in.put("hello");
            assertEquals("HELLO", out.poll(20, SECONDS));
            in.put("żółw");
            assertEquals("ŻÓŁW", out.poll(20, SECONDS));
            in.put(END);
            assertTrue(uppercaser.join(20, SECONDS));
            assertEquals(0, uppercaser.exitCode().getAsInt());
        }
    }

    /** A class that is a process: it has its state, and its {@code run()} is the program. */
    private static final class Uppercaser implements Worker {
        private static final long serialVersionUID = 1L;
        private final ManagerHandle handle;

        Uppercaser(final ManagerHandle handle) {
            this.handle = handle;
        }

        @Override
        public void run() throws Exception {
            try (Manager manager = Manager.connect(handle)) {
                final BlockingQueue<String> in = manager.queue("in", 0);
                final BlockingQueue<String> out = manager.queue("out", 0);
                for (String text = in.take(); !text.equals(END); text = in.take()) {
                    out.put(text.toUpperCase(Locale.ROOT));
                }
            }
        }
    }
}
