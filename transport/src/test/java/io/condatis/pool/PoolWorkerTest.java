package io.condatis.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.condatis.manager.Manager;
import io.condatis.manager.ManagerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PoolWorkerTest {
    @Test
    void shouldLeaveWhenItComesUpAfterThePoolHasBegunToEnd() throws Exception {
        final Board board = Board.create("condatis-" + Names.newName(), 1);
        try (Manager manager = Manager.embed(new ManagerOptions())) {
            final Names names = new Names(manager.name(), "late");
            board.end();
            assertEquals(0, PoolWorker.work(new WorkerSetup(names, board, 0, new PoolOptions()), manager));
        } finally {
            board.close();
        }
    }
}
