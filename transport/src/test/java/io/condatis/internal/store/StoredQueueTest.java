package io.condatis.internal.store;

import static io.condatis.internal.store.StoreFixture.AT_ONCE;
import static io.condatis.internal.store.StoreFixture.FOR_EVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.internal.protocol.sbe.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What requests do, for sessions without windows. */
@Timeout(10)
class StoredQueueTest {
    private final StoreFixture fixture = new StoreFixture(
                    new StoreLimits().maxValueBytes(100).maxQueueBytes(1_000).maxWaitingRequests(2))
            .sessions(3);
    private int queue;

    @BeforeEach
    void open() {
        fixture.windows.firstWithout = 0;
        for (int session = 1; session <= 3; session++) {
            queue = fixture.queue(session, 2);
        }
    }

    @Test
    void shouldDeliverInTheOrderOfArrival() {
        fixture.assertStatus(fixture.enqueue(1, queue, AT_ONCE, "a"), Status.OK);
        fixture.assertStatus(fixture.enqueue(2, queue, AT_ONCE, "b"), Status.OK);

        fixture.assertDelivered(fixture.take(3, queue, AT_ONCE), "a", 1);
        fixture.assertDelivered(fixture.take(1, queue, AT_ONCE), "b", 1);
        fixture.assertStatus(fixture.take(1, queue, AT_ONCE), Status.TIMEOUT);
    }

    @Test
    void shouldNumberDeliveriesForEachSession() {
        fixture.enqueue(1, queue, AT_ONCE, "a");
        fixture.enqueue(1, queue, AT_ONCE, "b");

        assertEquals(1, fixture.answer(fixture.take(2, queue, AT_ONCE)).position());
        assertEquals(1, fixture.answer(fixture.take(3, queue, AT_ONCE)).position());
    }

    @Test
    void shouldAnswerTheLongestWaitingTakeFirst() {
        final long first = fixture.take(1, queue, FOR_EVER);
        final long second = fixture.take(2, queue, FOR_EVER);
        fixture.assertWaits(first);

        fixture.enqueue(3, queue, AT_ONCE, "a");
        fixture.assertDelivered(first, "a", 1);
        fixture.assertWaits(second);
        fixture.enqueue(3, queue, AT_ONCE, "b");
        fixture.assertDelivered(second, "b", 1);
    }

    @Test
    void shouldLetPutsWaitInOrderWhenTheQueueIsFull() {
        fixture.enqueue(1, queue, AT_ONCE, "a");
        fixture.enqueue(1, queue, AT_ONCE, "b");
        fixture.assertStatus(fixture.enqueue(1, queue, AT_ONCE, "no"), Status.TIMEOUT);
        final long third = fixture.enqueue(1, queue, FOR_EVER, "c");
        final long fourth = fixture.enqueue(2, queue, FOR_EVER, "d");
        fixture.assertWaits(third);

        fixture.assertDelivered(fixture.take(3, queue, AT_ONCE), "a", 1);
        fixture.assertStatus(third, Status.OK);
        fixture.assertWaits(fourth);
        assertEquals(2, fixture.queueSize(1, queue));
        fixture.assertDelivered(fixture.take(3, queue, AT_ONCE), "b", 1);
        fixture.assertStatus(fourth, Status.OK);
        fixture.assertDelivered(fixture.take(3, queue, AT_ONCE), "c", 1);
        fixture.assertDelivered(fixture.take(3, queue, AT_ONCE), "d", 1);
    }

    @Test
    void shouldTimeOutAtTheDeadlineAndNotBefore() {
        final long take = fixture.take(1, queue, 500);
        fixture.advanceTo(1_499);
        fixture.assertWaits(take);

        fixture.advanceTo(1_500);
        fixture.assertStatus(take, Status.TIMEOUT);
        fixture.enqueue(2, queue, AT_ONCE, "a");
        assertEquals(1, fixture.queueSize(2, queue));
    }

    @Test
    void shouldForgetTheTimerWhenTheRequestIsGranted() {
        final long take = fixture.take(1, queue, 500);
        fixture.enqueue(2, queue, AT_ONCE, "a");

        fixture.assertDelivered(take, "a", 1);
        assertTrue(fixture.outbox.timers.isEmpty());
        fixture.store.onTimer(1, 2_000);
    }

