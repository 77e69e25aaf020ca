package io.condatis.pool;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.process.WorkerProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A map of 200 tasks while workers are killed at random: all results, or the error that names the task; never a hang. */
class PoolUnderFireTest {
    private static final int TASKS = 200;
    /** Of the long form; one that fails is played again by itself with {@code -Dcondatis.seeds=17-17}. */
    private static final String SEEDS = System.getProperty("condatis.seeds", "1-50");

    private static final long SCATTER = 0x9E3779B97F4A7C15L;

    @Test
    @Timeout(120)
    void shouldEndEveryMapWhileWorkersAreKilled() throws Exception {
        for (long seed = 1; seed <= 2; seed++) {
            underFire(seed);
        }
    }

    @Test
    @Timeout(3600)
    @EnabledIfSystemProperty(named = "condatis.long", matches = "true")
    void shouldEndEveryMapWhileWorkersAreKilledForFiftySeeds() throws Exception {
        final String[] range = SEEDS.split("-");
        for (long seed = Long.parseLong(range[0]); seed <= Long.parseLong(range[1]); seed++) {
            underFire(seed);
        }
    }

    /** An even seed retries, an odd one does not. */
    private static void underFire(final long seed) throws Exception {
        final Random random = new Random(seed * SCATTER); // seeds that are near give near numbers
        final int retries = seed % 2 == 0 ? 100 : 0;
        final int kills = 1 + random.nextInt(4);
        try (Pool pool = Pool.start(new PoolOptions().workers(2).retries(retries))) {
            assertTrue(pool.awaitReady(60, SECONDS), () -> "seed " + seed);
            final List<Integer> input = IntStream.range(0, TASKS).boxed().toList();
            final AsyncResult<List<Integer>> result = pool.mapAsync(
                    x -> Tasks.squareAfter(x, 3), input, new Job().name("fire").chunkSize(1 + random.nextInt(4)));
            for (int i = 0; i < kills; i++) {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
                final List<WorkerProcess> workers = pool.workers();
                if (!workers.isEmpty()) {
                    workers.get(random.nextInt(workers.size())).kill();
                }
            }
            final String outcome = check(seed, result, retries);
            assertEquals(9, pool.<Integer, Integer>apply(Tasks::square, 3), () -> "seed " + seed);
            System.out.println(
                    "under fire: seed " + seed + ", retries " + retries + ", kills " + kills + ": " + outcome);
        }
    }

    private static String check(final long seed, final AsyncResult<List<Integer>> result, final int retries)
            throws Exception {
        final List<Integer> expected = new ArrayList<>();
        IntStream.range(0, TASKS).forEach(x -> expected.add(x * x));
        try {
            assertEquals(expected, result.get(60, SECONDS), () -> "seed " + seed);
            return "all results";
        } catch (final ExecutionException e) {
            assertEquals(0, retries, () -> "seed " + seed + ": " + e);
            final WorkerDiedException died = assertInstanceOf(WorkerDiedException.class, e.getCause());
            assertTrue(died.task().matches("fire\\[\\d+(\\.\\.\\d+)?]"), died.task());
            return died.task() + " died with its worker";
        }
    }
}
