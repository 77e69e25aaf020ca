package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.Status;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a queue must do, in the simplest terms: it follows the store's inputs, the clients' moves on their windows and
 * the store's outputs in the order in which they happen, and fails on the first that is wrong.
 */
final class QueueModel {
    /** An item from its put to its acknowledgement. */
    static final class ModelItem {
        final byte[] body;
        long arrival;
        int attempt = 1;
        /** The session that has it, or 0 while it is ready. */
        long owner;

        boolean isTaken;

        ModelItem(final byte[] body) {
            this.body = body;
        }
    }

    /** A session's part in the queue. */
    static final class ModelMember {
        final int window;
        final Map<Integer, ModelItem> deliveries = new TreeMap<>();
        int delivered;
        /** Credits granted, not revoked and not used by a put that was processed. */
        int credits;

        ModelMember(final int window) {
            this.window = window;
        }
    }

    final int objectId;
    final Map<Long, ModelMember> members = new HashMap<>();
    final Set<SimulatedRequest> puts = new LinkedHashSet<>();
    final Set<SimulatedRequest> takes = new LinkedHashSet<>();
    final Set<SimulatedRequest> joins = new LinkedHashSet<>();
    /** Deliveries that were sent more than once, for the report of the simulation. */
    int redeliveries;

    private final int capacity;
    private final SimulatedWindows windows;
    private final TreeMap<Long, ModelItem> ready = new TreeMap<>();
    private long arrivals;
    private int unfinished;
    private int ahead;
    private boolean wasFull;
    private int mostItems;
    /** Items taken during this input, which the store need not have seen. */
    private int justTaken;

    QueueModel(final int objectId, final int capacity, final SimulatedWindows windows) {
        this.objectId = objectId;
        this.capacity = capacity;
        this.windows = windows;
    }

    int unfinished() {
        return unfinished;
    }

    int size() {
        return ready.size() + ahead;
    }

    /** An input begins. */
    void begin() {
        wasFull = false;
        justTaken = 0;
        mostItems = size();
        look();
    }

    /** Note whether there is no room now: items and puts under way fill the queue. */
    void look() {
        wasFull |= isFull(justTaken);
    }

    private boolean isFull(final int more) {
        return capacity > 0 && size() + credits() - unspent() + more >= capacity;
    }

    // What clients do to their windows, and what arrives at the store.

    void took(final long session, final int sequence) {
        final ModelItem item = members.get(session).deliveries.get(sequence);
        check(item.owner == session && !item.isTaken, "a delivery was taken that cannot be");
        item.isTaken = true;
        ahead--;
        justTaken++;
    }

    void putWithCredit(final long session, final ModelItem item) {
        members.get(session).credits--;
        accept(item);
    }

    void acknowledged(final long session, final int sequence) {
        final ModelItem item = members.get(session).deliveries.remove(sequence);
        check(item.isTaken, "the client acknowledged what it had not taken");
        unfinished--;
    }

    void closed(final long session) {
        final ModelMember member = members.remove(session);
        if (member == null) {
            return;
        }
        for (final ModelItem item : member.deliveries.values()) {
            item.attempt += item.isTaken ? 1 : 0;
            giveBack(item);
        }
    }

    // What the store does.

    void granted(final long session, final int credits) {
        check(puts.isEmpty(), "credits were granted while a put waits");
        members.get(session).credits += credits;
        check(capacity == 0 || size() + credits() <= capacity, "credits were granted for more room than there is");
    }

    void revoked(final long session, final int credits) {
        final ModelMember member = members.get(session);
        if (member != null) {
            member.credits -= credits;
        }
        look();
    }

    void recalled(final long session, final int taken) {
        final ModelMember member = members.get(session);
        if (member == null) {
            return;
        }
        for (int sequence = taken + 1; sequence - member.delivered <= 0; sequence++) {
            giveBack(member.deliveries.remove(sequence));
        }
    }

