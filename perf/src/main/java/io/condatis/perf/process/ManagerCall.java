package io.condatis.perf.process;

import io.condatis.manager.JoinableQueue;
import io.condatis.manager.ManagedLock;
import io.condatis.manager.Manager;
import io.condatis.manager.SharedDict;
import io.condatis.manager.SharedList;
import java.util.function.BiFunction;

/** The calls of a manager that are timed, each as one client makes it. */
enum ManagerCall {
    /** A value of 100 bytes, of 1024 keys in turn; all clients use one dict. */
    DICT_GET("dict.get 100 B", "dict-get", ManagerCall::get),
    /** It replaces such a value. */
    DICT_PUT("dict.put 100 B", "dict-put", ManagerCall::put),
    /** A long, to a list of all clients. */
    LIST_ADD("list.add of a long", "list-add", ManagerCall::append),
    /** A lock of each client's own, which nobody else wants. */
    LOCK_PAIR("lock, unlock", "lock-pair", ManagerCall::lockPair),
    /** An item of 100 bytes through a queue of each client's own. */
    QUEUE_PASS("queue put, take, taskDone 100 B", "queue-pass", ManagerCall::pass),
    /** A long under one key, unboxed. */
    GET_LONG("dict.getLong", "dict-get-long", ManagerCall::getLong),
    /** The same. */
    PUT_LONG("dict.putLong", "dict-put-long", ManagerCall::putLong);

    private static final int KEYS = 1024;
    private static final int LONGEST_LIST = 100_000;
    private static final String NAME = "perf";
    private static final String COUNTERS = "counters";
    private static final long LARGE = 1L << 40; // no Long that the JDK keeps

    private final String text;
    private final String fileName;
    private final BiFunction<Manager, Integer, Runnable> maker;

    ManagerCall(final String text, final String fileName, final BiFunction<Manager, Integer, Runnable> maker) {
        this.text = text;
        this.fileName = fileName;
        this.maker = maker;
    }

    /** {@return what a report calls it} */
    String text() {
        return text;
    }

    /** {@return its part of the names of files} */
    String fileName() {
        return fileName;
    }

    /** {@return whether it is measured at a fixed rate too; the others show what they allocate} */
    boolean isPaced() {
        return this != GET_LONG && this != PUT_LONG;
    }

    /** {@return the call as a client makes it, whose number tells it from the others} */
    Runnable of(final Manager manager, final int client) {
        return maker.apply(manager, client);
    }

    private static Runnable get(final Manager manager, final int client) {
        final SharedDict<String, byte[]> dict = manager.dict("dict");
        final String[] keys = filled(dict);
        final int[] next = {client * KEYS / 8};
        return () -> {
            final byte[] value = dict.get(keys[next[0]++ & KEYS - 1]);
            if (value.length != PingPong.LENGTH) {
                throw new IllegalStateException("a value of " + value.length + " bytes came back");
            }
        };
    }

    private static Runnable put(final Manager manager, final int client) {
        final SharedDict<String, byte[]> dict = manager.dict("dict");
        final String[] keys = filled(dict);
        final byte[] value = new byte[PingPong.LENGTH];
        final int[] next = {client * KEYS / 8};
        return () -> dict.put(keys[next[0]++ & KEYS - 1], value);
    }

    private static String[] filled(final SharedDict<String, byte[]> dict) {
        final String[] keys = new String[KEYS];
        for (int i = 0; i < KEYS; i++) {
            keys[i] = "key-" + i;
            dict.put(keys[i], new byte[PingPong.LENGTH]);
        }
        return keys;
    }

    private static Runnable append(final Manager manager, final int client) {
        final SharedList<Long> list = manager.list("list");
        final int[] count = new int[1];
        return () -> {
            if (++count[0] % LONGEST_LIST == 0) {
                list.clear();
            }
            list.add((long) count[0]);
        };
    }

    private static Runnable lockPair(final Manager manager, final int client) {
        final ManagedLock lock = manager.lock("lock" + client);
        return () -> {
            lock.lock();
            lock.unlock();
        };
    }

    private static Runnable pass(final Manager manager, final int client) {
        final JoinableQueue<byte[]> queue = manager.joinableQueue("queue" + client, 0);
        final byte[] item = new byte[PingPong.LENGTH];
        return () -> {
            if (!queue.offer(item) || queue.poll() == null) {
                throw new IllegalStateException("an item that was put is not there");
            }
            queue.taskDone();
        };
    }

    private static Runnable getLong(final Manager manager, final int client) {
        final SharedDict<String, Long> dict = manager.dict(COUNTERS);
        dict.putLong(NAME, LARGE);
        return () -> {
            if (dict.getLong(NAME, 0) != LARGE) {
                throw new IllegalStateException("another number came back");
            }
        };
    }

    private static Runnable putLong(final Manager manager, final int client) {
        final SharedDict<String, Long> dict = manager.dict(COUNTERS);
        return () -> dict.putLong(NAME, LARGE);
    }
}