    @Test
    void shouldWaitForEverWhenTheDeadlineIsBeyondTime() {
        fixture.nowNs = Long.MAX_VALUE - 5;
        fixture.take(1, queue, 500);

        assertTrue(fixture.outbox.timers.containsValue(Long.MAX_VALUE));
    }

    @Test
    void shouldAnswerCancelledWhenAWaitingRequestIsWithdrawn() {
        final long first = fixture.take(1, queue, FOR_EVER);
        final long second = fixture.take(2, queue, 500);

        fixture.cancel(2, second);
        fixture.assertStatus(second, Status.CANCELLED);
        fixture.cancel(2, first);
        fixture.assertWaits(first);
        fixture.cancel(1, first);
        fixture.assertStatus(first, Status.CANCELLED);
        fixture.enqueue(3, queue, AT_ONCE, "a");
        assertEquals(1, fixture.queueSize(3, queue));
    }

    @Test
    void shouldIgnoreCancelWhenTheRequestIsAnswered() {
        fixture.enqueue(3, queue, AT_ONCE, "a");
        final long take = fixture.take(1, queue, FOR_EVER);

        fixture.cancel(1, take);
        fixture.cancel(1, 12_345);
        fixture.assertDelivered(take, "a", 1);
    }

    @Test
    void shouldAnswerJoinWhenTheLastItemIsAcknowledged() {
        fixture.assertStatus(fixture.join(1, queue, AT_ONCE), Status.OK);
        fixture.enqueue(1, queue, AT_ONCE, "a");
        fixture.enqueue(1, queue, AT_ONCE, "b");
        fixture.assertStatus(fixture.join(1, queue, AT_ONCE), Status.TIMEOUT);
        final long join = fixture.join(1, queue, FOR_EVER);
        final long other = fixture.join(3, queue, 1_000);

        fixture.take(2, queue, AT_ONCE);
        fixture.take(2, queue, AT_ONCE);
        fixture.acknowledge(2, queue, 2);
        fixture.assertWaits(join);
        fixture.acknowledge(2, queue, 1);
        fixture.assertStatus(join, Status.OK);
        fixture.assertStatus(other, Status.OK);
        assertTrue(fixture.outbox.timers.isEmpty());
    }

    @Test
    void shouldIgnoreAnAcknowledgementWhenTheDeliveryIsDone() {
        fixture.enqueue(1, queue, AT_ONCE, "a");
        fixture.enqueue(1, queue, AT_ONCE, "b");
        fixture.take(2, queue, AT_ONCE);
        fixture.acknowledge(2, queue, 1);

        fixture.acknowledge(2, queue, 1);
        fixture.assertStatus(fixture.join(1, queue, AT_ONCE), Status.TIMEOUT);
    }

    @Test
    void shouldThrowWhenAnAcknowledgedDeliveryWasNeverSent() {
        assertThrows(ProtocolException.class, () -> fixture.acknowledge(2, queue, 1));
        assertThrows(ProtocolException.class, () -> fixture.acknowledge(2, queue + 7, 1));
    }

    @Test
    void shouldDeliverAgainInPlaceWithOneMoreAttemptWhenTheConsumerEnds() {
        fixture.enqueue(1, queue, AT_ONCE, "a");
        fixture.enqueue(1, queue, AT_ONCE, "b");
        fixture.take(2, queue, AT_ONCE);
        fixture.take(2, queue, AT_ONCE);
        fixture.enqueue(1, queue, AT_ONCE, "c");
        fixture.acknowledge(2, queue, 1);

        fixture.close(2);
        assertEquals(2, fixture.queueSize(1, queue));
        fixture.assertDelivered(fixture.take(3, queue, AT_ONCE), "b", 2);
        fixture.close(3);
        fixture.assertDelivered(fixture.take(1, queue, AT_ONCE), "b", 3);
        fixture.assertDelivered(fixture.take(1, queue, AT_ONCE), "c", 1);
    }

