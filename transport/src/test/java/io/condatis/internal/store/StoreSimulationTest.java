package io.condatis.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random clients against models: a million commands in all, seed by seed, on every processor. A failure names its seed: replay
 * it with {@code -Dcondatis.seed=...}; a longer run is {@code -Dcondatis.simulation.commands=...}.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class StoreSimulationTest {
    private static final Long SEED = Long.getLong("condatis.seed");
    private static final int COMMANDS = Integer.getInteger("condatis.simulation.commands", 1_000_000);
    /** Of one seed with queues and containers, which get three quarters of all. */
    private static final int COMMANDS_OF_QUEUES = 12_500;
    /** Of one seed with what threads meet at and custom objects. */
    private static final int COMMANDS_OF_THREADS = 4_000;

    /**
     * Whether enough happened.
     *
     * @param first of the things that must happen
     * @param second of them
     * @param third of them
     */
    private record Happened(int first, int second, int third) {
        Happened plus(final Happened other) {
            return new Happened(first + other.first, second + other.second, third + other.third);
        }

        boolean isAll() {
            return first > 0 && second > 0 && third > 0;
        }
    }

    private static Happened runAll(final int seeds, final LongFunction<Happened> run) {
        final long first = SEED == null ? System.nanoTime() : SEED;
        final int count = SEED == null ? seeds : 1;
        System.out.println("simulation: " + count + " seeds from -Dcondatis.seed=" + first);
        return LongStream.range(first, first + count)
                .parallel()
                .mapToObj(run)
                .reduce(new Happened(0, 0, 0), Happened::plus);
    }

    @Test
    void shouldAgreeWithTheModelWhenClientsDoAnythingAndDie() {
        final Happened happened = runAll(COMMANDS / 4 * 3 / COMMANDS_OF_QUEUES, seed -> {
            final Simulation simulation = run(seed, 397, COMMANDS_OF_QUEUES);
            return new Happened(simulation.deaths, simulation.redeliveries(), simulation.reloads);
        });
        assertTrue(SEED != null || happened.isAll(), "the simulation is too tame: " + happened);
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
        final Happened happened = runAll(COMMANDS / 4 / COMMANDS_OF_THREADS + 1, seed -> {
            final SyncSimulation simulation = runSync(seed, 97, COMMANDS_OF_THREADS);
            return new Happened(simulation.robbed(), simulation.passes(), simulation.orphans());
        });
        assertTrue(SEED != null || happened.isAll(), "the simulation is too tame: " + happened);
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
