package io.condatis.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.SharedObjects;
import io.condatis.testing.Await;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The event, beyond what CPython's tests ask. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class SharedEventTest {
    private SharedObjects shared;
    private SharedEvent event;

    @BeforeEach
    void createEvent() {
        shared = SharedObjects.create(Names.unique());
        event = shared.event("go");
    }

    @AfterEach
    void closeEvent() {
        shared.close();
    }

    /** Scenario 6 of the semantics. */
    @Test
    void shouldMissNoPulseWhenItIsClearedRightAfterItWasSet() throws Exception {
        final int pulses = 1_000;
        final AtomicInteger ready = new AtomicInteger();
        final AtomicInteger seen = new AtomicInteger();
        final FutureTask<Void> waiter = new FutureTask<>(() -> {
            for (int i = 1; i <= pulses; i++) {
                while (event.isSet()) {
                    Thread.onSpinWait(); // the pulse before
                }
                ready.set(i);
                event.await();
                seen.set(i);
            }
            return null;
        });
        new Thread(waiter).start();
        for (int i = 1; i <= pulses; i++) {
            final int pulse = i;
            Await.until(
                    "the waiter has looked",
                    () -> ready.get() == pulse && event.toString().contains("waiters"));
            event.set();
            event.clear();
            Await.until("the pulse was seen", () -> seen.get() == pulse);
        }
        waiter.get(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldEndTheWaitsOfAllWhenSet() throws Exception {
        final List<FutureTask<Boolean>> waiters = List.of(waiting(), waiting(), waiting(), waiting());
        event.set();
        for (final FutureTask<Boolean> waiter : waiters) {
            assertTrue(waiter.get(10, TimeUnit.SECONDS));
        }
        assertEquals(4, event.waits());
        assertTrue(event.longestWaitNs() > 0);
        assertEquals("SharedEvent[go, set]", event.toString());
    }

    @Test
    void shouldThrowWhenInterruptedAndStayUsable() throws Exception {
        final FutureTask<Void> waiter = new FutureTask<>(
                () -> {
                    assertThrows(InterruptedException.class, event::await);
                },
                null);
        final Thread thread = new Thread(waiter);
        thread.start();
        Await.untilBlocked(thread);
        thread.interrupt();
        waiter.get(10, TimeUnit.SECONDS);
        event.set();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, event::await);
        assertTrue(event.await(0, TimeUnit.SECONDS));
    }

    @Test
    void shouldDoNothingWhenSetOrClearedTwice() {
        event.set();
        event.set();
        assertTrue(event.isSet());
        event.clear();
        event.clear();
        assertFalse(event.isSet());
    }

    @Test
    void shouldRefuseEverythingAfterClose() {
        shared.close();
        final List<Executable> operations = List.of(
                event::set,
                event::clear,
                event::isSet,
                event::await,
                () -> event.await(1, TimeUnit.SECONDS),
                event::waits);
        for (final Executable operation : operations) {
            final String message =
                    assertThrows(IllegalStateException.class, operation).getMessage();
            assertTrue(message.contains("SharedEvent[go, closed]"), message);
        }
    }

    @Test
    void shouldLieWhereItsLayoutSays(@TempDir final Path directory) {
        try (LockRegion region = LockRegion.create(directory)) {
            final int offset = LockRegion.SPARE_OFFSET;
            SharedEvent.initialise(region.memory(), offset);
            final SharedEvent raw = SharedEvent.at(region.memory(), offset, region.participants(), "raw");
            assertEquals(0x4556_4E54, region.memory().getInt(offset + 4));
            raw.set();
            assertEquals(4 | 2, region.memory().getInt(offset));
            raw.clear();
            assertEquals(4, region.memory().getInt(offset));
            assertEquals(64, SharedEvent.LENGTH);
        }
    }

    private FutureTask<Boolean> waiting() {
        final FutureTask<Boolean> task = new FutureTask<>(() -> event.await(30, TimeUnit.SECONDS));
        final Thread waiter = new Thread(task);
        waiter.start();
        Await.untilBlocked(waiter);
        return task;
    }
}
