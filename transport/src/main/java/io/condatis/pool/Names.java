package io.condatis.pool;

import io.condatis.internal.os.ProcessIdentity;
import java.io.Serializable;
import java.util.concurrent.atomic.AtomicInteger;

/** Where the parts of a pool are. */
final class Names implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final String manager;
    private final String pool;

    /**
     * @param manager name of it
     * @param pool name of it there
     */
    Names(final String manager, final String pool) {
        this.manager = manager;
        this.pool = pool;
    }

    /** {@return a name that no other pool or manager has} */
    static String newName() {
        return "pool-" + ProcessIdentity.pid() + "-" + NUMBERS.incrementAndGet();
    }

    String manager() {
        return manager;
    }

    String pool() {
        return pool;
    }

    String tasks() {
        return of("tasks");
    }

    /** What a client is told. */
    String replies(final int client) {
        return of("replies-" + client);
    }

    /** Work id to function. */
    String functions() {
        return of("functions");
    }

    /** Ids of tasks, of whole works and of whole clients that are not to be run. */
    String cancelled() {
        return of("cancelled");
    }

    /** Of a shared pool: what a client has to know, and how many there have been. */
    String register() {
        return of("register");
    }

    /** Of a shared pool: the lock that its owner holds for as long as it lives. */
    String ownerLock() {
        return of("owner");
    }

    /** Of a shared pool: the lock that a client holds until it leaves. */
    String clientLock(final int client) {
        return of("client-" + client);
    }

    private String of(final String part) {
        return "pool/" + pool + "/" + part;
    }
}
