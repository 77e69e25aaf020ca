package io.condatis.pool;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.Await;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The cases of CPython's {@code _TestPool}. */
@Timeout(60)
class TestPoolTest {
    private static Pool pool;

    @BeforeAll
    static void start() {
        pool = Pool.start(3);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        pool.terminate();
        pool.join();
    }

    @Test
    void testApply() throws InterruptedException {
        assertEquals(25, pool.<Integer, Integer>apply(Tasks::square, 5));
        assertEquals(42, pool.<Integer, Integer, Integer>apply(Tasks::multiply, 6, 7));
        final int captured = 11;
        assertEquals(121, pool.apply(() -> captured * captured));
        assertNull(pool.<Object>apply(() -> null));
    }

    @Test
    void testMap() throws InterruptedException {
        assertEquals(squares(10), pool.map(Tasks::square, numbers(10)));
        assertEquals(squares(100), pool.map(Tasks::square, numbers(100), 20));
        assertEquals(List.of(new Tasks.Point(2, 1)), pool.map(Tasks::mirror, List.of(new Tasks.Point(1, 2))));
    }

    @Test
    void testStarmap() throws Exception {
        final List<Map.Entry<Integer, Integer>> pairs =
                IntStream.range(0, 100).mapToObj(i -> Map.entry(i, 100 - i)).toList();
        final List<Integer> expected =
                pairs.stream().map(pair -> pair.getKey() * pair.getValue()).toList();
        assertEquals(expected, pool.starmap(Tasks::multiply, pairs));
        assertEquals(
                expected,
                pool.starmapAsync(Tasks::multiply, pairs, new Job().chunkSize(7))
                        .get());
    }

    @Test
    void testMapAsync() throws Exception {
        assertEquals(squares(10), pool.mapAsync(Tasks::square, numbers(10)).get());
    }

    @Test
    void testMapAsyncCallbacks() throws Exception {
        final List<Object> heard = new ArrayList<>();
        final AsyncResult<List<Integer>> good =
                pool.mapAsync(Tasks::square, numbers(10), new Job(), heard::add, failure -> heard.add("failure"));
        good.await();
        assertEquals(List.of(squares(10)), heard);
        final AsyncResult<List<Integer>> bad =
                pool.mapAsync(Tasks::failAtThree, numbers(10), new Job(), result -> heard.add("result"), heard::add);
        bad.await();
        assertEquals(2, heard.size());
        assertInstanceOf(IllegalArgumentException.class, heard.get(1));
        assertSame(
                heard.get(1), assertThrows(ExecutionException.class, bad::get).getCause());
    }

    @Test
    void testMapUnserialisable() throws Exception {
        final RuntimeException e =
                assertThrows(RuntimeException.class, () -> pool.map(Tasks::take, List.of(1, new Thread(), 3), 1));
        assertTrue(e.getMessage().startsWith("an argument of 'map-"), e.getMessage());
        assertTrue(e.getMessage().contains("[1]' cannot be handed to a worker"), e.getMessage());
        assertTrue(e.getMessage().contains("java.lang.Thread"), e.getMessage());
        assertEquals(9, pool.<Integer, Integer>apply(Tasks::square, 3));
    }

    @Test
    void testMapChunksize() throws Exception {
        assertEquals(
                List.of(),
                pool.mapAsync(Tasks::square, List.of(), new Job().chunkSize(1)).get(5, SECONDS));
        assertThrows(IllegalArgumentException.class, () -> pool.map(Tasks::square, List.of(1), 0));
    }

    @Test
    void testMapHandleIterableException() throws Exception {
        final Iterable<Integer> bad = () -> failingAt(3);
        assertThrows(Stop.class, () -> pool.map(Tasks::square, bad));
        assertThrows(Stop.class, () -> pool.mapAsync(Tasks::square, bad));
        assertEquals(squares(3), pool.map(Tasks::square, numbers(3)));
    }

    @Test
    void testAsync() throws Exception {
        final AsyncResult<Integer> result = pool.applyAsync(() -> Tasks.squareAfter(7, 100));
        assertEquals(49, result.get());
        assertEquals(49, result.get(0, SECONDS));
        assertTrue(result.isSuccessful());
    }

    @Test
    void testAsyncTimeout() throws Exception {
        final AsyncResult<Integer> result = pool.applyAsync(() -> Tasks.sleep(60_000));
        final long startNs = System.nanoTime();
        assertThrows(TimeoutException.class, () -> result.get(200, MILLISECONDS));
        assertTrue(System.nanoTime() - startNs >= MILLISECONDS.toNanos(200));
        assertFalse(result.isDone());
        assertThrows(IllegalStateException.class, result::isSuccessful);
        assertTrue(result.cancel(true));
        assertThrows(CancellationException.class, result::get);
        assertFalse(result.cancel(true));
    }

