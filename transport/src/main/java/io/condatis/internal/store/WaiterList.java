package io.condatis.internal.store;

/** Requests that wait for the same thing, longest wait first. */
final class WaiterList {
    private Waiter first;
    private Waiter last;
    private int size;

    boolean isEmpty() {
        return first == null;
    }

    int size() {
        return size;
    }

    Waiter first() {
        return first;
    }

    void add(final Waiter waiter) {
        waiter.list = this;
        waiter.previous = last;
        if (last == null) {
            first = waiter;
        } else {
            last.next = waiter;
        }
        last = waiter;
        size++;
    }

    void remove(final Waiter waiter) {
        if (waiter.previous == null) {
            first = waiter.next;
        } else {
            waiter.previous.next = waiter.next;
        }
        if (waiter.next == null) {
            last = waiter.previous;
        } else {
            waiter.next.previous = waiter.previous;
        }
        waiter.list = null;
        waiter.previous = null;
        waiter.next = null;
        size--;
    }
}
