package io.condatis.manager;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.error.CondatisException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LargeValuesTest {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    /** What a key and the tags take of the limit of 64 MiB. */
    private static final int AROUND = 64;

    private static Manager manager;

    @BeforeAll
    static void start() {
        manager = Manager.start();
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    @Test
    void shouldStoreValuesUpToTheLimit() {
        final ConcurrentMap<String, byte[]> dict = manager.dict("sizes");
        for (final int length : new int[] {127 * KIB, 128 * KIB, 129 * KIB, MIB, 10 * MIB, 64 * MIB - AROUND}) {
            final byte[] value = bytes(length);
            dict.put("value", value);
            assertArrayEquals(value, dict.get("value"));
        }
        assertEquals(1, dict.entrySet().stream().count());
        assertEquals(64 * MIB - AROUND, dict.remove("value").length);
        assertNull(dict.get("value"));
    }

    @Test
    void shouldRefuseWhatIsLongerAndChangeNothing() {
        final ConcurrentMap<String, byte[]> dict = manager.dict("too long");
        dict.put("value", new byte[] {1});
        final CondatisException refusal =
                assertThrows(CondatisException.class, () -> dict.put("value", new byte[64 * MIB]));
        assertTrue(refusal.getMessage().contains("limit of " + 64 * MIB), refusal.getMessage());
        assertEquals(1, dict.get("value").length);
    }

    @Test
    void shouldQueueLargeItemsInOrderAmongSmallOnes() throws InterruptedException {
        final JoinableQueue<byte[]> queue = manager.joinableQueue("mixed", 4);
        final Random random = new Random(20261121);
        final List<Integer> lengths = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            lengths.add(random.nextInt(4) == 0 ? random.nextInt(3 * MIB) : random.nextInt(200));
        }
        final Thread producer = new Thread(() -> {
            for (final int length : lengths) {
                try {
                    queue.put(bytes(length));
                } catch (final InterruptedException e) {
                    return;
                }
            }
        });
        producer.start();
        for (final int length : lengths) {
            assertArrayEquals(bytes(length), queue.take());
            queue.taskDone();
        }
        producer.join();
        queue.join();
    }

    @Test
    void shouldServeManyThreadsWithLargeValuesAtOnce() throws Exception {
        final ConcurrentMap<Integer, byte[]> dict = manager.dict("threads");
        final ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            final List<Future<?>> results = new ArrayList<>();
            for (int thread = 0; thread < 6; thread++) {
                final int key = thread;
                results.add(threads.submit(() -> {
                    for (int i = 1; i <= 5; i++) {
                        final byte[] value = bytes(key * 100_000 + i * MIB);
                        dict.put(key, value);
                        assertArrayEquals(value, dict.get(key));
                    }
                }));
            }
            for (final Future<?> result : results) {
                result.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static byte[] bytes(final int length) {
        final byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