    @Test
    void testImap() {
        assertEquals(squares(10), drain(pool.imap(Tasks::square, numbers(10))));
        assertEquals(squares(1000), drain(pool.imap(Tasks::square, numbers(1000), new Job().chunkSize(100))));
        final ResultIterator<Integer> results = pool.imap(Tasks::square, numbers(2));
        assertEquals(0, results.next());
        assertEquals(1, results.next());
        assertFalse(results.hasNext());
        assertThrows(NoSuchElementException.class, results::next);
    }

    @Test
    void testImapReadsItsInputOnlySoFarAhead() {
        final AtomicInteger read = new AtomicInteger();
        final Iterable<Integer> endless =
                () -> IntStream.generate(read::getAndIncrement).boxed().iterator();
        try (ResultIterator<Integer> results = pool.imap(Tasks::square, endless, new Job().lookAhead(8))) {
            assertEquals(8, read.get());
            for (int i = 0; i < 100; i++) {
                assertEquals(i * i, results.next());
                assertEquals(9 + i, read.get());
            }
        }
    }

    @Test
    void testImapWaitsOnlySoLongAndMayBeAskedAgain() throws Exception {
        try (ResultIterator<Integer> results = pool.imap(x -> Tasks.squareAfter(x, 1_000), List.of(7))) {
            assertThrows(TimeoutException.class, () -> results.next(10, MILLISECONDS));
            assertEquals(49, results.next(20, SECONDS));
        }
    }

    @Test
    void testImapGoesOnBehindAFailure() {
        for (final int chunkSize : new int[] {1, 3}) {
            final ResultIterator<Integer> results = pool.imap(
                    Tasks::failAtThree,
                    numbers(8),
                    new Job().chunkSize(chunkSize).name("f"));
            for (int i = 0; i < 8; i++) {
                if (i == 3) {
                    final TaskFailedException e = assertThrows(TaskFailedException.class, results::next);
                    assertTrue(e.getMessage().startsWith("'f[3]' failed in worker pool-"), e.getMessage());
                    assertInstanceOf(IllegalArgumentException.class, e.getCause());
                } else {
                    assertEquals(i, results.next());
                }
            }
            assertFalse(results.hasNext());
        }
    }

    @Test
    void testImapDeliversWhatCannotBeHandedOverInItsPlace() {
        final ResultIterator<Integer> results =
                pool.imap(Tasks::take, List.of(1, new Thread(), 3), new Job().chunkSize(2));
        assertEquals(1, results.next());
        assertTrue(
                assertThrows(RuntimeException.class, results::next).getMessage().contains("java.lang.Thread"));
        assertEquals(1, results.next());
        assertFalse(results.hasNext());
    }

    @Test
    void testImapHandleIterableException() {
        final ResultIterator<Integer> results = pool.imap(Tasks::square, () -> failingAt(3));
        assertEquals(0, results.next());
        assertEquals(1, results.next());
        assertEquals(4, results.next());
        assertThrows(Stop.class, results::next);
        assertFalse(results.hasNext());
    }

    @Test
    void testImapUnordered() {
        assertEquals(
                new TreeSet<>(squares(100)),
                new TreeSet<>(drain(pool.imapUnordered(Tasks::square, numbers(100), new Job().chunkSize(9)))));
        final ResultIterator<Integer> results =
                pool.imapUnordered(x -> Tasks.squareAfter(x, x == 0 ? 2000 : 0), numbers(6));
        assertEquals(1, results.next() == 0 ? 0 : 1, "the slow first one is not waited for");
        results.close();
    }

    @Test
    void testImapUnorderedHandleIterableException() {
        final ResultIterator<Integer> results = pool.imapUnordered(Tasks::square, () -> failingAt(5));
        final List<Integer> seen = new ArrayList<>();
        assertThrows(Stop.class, () -> results.forEachRemaining(seen::add));
        assertEquals(new TreeSet<>(squares(5)), new TreeSet<>(seen));
        assertEquals(5, seen.size());
    }

    @Test
    void testMakePool() {
        assertThrows(IllegalArgumentException.class, () -> Pool.start(0));
        assertThrows(IllegalArgumentException.class, () -> Pool.start(-1));
        assertEquals(3, pool.workers().size());
    }

