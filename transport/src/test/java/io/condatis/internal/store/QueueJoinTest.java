package io.condatis.internal.store;

import static io.condatis.internal.store.StoreFixture.AT_ONCE;
import static io.condatis.internal.store.StoreFixture.FOR_EVER;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.internal.protocol.sbe.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A put with a credit returns before it has arrived, and counts for a join from then on. */
@Timeout(10)
class QueueJoinTest {
    private static final int PRODUCER = 1;
    private static final int CONSUMER = 2;
    private static final int OTHER = 3;
    private static final int WINDOW_OF_PRODUCER = 0;

    private final StoreFixture fixture = new StoreFixture(new StoreLimits()).sessions(3);
    private int queue;

    @BeforeEach
    void putOneAndBeginToPutAnother() {
        for (int session = 1; session <= 3; session++) {
            queue = fixture.queue(session, 10);
        }
        fixture.enqueue(PRODUCER, queue, AT_ONCE, "a");
        fixture.endOfBatch();
        assertTrue(fixture.windows.spend(WINDOW_OF_PRODUCER));
        fixture.assertDelivered(fixture.take(CONSUMER, queue, AT_ONCE), "a", 1);
    }

    @Test
    void shouldHaveAJoinWaitForAPutThatIsUnderWayWhenAllElseIsDone() {
        final long join = fixture.join(OTHER, queue, FOR_EVER);
        fixture.acknowledge(CONSUMER, queue, 1);
        fixture.assertWaits(join);
        fixture.assertStatus(fixture.join(CONSUMER, queue, AT_ONCE), Status.TIMEOUT);

        fixture.enqueueWithCredit(PRODUCER, queue, "b");
        fixture.assertDelivered(fixture.take(CONSUMER, queue, AT_ONCE), "b", 1);
        fixture.assertWaits(join);
        fixture.acknowledge(CONSUMER, queue, 2);
        fixture.assertStatus(join, Status.OK);
        fixture.assertStatus(fixture.join(CONSUMER, queue, AT_ONCE), Status.OK);
    }

    @Test
    void shouldAnswerAJoinWhenThePutItWaitsForNeverArrivesBecauseItsSessionEnds() {
        fixture.acknowledge(CONSUMER, queue, 1);
        final long join = fixture.join(OTHER, queue, FOR_EVER);
        fixture.assertWaits(join);

        fixture.close(PRODUCER);
        fixture.assertStatus(join, Status.OK);
    }
}
