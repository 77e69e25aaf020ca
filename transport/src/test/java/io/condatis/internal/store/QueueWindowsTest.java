package io.condatis.internal.store;

import static io.condatis.internal.store.StoreFixture.AT_ONCE;
import static io.condatis.internal.store.StoreFixture.FOR_EVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.internal.protocol.EntryPage;
import io.condatis.internal.protocol.sbe.Status;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is streamed ahead of demand, and how it is taken back. */
@Timeout(10)
class QueueWindowsTest {
    private static final int PRODUCER = 1;
    private static final int CONSUMER = 2;
    private static final int OTHER = 3;

    private final StoreFixture fixture = new StoreFixture(new StoreLimits().maxValueBytes(1_000)).sessions(3);
    private int queue;

    @Test
    void shouldGrantACreditWhenASessionHasPut() {
        open(10);
        fixture.endOfBatch();
        assertEquals(0, cell(PRODUCER).credits);

        fixture.enqueue(PRODUCER, queue, AT_ONCE, "a");
        fixture.endOfBatch();

        assertEquals(1, cell(PRODUCER).credits);
        assertEquals(0, cell(OTHER).credits);
    }

    @Test
    void shouldGrantTwiceAsManyCreditsEachTimeTheyRunOut() {
        open(0);
        for (int expected = 1; expected <= 1024; expected *= 2) {
            runOutOfCredits();
            assertEquals(expected, cell(PRODUCER).credits);
        }
        runOutOfCredits();
        assertEquals(1024, cell(PRODUCER).credits);
    }

    @Test
    void shouldNotAnswerAPutThatSpendsACredit() {
        open(10);
        fixture.enqueue(PRODUCER, queue, AT_ONCE, "a");
        fixture.endOfBatch();
        final int before = fixture.outbox.received.size();

        spend("b");

        assertEquals(before, fixture.outbox.received.size());
        fixture.assertDelivered(fixture.take(CONSUMER, queue, AT_ONCE), "a", 1);
        fixture.assertDelivered(fixture.take(CONSUMER, queue, AT_ONCE), "b", 1);
    }

    @Test
    void shouldNeverGrantMoreCreditsThanThereIsRoom() {
        open(4);
        for (int i = 0; i < 3; i++) {
            fixture.enqueue(PRODUCER, queue, AT_ONCE, "x");
            fixture.enqueue(OTHER, queue, AT_ONCE, "x");
            fixture.endOfBatch();
            assertTrue(fixture.queueSize(CONSUMER, queue) + cell(PRODUCER).credits + cell(OTHER).credits <= 4);
        }
        assertEquals(4, fixture.queueSize(CONSUMER, queue));
    }

    @Test
    void shouldTakeBackUnspentCreditsWhenAnotherSessionPuts() {
        open(2);
        fixture.enqueue(PRODUCER, queue, AT_ONCE, "a");
        fixture.endOfBatch();
        assertEquals(1, cell(PRODUCER).credits);

        fixture.assertStatus(fixture.enqueue(OTHER, queue, AT_ONCE, "b"), Status.OK);
        assertEquals(0, cell(PRODUCER).credits);
    }

    @Test
    void shouldTakeBackItsOwnCreditsWhenASessionAsksAllTheSame() {
        open(2);
        fixture.enqueue(PRODUCER, queue, AT_ONCE, "a");
        fixture.endOfBatch();

        fixture.assertStatus(fixture.enqueue(PRODUCER, queue, AT_ONCE, "b"), Status.OK);
        fixture.assertStatus(fixture.enqueue(PRODUCER, queue, AT_ONCE, "c"), Status.TIMEOUT);
    }