    void delivered(final Received delivery, final SimulatedRequest current) {
        final ModelMember member = members.get(delivery.session());
        check(!ready.isEmpty(), "an item was delivered, and none is ready");
        final ModelItem item = ready.pollFirstEntry().getValue();
        check(Arrays.equals(item.body, delivery.value()), "not the oldest ready item was delivered");
        check(delivery.attempt() == item.attempt, "wrong attempt " + delivery.attempt() + " for " + item.attempt);
        check(delivery.position() == ++member.delivered, "wrong sequence " + delivery.position());
        item.owner = delivery.session();
        item.isTaken = delivery.correlation() != 0;
        member.deliveries.put(member.delivered, item);
        redeliveries += item.attempt > 1 ? 1 : 0;
        if (item.isTaken) {
            next(takes, delivery, current);
        } else {
            ahead++;
            check(takes.isEmpty(), "an item was delivered ahead while a take waits");
            check(windows.cell(member.window).limit - member.delivered >= 0, "delivered beyond the window");
        }
    }

    void answered(final SimulatedRequest request, final Received reply, final SimulatedRequest current) {
        final Status status = reply.status();
        if (request.kind == SimulatedRequest.Kind.SIZE) {
            check(
                    status == Status.OK && reply.number() >= size() && reply.number() <= mostItems,
                    "size " + reply.number() + " is not within " + size() + ".." + mostItems);
        } else if (status == Status.OK) {
            granted(request, reply, current);
        } else {
            check(status == Status.CANCELLED || status == Status.TIMEOUT, "answered " + status + ": " + reply.text());
            check(waiting(request).remove(request) || request == current, "a request was answered that does not wait");
            if (status == Status.TIMEOUT) {
                checkTimeout(request);
            }
        }
    }

    private void granted(final SimulatedRequest request, final Received reply, final SimulatedRequest current) {
        if (request.kind == SimulatedRequest.Kind.PUT) {
            next(puts, reply, current);
            check(capacity == 0 || size() + credits() < capacity, "a put was accepted beyond the capacity");
            accept(request.item);
        } else {
            check(request.kind == SimulatedRequest.Kind.JOIN, "a take was answered OK without an item");
            joins.remove(request);
            check(unfinished == 0, "a join was answered with " + unfinished + " unfinished");
        }
    }

    private void checkTimeout(final SimulatedRequest request) {
        check(request.timeoutNs >= 0, "a request without time-out timed out");
        switch (request.kind) {
            case PUT -> check(wasFull, "a put timed out while there was room");
            case TAKE -> check(size() == 0, "a take timed out while items were there");
            default -> check(unfinished > 0, "a join timed out with nothing unfinished");
        }
    }

    // What holds between inputs, and at the end of a batch.

    void checkAfterInput() {
        check(takes.isEmpty() || size() == 0, "a take waits while " + size() + " items are there");
        check(joins.isEmpty() || unfinished > 0, "a join waits with nothing unfinished");
        check(puts.isEmpty() || unspent() == 0, "a put waits while credits are unspent");
    }

    /** The end of a batch has passed; reports are the QueueTaken under way. */
    void checkAfterBatch(final int reports) {
        check(puts.isEmpty() || isFull(0) || reports > 0, "a put waits while there is room");
    }

    Set<SimulatedRequest> waiting(final SimulatedRequest request) {
        return switch (request.kind) {
            case PUT -> puts;
            case TAKE -> takes;
            default -> joins;
        };
    }

    private void accept(final ModelItem item) {
        item.arrival = ++arrivals;
        ready.put(item.arrival, item);
        unfinished++;
        mostItems = Math.max(mostItems, size());
        look();
    }

    private void giveBack(final ModelItem item) {
        ahead -= item.isTaken ? 0 : 1;
        item.owner = 0;
        item.isTaken = false;
        ready.put(item.arrival, item);
    }

    /** The answer is for the request that waits longest, or for the one being handled when none waits. */
    private static void next(
            final Set<SimulatedRequest> waiting, final Received answer, final SimulatedRequest current) {
        final SimulatedRequest first =
                waiting.isEmpty() ? current : waiting.iterator().next();
        check(
                first != null && first.session == answer.session() && first.correlation == answer.correlation(),
                "granted out of turn: " + answer);
        waiting.remove(first);
    }

    private int credits() {
        return members.values().stream().mapToInt(member -> member.credits).sum();
    }

    private int unspent() {
        return members.values().stream()
                .filter(member -> member.window != Windows.NONE)
                .mapToInt(member -> windows.cell(member.window).credits)
                .sum();
    }

    static void check(final boolean holds, final String violation) {
        if (!holds) {
            throw new AssertionError(violation);
        }
    }
}
