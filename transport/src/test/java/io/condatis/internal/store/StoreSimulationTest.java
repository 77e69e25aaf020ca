package io.condatis.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random clients against a model. A failure names its seed: replay it with {@code -Dcondatis.seed=...}; a longer run is
 * {@code -Dcondatis.simulation.commands=...}.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class StoreSimulationTest {
    private static final int SEEDS = 16;
    private static final Long SEED = Long.getLong("condatis.seed");
    private static final int COMMANDS = Integer.getInteger("condatis.simulation.commands", 200_000);

    @Test
    void shouldAgreeWithTheModelWhenClientsDoAnythingAndDie() {
        final long first = SEED == null ? System.nanoTime() : SEED;
        final int seeds = SEED == null ? SEEDS : 1;
        int deaths = 0;
        int redeliveries = 0;
        for (int i = 0; i < seeds; i++) {
            final Simulation simulation = run(first + i, 97, COMMANDS / SEEDS);
            deaths += simulation.deaths;
            redeliveries += simulation.redeliveries();
        }
        assertTrue(deaths > 0 && redeliveries > 0, "the simulation is too tame: deaths=" + deaths);
    }

    @Test
    void shouldPutOutTheSameWhetherOrNotItWasReloadedInBetween() {
        final long seed = SEED == null ? System.nanoTime() : SEED;
        final int commands = Math.min(COMMANDS, 10_000);

        final Simulation straight = run(seed, 0, commands);
        final Simulation reloaded = run(seed, 13, commands);

        assertTrue(reloaded.reloads > 0);
        assertEquals(straight.digest, reloaded.digest, "moves differ: -Dcondatis.seed=" + seed);
    }

    @Test
    void shouldAgreeWithTheModelsWhenThreadsMeetAndDie() {
        final long first = SEED == null ? System.nanoTime() : SEED;
        final int seeds = SEED == null ? 4 * SEEDS : 1;
        int robbed = 0;
        int passes = 0;
        for (int i = 0; i < seeds; i++) {
            final SyncSimulation simulation = runSync(first + i, 31, COMMANDS / (4 * SEEDS));
            robbed += simulation.robbed();
            passes += simulation.passes();
        }
        assertTrue(SEED != null || robbed > 0 && passes > 0, "the simulation is too tame: robbed=" + robbed);
    }

    @Test
    void shouldPutOutTheSameForThreadsThatMeetWhetherOrNotItWasReloadedInBetween() {
        final long seed = SEED == null ? System.nanoTime() : SEED;
        final int commands = Math.min(COMMANDS, 10_000);

        final SyncSimulation straight = runSync(seed, 0, commands);
        final SyncSimulation reloaded = runSync(seed, 7, commands);

        assertTrue(reloaded.reloads > 0);
        assertTrue(reloaded.cancels > 0 && reloaded.timeouts > 0 && reloaded.deaths > 0);
        assertEquals(straight.digest, reloaded.digest, "moves differ: -Dcondatis.seed=" + seed);
    }

    private static SyncSimulation runSync(final long seed, final int reloadEvery, final int commands) {
        try {
            final SyncSimulation simulation = new SyncSimulation(seed, reloadEvery);
            simulation.run(commands);
            return simulation;
        } catch (final RuntimeException | AssertionError e) {
            throw new AssertionError("failed with -Dcondatis.seed=" + seed, e);
        }
    }

    private static Simulation run(final long seed, final int reloadEvery, final int commands) {
        try {
            final Simulation simulation = new Simulation(seed, reloadEvery);
            simulation.run(commands);
            return simulation;
        } catch (final RuntimeException | AssertionError e) {
            throw new AssertionError("failed with -Dcondatis.seed=" + seed, e);
        }
    }
}
