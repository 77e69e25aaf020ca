package io.condatis.manager;

import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Child programs of the containers' tests: the first argument says what to do, the second names the manager. */
public final class ContainersPeer {
    private ContainersPeer() {}

    /**
     * Runs one of the programs; an unexpected value ends it with an exception.
     *
     * @param args program, manager, and what the program wants
     * @throws InterruptedException never
     */
    public static void main(final String[] args) throws InterruptedException {
        try (Manager manager = Manager.connect(args[1])) {
            switch (args[0]) {
                case "list" -> list(manager.list("list"));
                case "dict" -> dict(manager.dict("dict"));
                case "value" -> value(manager.value("value", 0));
                case "array" -> array(manager.array("array", 'i', 5));
                case "namespace" -> namespace(manager.namespace("namespace"));
                case "set" -> set(manager.set("set"));
                case "queue" -> queue(manager.queue("queue", 2));
                case "joinable" -> joinable(manager.joinableQueue("joinable", 2));
                case "nested" -> nested(manager, args[2]);
                case "change-without-end" -> changeWithoutEnd(manager);
                default -> throw new IllegalArgumentException(args[0]);
            }
        }
    }

    private static void check(final boolean holds, final Object seen) {
        if (!holds) {
            throw new AssertionError("unexpected: " + seen);
        }
    }

    private static void list(final SharedList<Integer> list) {
        check(list.equals(List.of(1, 2, 3)), list);
        list.add(4);
        list.addAll(List.of(5, 6));
        check(list.size() == 6 && list.contains(5) && list.indexOf(6) == 5, list);
        list.addAll(list);
        check(list.size() == 12 && list.lastIndexOf(1) == 6, list);
        list.subList(6, 12).clear();
        final List<Integer> copy = new ArrayList<>(list);
        copy.add(99);
        check(list.size() == 6, list);
        list.reverse();
        check(list.equals(List.of(6, 5, 4, 3, 2, 1)), list);
        list.sort(null);
        check(list.removeLast() == 6 && list.remove(0) == 1 && list.remove((Object) 3), list);
        list.add(0, 7);
        check(list.equals(List.of(7, 2, 4, 5)), list);
        list.clear();
    }

    private static void dict(final SharedDict<String, Integer> dict) {
        check(dict.equals(Map.of("a", 1)), dict);
        dict.putAll(Map.of("b", 2));
        check(dict.getOrDefault("c", 9) == 9 && dict.putIfAbsent("c", 3) == null, dict);
        final Map<String, Integer> copy = new HashMap<>(dict);
        copy.put("d", 4);
        check(dict.size() == 3, dict);
        check("c".equals(dict.pollLastEntry().getKey()), dict);
        check(dict.remove("b") == 2 && !dict.containsKey("b"), dict);
        dict.clear();
    }

    private static void value(final SharedValue<Integer> value) {
        check(value.get() == 1, value);
        value.set(2);
        check(value.addAndGet(40) == 42, value);
    }

    private static void array(final SharedArray array) {
        check(array.length() == 5 && array.get(3).equals(3), array);
        array.set(0, 10);
        int sum = 0;
        for (final Object element : array) {
            sum += (Integer) element;
        }
        check(sum == 20, sum);
    }

    private static void namespace(final Namespace namespace) {
        check(namespace.<Integer>get("x") == 0, namespace);
        namespace.set("x", 1);
        namespace.set("y", 1);
    }

    private static void set(final Set<String> set) {
        check(set.equals(Set.of("a", "b", "c")), set);
        set.add("d");
        check(!set.add("d") && set.size() == 4 && set.containsAll(List.of("a", "d")), set);
        final Set<String> union = new HashSet<>(set);
        union.add("e");
        check(set.size() == 4, set);
        set.retainAll(Set.of("a", "d"));
        set.removeIf("a"::equals);
        set.addAll(List.of("x", "y"));
    }

    private static void queue(final SharedQueue<String> queue) {
        check(queue.size() == 2 && queue.remainingCapacity() == 0 && !queue.isEmpty(), queue);
        check(!queue.offer("one too many"), queue);
        check("first".equals(queue.poll()) && "second".equals(queue.poll()) && queue.isEmpty(), queue);
    }

    private static void joinable(final JoinableQueue<String> queue) throws InterruptedException {
        check(queue.size() == 2 && queue.remainingCapacity() == 0 && !queue.isEmpty(), queue);
        check("first".equals(queue.take()) && "second".equals(queue.take()) && queue.isEmpty(), queue);
        queue.taskDone();
        queue.taskDone();
    }

    /** Changes the list in the dict in the list, and counts by atomic updates and under the lock in the dict. */
    @SuppressWarnings("unchecked")
    private static void nested(final Manager manager, final String who) {
        final SharedList<Object> outer = manager.list("outer");
        for (int i = 0; i < 200; i++) {
            final SharedDict<String, Object> middle = (SharedDict<String, Object>) outer.get(0);
            final SharedList<Object> inner = (SharedList<Object>) middle.get("inner");
            inner.update(0, n -> (Integer) n + 1);
            inner.add(who);
            middle.addAndGet("count", 1);
            final ManagedLock lock = (ManagedLock) middle.get("lock");
            lock.lock();
            middle.put("under lock", (Integer) middle.get("under lock") + 1);
            lock.unlock();
        }
    }

    private static void changeWithoutEnd(final Manager manager) throws InterruptedException {
        final SharedList<Object> list = manager.list("killed");
        final SharedDict<Object, Object> dict = manager.dict("killed dict");
        final SharedList<Object> mine = manager.list();
        mine.add("only mine");
        System.out.println("changing");
        final long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        for (int i = 0; System.nanoTime() < end; i++) {
            // Each of these is a pair, in one message.
            list.addAll(0, List.of("pair", i));
            dict.putAll(Map.of("first", i, "second", i));
            if (list.size() > 1_000) {
                try {
                    list.subList(500, 1_000).clear();
                } catch (final ConcurrentModificationException e) {
                    // The other process came between; one of us will clear it.
                }
            }
        }
    }
}
