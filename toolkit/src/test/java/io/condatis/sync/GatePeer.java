package io.condatis.sync;

import io.condatis.SharedObjects;
import io.condatis.internal.os.Futex;
import io.condatis.testing.Await;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A process that does something to every primitive of a region and prints what came of it. Arguments: the region;
 * {@code idle SECONDS} to wait on each and tell the CPU time of each waiter; {@code loop COUNT} to use each that often without
 * company; {@code virtual} to shut, wait and open by virtual threads.
 */
final class GatePeer {
    private static final long NS_PER_MS = 1_000_000;

    private GatePeer() {}

    public static void main(final String[] args) throws Exception {
        try (SharedObjects shared = SharedObjects.attach(args[0])) {
            System.out.println("joined, " + Futex.get());
            switch (args[1]) {
                case "idle":
                    idle(shared, Long.parseLong(args[2]));
                    break;
                case "loop":
                    loop(shared, Integer.parseInt(args[2]));
                    break;
                case "virtual":
                    for (final Gate.Kind kind : Gate.Kind.values()) {
                        System.out.println(kind + " " + passVirtually(kind.of(shared)));
                    }
                    System.out.println("owner " + isOwnedByTheVirtualThread(shared.lock("owned")));
                    break;
                default:
                    throw new IllegalArgumentException(args[1]);
            }
        }
        System.out.println("done");
    }

    private static void idle(final SharedObjects shared, final long seconds) throws Exception {
        final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        final Map<Gate.Kind, Thread> waiters = new EnumMap<>(Gate.Kind.class);
        final List<Gate> gates = new ArrayList<>();
        for (final Gate.Kind kind : Gate.Kind.values()) {
            final Gate gate = kind.of(shared);
            gates.add(gate);
            gate.shut();
            final Thread waiter = new Thread(() -> pass(gate));
            waiters.put(kind, waiter);
            waiter.start();
            Await.until(kind + " is waited for", () -> gate.isAsleep(waiter));
        }
        Thread.sleep(1_000); // the JVM compiles what has just run
        final Map<Gate.Kind, Long> beforeNs = new EnumMap<>(Gate.Kind.class);
        waiters.forEach((kind, waiter) -> beforeNs.put(kind, threads.getThreadCpuTime(waiter.getId())));
        final long processBeforeNs = processCpuNs();
        Thread.sleep(seconds * 1_000);
        final long processNs = processCpuNs() - processBeforeNs;
        waiters.forEach((kind, waiter) -> System.out.println(
                kind + " us=" + (threads.getThreadCpuTime(waiter.getId()) - beforeNs.get(kind)) / 1_000));
        System.out.println("process ms=" + processNs / NS_PER_MS);
        for (final Gate gate : gates) {
            gate.open();
        }
        for (final Thread waiter : waiters.values()) {
            waiter.join();
        }
    }

    private static long processCpuNs() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static void loop(final SharedObjects shared, final int count) throws Exception {
        final SharedLock lock = shared.lock("conditionLock");
        final SharedReentrantLock reentrant = shared.reentrantLock("reentrant");
        final SharedSemaphore semaphore = shared.semaphore("semaphore", 0, 1);
        final SharedBoundedSemaphore bounded = shared.boundedSemaphore("bounded", 1);
        final SharedEvent event = shared.event("event");
        final SharedCondition condition = shared.condition("condition", lock);
        final SharedReadWriteLock readWrite = shared.readWriteLock("read");
        if (semaphore.availablePermits() == 0) {
            semaphore.release();
        }
        for (int i = 0; i < count; i++) {
            lock.lock();
            condition.signal();
            lock.unlock();
            reentrant.lock();
            reentrant.lock();
            reentrant.unlock();
            reentrant.unlock();
            semaphore.acquire();
            semaphore.release();
            bounded.acquire();
            bounded.release();
            event.set();
            event.await();
            event.clear();
            readWrite.readLock().lock();
            readWrite.readLock().unlock();
            readWrite.writeLock().lock();
            readWrite.writeLock().unlock();
        }
    }

    private static String passVirtually(final Gate gate) throws Exception {
        final Thread owner = startVirtually(() -> {
            gate.shut();
            final Thread waiter = startVirtually(gate::pass);
            Thread.sleep(20);
            final boolean early = !waiter.isAlive();
            gate.open();
            waiter.join();
            if (early) {
                throw new AssertionError("passed a gate that was shut");
            }
        });
        owner.join();
        return "passed";
    }

    private static boolean isOwnedByTheVirtualThread(final SharedLock lock) throws Exception {
        final boolean[] seen = new boolean[2];
        startVirtually(() -> {
                    lock.lock();
                    startVirtually(() -> {
                                try {
                                    lock.unlock();
                                } catch (final IllegalMonitorStateException e) {
                                    seen[0] = !lock.isHeldByCurrentThread();
                                }
                            })
                            .join();
                    seen[1] = lock.isHeldByCurrentThread();
                    lock.unlock();
                })
                .join();
        return seen[0] && seen[1];
    }

    private static Thread startVirtually(final Gate.Step step) throws ReflectiveOperationException {
        final Runnable task = () -> {
            try {
                step.run();
            } catch (final Exception e) {
                throw new IllegalStateException(e);
            }
        };
        return (Thread)
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
    }

    private static void pass(final Gate gate) {
        try {
            gate.pass();
        } catch (final Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