    @Test
    void shouldGiveWhatADeadConsumerHadToTheOneThatWaits() {
        fixture.enqueue(1, queue, AT_ONCE, "a");
        fixture.take(2, queue, AT_ONCE);
        final long waiting = fixture.take(3, queue, FOR_EVER);

        fixture.close(2);
        fixture.assertDelivered(waiting, "a", 2);
    }

    @Test
    void shouldDropTheWaitingRequestsOfASessionThatEnds() {
        fixture.take(1, queue, 1_000);
        fixture.join(1, queue, FOR_EVER);
        fixture.close(1);
        assertTrue(fixture.outbox.timers.isEmpty());
        fixture.enqueue(2, queue, AT_ONCE, "a");
        fixture.enqueue(2, queue, AT_ONCE, "b");
        fixture.enqueue(2, queue, FOR_EVER, "c");

        fixture.close(2);
        fixture.assertDelivered(fixture.take(3, queue, AT_ONCE), "a", 1);
        fixture.assertDelivered(fixture.take(3, queue, AT_ONCE), "b", 1);
        fixture.assertStatus(fixture.take(3, queue, AT_ONCE), Status.TIMEOUT);
    }

    @Test
    void shouldNameTheLimitWhenTooManyRequestsWait() {
        fixture.take(1, queue, FOR_EVER);
        fixture.take(1, queue, FOR_EVER);

        fixture.assertRefused(fixture.take(1, queue, FOR_EVER), Status.LIMIT, "2 (maxWaitingRequests)");
        fixture.assertStatus(fixture.take(1, queue, AT_ONCE), Status.TIMEOUT);
    }

    @Test
    void shouldNameTheLimitWhenABodyIsTooLarge() {
        fixture.assertRefused(
                fixture.enqueue(1, queue, FOR_EVER, "x".repeat(101)), Status.LIMIT, "100 (maxValueBytes)");
        fixture.assertStatus(fixture.enqueue(1, queue, FOR_EVER, "x".repeat(100)), Status.OK);
    }

    @Test
    void shouldCountBytesUntilTheAcknowledgement() {
        final String body = "x".repeat(100);
        for (int i = 0; i < 6; i++) {
            fixture.assertStatus(fixture.enqueue(1, queue, AT_ONCE, body), Status.OK);
            fixture.take(2, queue, AT_ONCE);
        }

        fixture.assertRefused(fixture.enqueue(1, queue, AT_ONCE, body), Status.LIMIT, "1000 bytes (maxQueueBytes)");
        fixture.acknowledge(2, queue, 4);
        fixture.assertStatus(fixture.enqueue(1, queue, AT_ONCE, body), Status.OK);
    }

    @Test
    void shouldFreeTheBytesOfAWaitingPutWhenItIsWithdrawn() {
        final String body = "x".repeat(100);
        fixture.enqueue(1, queue, AT_ONCE, body);
        fixture.enqueue(1, queue, AT_ONCE, body);
        for (int i = 0; i < 20; i++) {
            fixture.cancel(3, fixture.enqueue(3, queue, FOR_EVER, body));
        }

        final long waiting = fixture.enqueue(3, queue, FOR_EVER, body);
        fixture.assertWaits(waiting);
    }

    @Test
    void shouldThrowWhenACreditIsSpentThatWasNotGranted() {
        assertThrows(ProtocolException.class, () -> fixture.enqueueWithCredit(1, queue, "a"));
        assertEquals(0, fixture.queueSize(1, queue));
    }

    @Test
    void shouldThrowWhenACorrelationIsUsedTwice() {
        final long take = fixture.take(1, queue, FOR_EVER);

        fixture.requests.queueTake(take, queue, FOR_EVER);
        assertThrows(
                ProtocolException.class,
                () -> fixture.store.onMessage(
                        1, 1_000, fixture.requests.buffer, Requests.OFFSET, fixture.requests.length()));
        fixture.requests.queueTake(0, queue, FOR_EVER);
        assertThrows(
                ProtocolException.class,
                () -> fixture.store.onMessage(
                        1, 1_000, fixture.requests.buffer, Requests.OFFSET, fixture.requests.length()));
    }
}