    @Test
    void testEmptyIterable() throws Exception {
        assertEquals(List.of(), pool.map(Tasks::square, List.of()));
        assertEquals(List.of(), pool.mapAsync(Tasks::square, List.of()).get(5, SECONDS));
        assertFalse(pool.imap(Tasks::square, List.of()).hasNext());
        assertFalse(pool.imapUnordered(Tasks::square, List.of()).hasNext());
    }

    @Test
    void testTraceback() throws Exception {
        final AsyncResult<Integer> result = pool.applyAsync(Tasks::failAtThree, 3);
        final ExecutionException e = assertThrows(ExecutionException.class, result::get);
        assertTrue(
                e.getMessage().matches("'apply-\\d+' failed in worker pool-\\d+-worker-\\d+ \\(pid \\d+\\): .*three"),
                e.getMessage());
        assertEquals("failAtThree", e.getCause().getStackTrace()[0].getMethodName());
        assertTrue(IntStream.range(0, e.getCause().getStackTrace().length)
                .anyMatch(i -> e.getCause().getStackTrace()[i].getClassName().endsWith("PoolWorker")));
    }

    @Test
    void testMapNoFailfast() throws Exception {
        final long startNs = System.nanoTime();
        final AsyncResult<List<Integer>> result =
                pool.mapAsync(x -> x == 0 ? Tasks.failAll(x) : Tasks.sleep(400), numbers(3), new Job().chunkSize(1));
        assertThrows(ExecutionException.class, result::get);
        assertTrue(System.nanoTime() - startNs >= MILLISECONDS.toNanos(400), "waits for the others");
        final TaskFailedException e =
                assertThrows(TaskFailedException.class, () -> pool.map(Tasks::failAtLength, List.of(1 << 20, 1 << 20)));
        assertEquals(1 << 20, e.getCause().getMessage().length());
    }

    @Test
    void testReleaseTaskRefs() throws Exception {
        final AtomicReference<int[]> argument = new AtomicReference<>(new int[10]);
        final WeakReference<int[]> released = new WeakReference<>(argument.get());
        pool.apply(Tasks::take, (Object) argument.get());
        argument.set(null);
        Await.until("the argument is released", () -> {
            System.gc();
            return released.refersTo(null);
        });
    }

    @Test
    void testTerminate() throws Exception {
        final Pool doomed = Pool.start(2);
        final AsyncResult<List<Integer>> result = doomed.mapAsync(
                Tasks::sleep, IntStream.range(0, 10_000).mapToObj(i -> 100).toList(), new Job().chunkSize(1));
        final AsyncResult<Integer> single = doomed.applyAsync(() -> Tasks.sleep(60_000));
        final AtomicReference<Throwable> seen = new AtomicReference<>();
        final Thread getter = new Thread(() -> seen.set(assertThrows(CancellationException.class, single::get)));
        getter.start();
        Await.untilBlocked(getter);
        final long startNs = System.nanoTime();
        doomed.terminate();
        doomed.join();
        assertTrue(System.nanoTime() - startNs < SECONDS.toNanos(8), "took " + (System.nanoTime() - startNs) / 1e9);
        getter.join();
        assertEquals(doomed.name() + " was terminated", seen.get().getMessage());
        assertTrue(result.isCancelled());
        assertThrows(CancellationException.class, result::get);
        assertEquals(List.of(), doomed.workers());
    }

    @Test
    void testContext() throws Exception {
        final AsyncResult<Integer> result;
        final Pool closed;
        try (Pool short1 = Pool.start(1)) {
            closed = short1;
            assertThrows(IllegalStateException.class, short1::join);
            result = short1.applyAsync(() -> Tasks.squareAfter(3, 100));
        }
        assertEquals(9, result.get(0, SECONDS));
        assertTrue(closed.isTerminated());
        final RejectedExecutionException e =
                assertThrows(RejectedExecutionException.class, () -> closed.apply(Tasks::square, 3));
        assertTrue(e.getMessage().endsWith("takes no new work: it was shut down"), e.getMessage());
        assertThrows(RejectedExecutionException.class, () -> closed.imap(Tasks::square, List.of(1)));
        closed.close();
    }

    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static Iterator<Integer> failingAt(final int end) {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Integer next() {
                if (next == end) {
                    throw new Stop();
                }
                return next++;
            }
        };
    }

    private static List<Integer> numbers(final int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static List<Integer> squares(final int count) {
        return IntStream.range(0, count).mapToObj(i -> i * i).toList();
    }

    private static <R> List<R> drain(final Iterator<R> results) {
        final List<R> all = new ArrayList<>();
        results.forEachRemaining(all::add);
        return all;
    }
}
