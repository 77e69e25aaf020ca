package io.condatis.examples;

import io.condatis.SharedObjects;
import io.condatis.manager.JoinableQueue;
import io.condatis.manager.Manager;
import io.condatis.manager.ManagerHandle;
import io.condatis.manager.Namespace;
import io.condatis.manager.SharedDict;
import io.condatis.pool.Pool;
import io.condatis.structure.DoubleField;
import io.condatis.structure.Structure;
import io.condatis.sync.SharedLock;
import io.condatis.value.IntValue;
import io.condatis.value.LongValue;
import java.io.Serializable;
import java.util.List;
import java.util.logging.Logger;
import org.agrona.DirectBuffer;

/** What the code in the pages takes for granted: names that a reader would expect in their own program. Never run. */
abstract class SnippetScope {
    SharedObjects shared;
    Manager manager;
    Pool pool;
    SharedLock lock;
    SharedLock ledger;
    LongValue sequence;
    long seen;
    IntValue counter;
    Index index;
    Order order;
    JoinableQueue<Order> orders;
    SharedDict<String, List<Integer>> dict;
    Namespace ns;
    DirectBuffer buffer;
    Iterable<Order> endless;
    int offset;
    int length;
    int i;
    Logger log;

    abstract void repair();

    abstract void restore();

    abstract void change();

    abstract void change(long fence);

    abstract void connect();

    abstract void sumUp();

    abstract void work(Order next);

    abstract void book(Order next) throws VenueClosedException;

    abstract void show(double price);

    abstract void decode(DirectBuffer source, int position);

    static void modify(final Object... objects) {}

    /** Of the application. */
    interface Index {
        void rebuild();
    }

    /** Of the application. */
    record Order(String symbol) {
        Order done() {
            return this;
        }
    }

    /** Of the application. */
    record Report(String name) implements Serializable {}

    /** The one of the guide. */
    interface Account {
        long deposit(long cents) throws OverdrawnException;
    }

    /** Of the application. */
    record BankAccount(long opened) implements Account {
        @Override
        public long deposit(final long cents) throws OverdrawnException {
            return opened;
        }
    }

    /** Of the application. */
    static final class OverdrawnException extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** Of the application. */
    static final class VenueClosedException extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** The one of the guide. */
    static final class Quote extends Structure {
        final DoubleField bid = doubleField();
        final DoubleField ask = doubleField();
    }

    /** Of the application. */
    static final class Desk {
        private Desk() {}

        static void work(final ManagerHandle handle) {}

        static void work(final String name, final int number) {}

        static void count(final LongValue counter) {}

        static double price(final Order order) {
            return 1;
        }

        static Report report(final String name) {
            return new Report(name);
        }
    }
}