    @Test
    void shouldKeepThePlaceOfAPutThatIsUnderWay() {
        open(2);
        fixture.enqueue(PRODUCER, queue, AT_ONCE, "a");
        fixture.endOfBatch();
        fixture.windows.spend(window(PRODUCER));

        final long other = fixture.enqueue(OTHER, queue, FOR_EVER, "c");
        fixture.assertWaits(other);
        fixture.enqueueWithCredit(PRODUCER, queue, "b");
        fixture.assertWaits(other);
        fixture.assertDelivered(fixture.take(CONSUMER, queue, AT_ONCE), "a", 1);
        fixture.assertStatus(other, Status.OK);
    }

    @Test
    void shouldUseThePlaceOfAPutThatNeverArrivesWhenItsSessionEnds() {
        open(2);
        fixture.enqueue(PRODUCER, queue, AT_ONCE, "a");
        fixture.endOfBatch();
        fixture.windows.spend(window(PRODUCER));
        final long other = fixture.enqueue(OTHER, queue, FOR_EVER, "c");

        fixture.close(PRODUCER);
        fixture.assertStatus(other, Status.OK);
    }

    @Test
    void shouldThrowWhenMoreArrivesThanCreditsWereGranted() {
        open(10);
        fixture.enqueue(PRODUCER, queue, AT_ONCE, "a");
        fixture.endOfBatch();
        spend("b");

        assertThrows(ProtocolException.class, () -> fixture.enqueueWithCredit(PRODUCER, queue, "c"));
        assertEquals(2, fixture.queueSize(CONSUMER, queue));
    }

    @Test
    void shouldEmptyTheWindowOfASessionThatPutWithoutSpending() {
        open(10);
        fixture.enqueue(PRODUCER, queue, AT_ONCE, "a");
        fixture.endOfBatch();
        fixture.enqueueWithCredit(PRODUCER, queue, "b");
        final SimulatedWindows.Cell producer = cell(PRODUCER);
        assertEquals(1, producer.credits);

        fixture.close(PRODUCER);
        assertEquals(0, producer.credits);
        assertTrue(producer.released);
    }

    @Test
    void shouldDeliverAheadOnlyToASessionThatHasAsked() {
        open(0);
        fill(5);
        fixture.endOfBatch();
        assertEquals(List.of(), fixture.ahead(CONSUMER));

        fixture.assertDelivered(fixture.take(CONSUMER, queue, AT_ONCE), "0", 1);
        fixture.endOfBatch();
        assertEquals(List.of("1"), fixture.ahead(CONSUMER));
        assertEquals(List.of(), fixture.ahead(OTHER));
        assertEquals(4, fixture.queueSize(PRODUCER, queue));
    }

    @Test
    void shouldDeliverTwiceAsFarAheadEachTimeItIsDrained() {
        open(0);
        fill(2_000);
        fixture.take(CONSUMER, queue, AT_ONCE);
        int sequence = 1;
        int expected = 0;
        for (int burst = 1; burst <= 512; burst *= 2) {
            fixture.endOfBatch();
            expected += burst;
            assertEquals(expected, fixture.ahead(CONSUMER).size());
            for (int i = 0; i < burst; i++) {
                assertTrue(fixture.windows.take(window(CONSUMER), ++sequence));
                fixture.acknowledge(CONSUMER, queue, sequence);
            }
        }
        fixture.endOfBatch();
        assertEquals(expected + 512, fixture.ahead(CONSUMER).size());
    }

    @Test
    void shouldTakeBackWhatIsNotTakenWhenAnotherSessionAsks() {
        open(0);
        fill(2);
        fixture.take(CONSUMER, queue, AT_ONCE);
        fixture.endOfBatch();
        assertEquals(List.of("1"), fixture.ahead(CONSUMER));

        fixture.assertDelivered(fixture.take(OTHER, queue, AT_ONCE), "1", 1);
        assertFalse(fixture.windows.take(window(CONSUMER), 2));
        assertTrue(fixture.windows.isVoid(window(CONSUMER), 2));
    }

