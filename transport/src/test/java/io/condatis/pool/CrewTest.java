package io.condatis.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CrewTest {
    private final Board board = Board.create("condatis-" + Names.newName(), 1);
    private final Crew crew =
            new Crew(new PoolOptions().workers(1), "pool", slot -> null, board, Runnable::run, failure -> {});
    private final Interrupter worker = new Interrupter(board, 0);

    @AfterEach
    void close() {
        board.close();
    }

    @Test
    void shouldBlameAWorkerThatDiesBetweenTheEndOfItsTaskAndTheReply() {
        worker.begin(7);
        worker.end();
        assertEquals(1, crew.deathsOf(7).count());
    }

    @Test
    void shouldNotBlameAWorkerForWhatItHasGivenBackOrNotBegun() {
        worker.begin(7);
        worker.end();
        worker.givenBack();
        assertEquals(0, crew.deathsOf(7).count());
        worker.begin(8);
        worker.notBegun();
        assertEquals(0, crew.deathsOf(8).count());
    }
}
