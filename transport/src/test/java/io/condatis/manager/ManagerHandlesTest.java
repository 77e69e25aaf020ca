package io.condatis.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.SharedObjects;
import io.condatis.list.ShareableList;
import io.condatis.memory.NameMissingException;
import io.condatis.process.WorkerProcess;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import io.condatis.value.LongValue;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Shared objects as values in a dict and items of a queue. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class ManagerHandlesTest {
    private static final long DEADLINE_S = 30;

    private final String name = Names.unique();

    @Test
    void shouldLeadToTheSameMemoryWhenSentThroughDictAndQueue() throws Exception {
        try (Manager manager = Manager.start();
                SharedObjects shared = SharedObjects.create(name);
                ShareableList list = ShareableList.create(name + "-list", List.of(0, "none"))) {
            final LongValue counter = shared.longValue("counter", 0);
            final ConcurrentMap<String, Object> dict = manager.dict("shared");
            final BlockingQueue<Object> queue = manager.joinableQueue("items", 10);
            dict.put("counter", counter);
            queue.put(list);
            try (WorkerProcess worker = WorkerProcess.start(ManagerHandlesTest::use, manager.handle())) {
                assertTrue(worker.join(DEADLINE_S, TimeUnit.SECONDS));
                assertEquals(0, worker.exitCode().getAsInt());
            }
            assertEquals(1, counter.get());
            assertEquals(List.of(1L, "worker"), list.copy());
            assertSame(counter, dict.get("counter"));
            shared.remove("counter");
            final NameMissingException e = assertThrows(NameMissingException.class, () -> dict.get("counter"));
            assertTrue(e.getMessage().contains("counter"), e.getMessage());
            list.sharedMemory().unlink();
        }
    }

    private static void use(final ManagerHandle handle) throws InterruptedException {
        try (Manager manager = Manager.connect(handle)) {
            final ConcurrentMap<String, LongValue> dict = manager.dict("shared");
            dict.get("counter").incrementAndGet();
            final BlockingQueue<ShareableList> queue = manager.joinableQueue("items", 10);
            final ShareableList list = queue.poll(DEADLINE_S, TimeUnit.SECONDS);
            list.getAndAddLong(0, 1);
            list.set(1, "worker");
        }
    }
}