    @Test
    void shouldLetAnotherSessionWaitWhenEverythingAheadWasTaken() {
        open(0);
        fill(2);
        fixture.take(CONSUMER, queue, AT_ONCE);
        fixture.endOfBatch();
        assertTrue(fixture.windows.take(window(CONSUMER), 2));

        fixture.assertStatus(fixture.take(OTHER, queue, AT_ONCE), Status.TIMEOUT);
        fixture.acknowledge(CONSUMER, queue, 2);
        fixture.acknowledge(CONSUMER, queue, 1);
        fixture.assertStatus(fixture.join(OTHER, queue, AT_ONCE), Status.OK);
    }

    @Test
    void shouldBeToldWhenWhatWasJustDeliveredAheadIsDoneWhileAJoinWaits() {
        open(0);
        fixture.assertStatus(fixture.take(CONSUMER, queue, AT_ONCE), Status.TIMEOUT);
        fixture.endOfBatch();
        fixture.enqueue(PRODUCER, queue, AT_ONCE, "a");
        final long join = fixture.join(OTHER, queue, FOR_EVER);
        fixture.endOfBatch();
        assertEquals(List.of("a"), fixture.ahead(CONSUMER));

        assertTrue(fixture.windows.take(window(CONSUMER), 1));
        assertTrue(fixture.windows.done(window(CONSUMER), 1), "nobody asked to be told");
        fixture.taken(CONSUMER, queue);

        fixture.assertStatus(join, Status.OK);
    }

    @Test
    void shouldTakeTheOldestItemBackWhenSeveralSessionsHaveItemsAhead() {
        open(0);
        fill(4);
        fixture.take(PRODUCER, queue, AT_ONCE);
        fixture.take(CONSUMER, queue, AT_ONCE);
        fixture.endOfBatch();
        final List<String> oldest =
                fixture.ahead(PRODUCER).contains("2") ? fixture.ahead(PRODUCER) : fixture.ahead(CONSUMER);
        assertEquals(List.of("2"), oldest);

        fixture.assertDelivered(fixture.take(OTHER, queue, AT_ONCE), "2", 1);
        fixture.assertDelivered(fixture.take(OTHER, queue, AT_ONCE), "3", 1);
    }

    @Test
    void shouldAnswerWithTheNextItemWhenASessionAsksBeforeItHasSeenWhatIsAhead() {
        open(0);
        fill(3);
        fixture.take(CONSUMER, queue, AT_ONCE);
        fixture.endOfBatch();
        assertEquals(List.of("1"), fixture.ahead(CONSUMER));

        final long take = fixture.take(CONSUMER, queue, AT_ONCE);
        fixture.assertDelivered(take, "1", 1);
        assertEquals(3, fixture.answer(take).position());
        assertTrue(fixture.windows.isVoid(window(CONSUMER), 2));
    }

    @Test
    void shouldTakeBackWhatLiesAheadOfASlowSessionEvenWhenYoungerItemsAreReady() {
        open(0);
        fill(5);
        fixture.take(CONSUMER, queue, AT_ONCE);
        fixture.endOfBatch();
        assertEquals(List.of("1"), fixture.ahead(CONSUMER));

        fixture.nowNs += 900_000;
        fixture.assertDelivered(fixture.take(OTHER, queue, AT_ONCE), "2", 1);
        fixture.nowNs += 200_000;
        fixture.assertDelivered(fixture.take(OTHER, queue, AT_ONCE), "1", 1);
        fixture.assertDelivered(fixture.take(OTHER, queue, AT_ONCE), "3", 1);
    }

    @Test
    void shouldServeLessFarAheadWhenItemsAreNotTakenSoon() {
        open(0);
        fill(20);
        fixture.take(CONSUMER, queue, AT_ONCE);
        fixture.endOfBatch();
        takeAhead(2);
        fixture.endOfBatch();
        assertEquals(List.of("1", "2", "3"), fixture.ahead(CONSUMER));

        fixture.nowNs += 21_000_000;
        takeAhead(3);
        takeAhead(4);
        fixture.endOfBatch();
        assertEquals(List.of("1", "2", "3", "4"), fixture.ahead(CONSUMER));
    }

