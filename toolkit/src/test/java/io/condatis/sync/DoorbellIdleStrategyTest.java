package io.condatis.sync;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.IdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@ExtendWith(LeakCheck.class)
class DoorbellIdleStrategyTest {
    private static final long NEVER_NS = TimeUnit.HOURS.toNanos(1);

    @TempDir
    Path directory;

    @Test
    void shouldWakeWhenAnotherProcessBringsWorkAndRings() {
        try (RegionPeers peers = new RegionPeers(directory)) {
            final SyncRegion region = peers.region();
            final Thread agent = new Thread(() -> {
                final IdleStrategy idle = new DoorbellIdleStrategy(region.doorbell(), NEVER_NS);
                while (region.word() == 0) {
                    idle.idle();
                }
            });
            agent.start();
            Await.untilBlocked(agent);
            final ForkedJvm sender = peers.peer("word 1", "ring");
            Await.until("the agent has seen the work", () -> !agent.isAlive());
            sender.awaitLine("rung", Await.DEADLINE);
        }
    }

    @Test
    void shouldMissNothingWhenWorkAndSleepRace() throws Exception {
        try (RegionPeers peers = new RegionPeers(directory)) {
            final SyncRegion region = peers.region();
            final Thread agent = new Thread(() -> {
                final IdleStrategy idle = new DoorbellIdleStrategy(region.doorbell(), NEVER_NS);
                for (long next = 1; next <= 2_000; next++) {
                    while (region.word() != next) {
                        idle.idle(0);
                    }
                    idle.idle(1);
                    region.setWord(-next);
                }
            });
            agent.start();
            final Doorbell doorbell = region.doorbell();
            for (long next = 1; next <= 2_000; next++) {
                region.setWord(next);
                doorbell.ring();
                final long taken = -next;
                Await.until("the agent takes " + next, () -> region.word() == taken);
            }
            agent.join();
            assertTrue(new DoorbellIdleStrategy(doorbell).toString().contains("sliceNs"));
        }
    }
}