    @Test
    void shouldShowEverythingUntakenInOrderWhenScanned() {
        open(0);
        fill(4);
        fixture.take(CONSUMER, queue, AT_ONCE);
        fixture.endOfBatch();

        final Received first = fixture.answer(fixture.queueScan(OTHER, queue, 0, 50));
        assertEquals(List.of("1", "2"), bodies(first));
        final Received second = fixture.answer(fixture.queueScan(OTHER, queue, first.number(), 50));
        assertEquals(List.of("3"), bodies(second));
        assertEquals(0, second.number());
        assertEquals(3, fixture.queueSize(OTHER, queue));
    }

    @Test
    void shouldThrowWhenADeliveryIsAcknowledgedThatWasNotTaken() {
        open(0);
        fill(2);
        fixture.take(CONSUMER, queue, AT_ONCE);
        fixture.endOfBatch();

        assertThrows(ProtocolException.class, () -> fixture.acknowledge(CONSUMER, queue, 2));
        assertEquals(1, fixture.queueSize(PRODUCER, queue));
    }

    @Test
    void shouldAcceptAWaitingPutWhenAnItemAheadIsTaken() {
        open(2);
        fill(2);
        fixture.take(CONSUMER, queue, AT_ONCE);
        fixture.enqueue(PRODUCER, queue, AT_ONCE, "2");
        fixture.endOfBatch();
        assertEquals(List.of("1"), fixture.ahead(CONSUMER));
        final long put = fixture.enqueue(OTHER, queue, FOR_EVER, "3");
        fixture.endOfBatch();
        fixture.assertWaits(put);

        final int window = window(CONSUMER);
        assertTrue(fixture.windows.take(window, 2));
        assertTrue(fixture.windows.mustReport(window));
        fixture.taken(CONSUMER, queue);
        fixture.assertStatus(put, Status.OK);
    }

    @Test
    void shouldAcceptAWaitingPutWhenAnAcknowledgementShowsThatAnItemWasTaken() {
        open(2);
        fill(2);
        fixture.take(CONSUMER, queue, AT_ONCE);
        fixture.enqueue(PRODUCER, queue, AT_ONCE, "2");
        fixture.endOfBatch();
        final long put = fixture.enqueue(OTHER, queue, FOR_EVER, "3");
        fixture.assertWaits(put);

        assertTrue(fixture.windows.take(window(CONSUMER), 2));
        fixture.acknowledge(CONSUMER, queue, 2);
        fixture.assertStatus(put, Status.OK);
    }

    @Test
    void shouldFindTheRoomOfATakenItemWhenAPutMustNotWait() {
        open(2);
        fill(2);
        fixture.take(CONSUMER, queue, AT_ONCE);
        fixture.enqueue(PRODUCER, queue, AT_ONCE, "2");
        fixture.endOfBatch();
        assertTrue(fixture.windows.take(window(CONSUMER), 2));

        fixture.assertStatus(fixture.enqueue(OTHER, queue, AT_ONCE, "3"), Status.OK);
        fixture.assertStatus(fixture.enqueue(OTHER, queue, AT_ONCE, "4"), Status.TIMEOUT);
    }

    @Test
    void shouldCountAnAttemptOnlyForWhatADeadConsumerHadTaken() {
        open(0);
        fill(5);
        fixture.take(CONSUMER, queue, AT_ONCE);
        fixture.endOfBatch();
        fixture.windows.take(window(CONSUMER), 2);
        fixture.acknowledge(CONSUMER, queue, 1);
        fixture.endOfBatch();
        assertEquals(List.of("1", "2", "3"), fixture.ahead(CONSUMER));

        fixture.close(CONSUMER);
        fixture.assertDelivered(fixture.take(OTHER, queue, AT_ONCE), "1", 2);
        fixture.assertDelivered(fixture.take(OTHER, queue, AT_ONCE), "2", 1);
        fixture.assertDelivered(fixture.take(OTHER, queue, AT_ONCE), "3", 1);
        fixture.assertDelivered(fixture.take(OTHER, queue, AT_ONCE), "4", 1);
    }

    @Test
    void shouldReleaseTheWindowWhenTheSessionEnds() {
        open(4);
        fill(2);
        fixture.take(CONSUMER, queue, AT_ONCE);
        fixture.endOfBatch();
        final SimulatedWindows.Cell producer = cell(PRODUCER);
        final SimulatedWindows.Cell consumer = cell(CONSUMER);

        fixture.close(PRODUCER);
        fixture.close(CONSUMER);
        assertTrue(producer.released && consumer.released);
    }

    @Test
    void shouldBelieveAWindowOnlyAsFarAsItCanBeTrue() {
        open(2);
        fixture.enqueue(PRODUCER, queue, AT_ONCE, "0");
        fixture.endOfBatch();
        cell(PRODUCER).credits = 1_000;

        fixture.assertStatus(fixture.enqueue(OTHER, queue, AT_ONCE, "1"), Status.OK);
        fixture.assertStatus(fixture.enqueue(OTHER, queue, AT_ONCE, "2"), Status.TIMEOUT);
        fixture.take(CONSUMER, queue, AT_ONCE);
        fixture.endOfBatch();
        cell(CONSUMER).taken = 1_000;
        assertEquals(0, fixture.queueSize(OTHER, queue));
    }

    @Test
    void shouldKeepBytesForEveryCreditSoThatNoneIsRefused() {
        final StoreFixture small = new StoreFixture(
                        new StoreLimits().maxValueBytes(100).maxQueueBytes(600).maxTotalBytes(600))
                .sessions(2);
        final int id = small.queue(1, 0);
        final int dict = small.dict(2);
        small.enqueue(1, id, AT_ONCE, "a");
        small.endOfBatch();
        small.windows.spend(window(1));
        int stored = 0;
        while (small.answer(small.put(2, dict, "k" + stored, "v".repeat(60))).status() == Status.OK) {
            stored++;
        }

        assertTrue(stored > 0);
        small.enqueueWithCredit(1, id, "x".repeat(100));
        assertEquals(2, small.queueSize(1, id));
    }

    private void open(final int capacity) {
        for (int session = 1; session <= 3; session++) {
            queue = fixture.queue(session, capacity);
        }
    }

    private void fill(final int count) {
        for (int i = 0; i < count; i++) {
            fixture.assertStatus(fixture.enqueue(OTHER, queue, AT_ONCE, String.valueOf(i)), Status.OK);
        }
    }

    private void takeAhead(final int sequence) {
        assertTrue(fixture.windows.take(window(CONSUMER), sequence));
        fixture.acknowledge(CONSUMER, queue, sequence);
    }

    private static List<String> bodies(final Received page) {
        final UnsafeBuffer buffer = new UnsafeBuffer(page.value());
        final EntryPage.Reader reader = new EntryPage.Reader().wrap(buffer, 0, buffer.capacity());
        final List<String> bodies = new ArrayList<>();
        while (reader.next()) {
            assertEquals(16, reader.keyLength());
            bodies.add(buffer.getStringWithoutLengthUtf8(reader.valueOffset(), reader.valueLength()));
        }
        return bodies;
    }

    private void runOutOfCredits() {
        while (cell(PRODUCER).credits > 0) {
            spend("x");
        }
        fixture.enqueue(PRODUCER, queue, AT_ONCE, "x");
        fixture.endOfBatch();
    }

    private void spend(final String body) {
        assertTrue(fixture.windows.spend(window(PRODUCER)));
        fixture.enqueueWithCredit(PRODUCER, queue, body);
    }

    private SimulatedWindows.Cell cell(final long session) {
        return fixture.windows.cell(window(session));
    }

    /** Windows were allotted to the sessions in their order. */
    private static int window(final long session) {
        return (int) session - 1;
    }
}
