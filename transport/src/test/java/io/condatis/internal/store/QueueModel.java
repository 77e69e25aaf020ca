package io.condatis.internal.store;

import io.condatis.internal.protocol.EntryPage;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.Status;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a queue must do, in the simplest terms: it follows the store's inputs, the clients' moves on their windows and
 * the store's outputs in the order in which they happen, and fails on the first that is wrong.
 */
final class QueueModel {
    /** An item from its put to its acknowledgement. */
    static final class ModelItem {
        final byte[] body;
        long priority;
        long arrival;
        int attempt = 1;
        /** The session that has it, or 0 while it is ready. */
        long owner;

        /** Whether it is out of the queue: answered to a request, or taken by the client. */
        boolean isTaken;
        /** Whether the client has taken it from its window. */
        boolean isHeld;

        ModelItem(final byte[] body) {
            this.body = body;
        }
    }

    /** What a consumer leaves untaken for longer may be taken back before older items elsewhere. */
    private static final long SLOW_NS = 1_000_000;

    final int objectId;
    final Map<Long, ModelMember> members = new HashMap<>();
    final Set<SimulatedRequest> puts = new LinkedHashSet<>();
    final Set<SimulatedRequest> takes = new LinkedHashSet<>();
    final Set<SimulatedRequest> joins = new LinkedHashSet<>();
    /** Deliveries that were sent more than once, for the report of the simulation. */
    int redeliveries;

    private record Place(long priority, long arrival) implements Comparable<Place> {
        @Override
        public int compareTo(final Place other) {
            final int byPriority = Long.compare(priority, other.priority);
            return byPriority != 0 ? byPriority : Long.compare(arrival, other.arrival);
        }
    }

    final Kind kind;
    private final int capacity;
    private final SimulatedWindows windows;
    private final TreeMap<Place, ModelItem> ready = new TreeMap<>();
    private long arrivals;
    private int unfinished;
    private int ahead;
    private boolean wasFull;
    private int mostItems;
    /** Items taken during this input, which the store need not have seen. */
    private int justTaken;
    /** Items done by the window during this input, likewise. */
    private int justDone;
    /** Whether a take in this input may be answered from what lies ready, without taking back from others. */
    private boolean itemsAtHand;

    /** Whether a consumer may seem slow to the store. */
    private boolean anySlow;

    private long arrivalsAtStart;
    private long nowNs;

    QueueModel(final int objectId, final Kind kind, final int capacity, final SimulatedWindows windows) {
        this.kind = kind;
        this.objectId = objectId;
        this.capacity = capacity;
        this.windows = windows;
    }

    boolean isLeased() {
        return kind == Kind.JOINABLE_QUEUE;
    }

    int arrivals() {
        return (int) arrivals;
    }

    int unfinished() {
        return unfinished;
    }

    int size() {
        return ready.size() + ahead;
    }

    /** An input begins. */
    void begin(final long timeNs) {
        nowNs = timeNs;
        wasFull = false;
        justTaken = 0;
        justDone = 0;
        arrivalsAtStart = arrivals;
        mostItems = size();
        members.values().forEach(member -> member.underWayAtStart = underWay(member));
        look();
    }

    /** The input is a take. */
    void beginTake(final long session) {
        final ModelMember member = members.get(session);
        member.mayHaveAhead = true;
        anySlow = members.values().stream().anyMatch(this::isSlow);
        itemsAtHand = !ready.isEmpty() || member.untaken > 0;
    }

    private boolean isSlow(final ModelMember member) {
        return nowNs - member.progressNs > SLOW_NS && member.untaken > 0;
    }

    /** Note whether there is no room now: items and puts under way fill the queue. */
    void look() {
        wasFull |= isFull(justTaken);
    }

    private boolean isFull(final int more) {
        return capacity > 0 && size() + underWay() + more >= capacity;
    }

    // What clients do to their windows, and what arrives at the store.

    void took(final long session, final int sequence) {
        final ModelMember member = members.get(session);
        final ModelItem item = member.deliveries.get(sequence);
        check(item.owner == session && !item.isTaken, "a delivery was taken that cannot be");
        item.isTaken = true;
        member.untaken--;
        ahead--;
        justTaken++;
        member.unseenTaken.add(sequence);
        item.isHeld = true;
        member.mayHaveAhead = true;
        if (!isLeased()) {
            member.deliveries.remove(sequence);
        }
    }

    /** What answers a request has arrived. */
    void received(final long session, final int sequence) {
        final ModelMember member = members.get(session);
        member.deliveries.get(sequence).isHeld = true;
        if (!isLeased()) {
            member.deliveries.remove(sequence);
        }
    }

    /** The client says in its window that everything it has taken up to a sequence is done. */
    void done(final long session, final int upTo) {
        final ModelMember member = members.get(session);
        for (final int sequence : List.copyOf(member.deliveries.keySet())) {
            if (sequence <= upTo) {
                check(member.deliveries.remove(sequence).isHeld, "a delivery is done that was not taken");
                unfinished--;
                justDone++;
                member.unseenDone.add(sequence);
            }
        }
    }

    void gaveBack(final long session, final int sequence) {
        final ModelItem item = members.get(session).deliveries.remove(sequence);
        item.attempt++;
        giveBack(item);
    }

    void putWithCredit(final long session, final ModelItem item) {
        members.get(session).credits--;
        members.get(session).underWayAtStart--;
        accept(item);
    }

    void acknowledged(final long session, final int sequence) {
        final ModelItem item = members.get(session).deliveries.remove(sequence);
        if (item != null) {
            check(item.isHeld, "the client acknowledged what it had not taken");
            unfinished--;
        }
    }

    void closed(final long session) {
        final ModelMember member = members.remove(session);
        if (member == null) {
            return;
        }
        for (final ModelItem item : member.deliveries.values()) {
            item.attempt += item.isHeld ? 1 : 0;
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

    /** The store has read how far a session has taken. */
    void read(final long session, final int taken) {
        final ModelMember member = members.get(session);
        if (taken != member.seen) {
            member.progressNs = nowNs;
        }
        member.seen = taken;
        member.unseenTaken.removeIf(sequence -> sequence <= taken);
    }

    /** The store has read what a session has done; it believes no more than it knows to be taken. */
    void readDone(final long session, final int done) {
        final ModelMember member = members.get(session);
        if (member != null) {
            member.unseenDone.removeIf(sequence -> sequence <= Math.min(done, member.seen));
        }
    }

    void recalled(final long session, final int taken, final SimulatedRequest current) {
        final ModelMember member = members.get(session);
        if (member == null) {
            return;
        }
        member.seen = member.delivered;
        member.unseenTaken.clear();
        final boolean isForOther = current != null
                && current.session != session
                && (current.kind == SimulatedRequest.Kind.TAKE || current.kind == SimulatedRequest.Kind.DRAIN);
        member.mayHaveAhead &= taken == member.delivered || !isForOther;
        for (int sequence = taken + 1; sequence - member.delivered <= 0; sequence++) {
            final ModelItem item = member.deliveries.remove(sequence);
            member.untaken -= item.isTaken ? 0 : 1;
            giveBack(item);
        }
    }

    void delivered(final Received delivery, final SimulatedRequest current) {
        final ModelMember member = members.get(delivery.session());
        check(!ready.isEmpty(), "an item was delivered, and none is ready");
        final ModelItem item = ready.pollFirstEntry().getValue();
        check(Arrays.equals(item.body, delivery.value()), "not the oldest ready item was delivered");
        check(delivery.attempt() == item.attempt, "another attempt than ", item.attempt);
        check(delivery.position() == ++member.delivered, "wrong sequence ", delivery.position());
        item.owner = delivery.session();
        item.isTaken = delivery.correlation() != 0 || member.window == Windows.NONE;
        item.isHeld = member.window == Windows.NONE;
        member.deliveries.put(member.delivered, item);
        redeliveries += item.attempt > 1 ? 1 : 0;
        if (item.isTaken) {
            member.seen = member.delivered;
        }
        if (item.isHeld && !isLeased()) {
            member.deliveries.remove(member.delivered);
        }
        if (delivery.correlation() != 0) {
            next(takes, delivery, current);
            checkOldest(item, delivery, current);
        } else if (!item.isTaken) {
            ahead++;
            member.untaken++;
            member.progressNs = nowNs;
            check(member.mayHaveAhead, "an item was delivered ahead to a session that does not ask");
            check(takes.isEmpty(), "an item was delivered ahead while a take waits");
            check(
                    kind != Kind.PRIORITY_QUEUE || current != null && current.kind == SimulatedRequest.Kind.DRAIN,
                    "an item was delivered ahead where priorities may change what comes next");
            check(windows.cell(member.window).limit - member.delivered >= 0, "delivered beyond the window");
        }
    }

    /** An item taken back from others for a take is the oldest that they had. */
    private void checkOldest(final ModelItem item, final Received delivery, final SimulatedRequest current) {
        final boolean isMoved = anySlow || justTaken > 0 || item.arrival > arrivalsAtStart;
        if (!itemsAtHand && !isMoved && current != null && current.correlation == delivery.correlation()) {
            final boolean isOldest = members.values().stream()
                    .flatMap(member -> member.deliveries.values().stream())
                    .noneMatch(other -> !other.isTaken && place(other).compareTo(place(item)) < 0);
            check(isOldest, "an item was taken back while an older one was ahead of demand elsewhere");
        }
    }

    void answered(final SimulatedRequest request, final Received reply, final SimulatedRequest current) {
        final Status status = reply.status();
        if (request.kind == SimulatedRequest.Kind.SCAN) {
            checkPage(request, reply);
        } else if (request.kind == SimulatedRequest.Kind.SIZE) {
            check(
                    status == Status.OK && reply.number() >= size() && reply.number() <= mostItems + justTaken,
                    "size " + reply.number() + " is not within " + size() + ".." + (mostItems + justTaken));
        } else if (request.kind == SimulatedRequest.Kind.DRAIN) {
            check(
                    status == Status.OK && (reply.number() > 0 || size() == 0),
                    "a drain got nothing though items are there");
        } else if (request.kind == SimulatedRequest.Kind.GIVE_BACK) {
            check(status == Status.OK, "an item could not be given back: ", status);
        } else if (status == Status.OK) {
            granted(request, reply, current);
        } else {
            ended(request, status, reply, current);
        }
    }

    private void ended(
            final SimulatedRequest request, final Status status, final Received reply, final SimulatedRequest current) {
        check(status == Status.CANCELLED || status == Status.TIMEOUT, "answered " + status + ": " + reply.text());
        check(waiting(request).remove(request) || request == current, "a request was answered that does not wait");
        if (status == Status.TIMEOUT) {
            checkTimeout(request);
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
            check(unfinished == 0, "a join was answered, and unfinished are ", unfinished);
            check(
                    members.values().stream().allMatch(member -> member.underWayAtStart <= 0),
                    "a join was answered while something that was put is under way");
        }
    }

    private void checkPage(final SimulatedRequest scan, final Received reply) {
        check(reply.status() == Status.OK && ahead == 0, "a scan does not see everything");
        final UnsafeBuffer buffer = new UnsafeBuffer(reply.value());
        final EntryPage.Reader page = new EntryPage.Reader().wrap(buffer, 0, buffer.capacity());
        Map.Entry<Place, ModelItem> next = ready.higherEntry(new Place(scan.priority, scan.cursor));
        Place last = null;
        int count = 0;
        while (page.next()) {
            final UnsafeBuffer body = new UnsafeBuffer(buffer, page.valueOffset(), page.valueLength());
            check(next != null && body.equals(new UnsafeBuffer(next.getValue().body)), "a scan shows a wrong item");
            check(++count == 1 || page.valueOffset() + page.valueLength() <= scan.maxBytes, "a page is too long");
            last = next.getKey();
            next = ready.higherEntry(last);
        }
        check(reply.number() == (next == null ? 0 : last.arrival), "wrong cursor ", reply.number());
        check(next == null || count > 0, "an empty page before the end");
    }

    private void checkTimeout(final SimulatedRequest request) {
        check(request.timeoutNs >= 0, "a request without time-out timed out");
        switch (request.kind) {
            case PUT -> check(wasFull, "a put timed out while there was room");
            case TAKE -> check(size() == 0, "a take timed out while items were there");
            default -> check(unfinished + justDone + underWay() > 0, "a join timed out with nothing unfinished");
        }
    }

    // What holds between inputs, and at the end of a batch.

    void checkAfterInput() {
        check(takes.isEmpty() || size() == 0, "a take waits while there are items: ", size());
        check(joins.isEmpty() || unfinished + unseenDone() + underWay() > 0, "a join waits with nothing unfinished");
        check(puts.isEmpty() || unspent() == 0, "a put waits while credits are unspent");
        check(puts.isEmpty() || size() + unseen() + credits() >= capacity, "a put waits while the store knows of room");
    }

    /** No input has come since the end of a batch; reports are the QueueTaken under way. */
    void checkBetweenBatches(final IntSupplier reports) {
        check(puts.isEmpty() || isFull(0) || reports.getAsInt() > 0, "a put waits while there is room");
        check(
                joins.isEmpty() || unfinished + underWay() > 0 || reports.getAsInt() > 0,
                "a join waits with nothing unfinished, and nobody says so");
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
        ready.put(place(item), item);
        unfinished += isLeased() ? 1 : 0;
        mostItems = Math.max(mostItems, size());
        look();
    }

    private static Place place(final ModelItem item) {
        return new Place(item.priority, item.arrival);
    }

    private void giveBack(final ModelItem item) {
        ahead -= item.isTaken ? 0 : 1;
        item.owner = 0;
        item.isTaken = false;
        item.isHeld = false;
        ready.put(place(item), item);
    }

    /** The answer is for the request that waits longest, or for the one being handled when none waits. */
    private static void next(
            final Set<SimulatedRequest> waiting, final Received answer, final SimulatedRequest current) {
        final SimulatedRequest first =
                waiting.isEmpty() ? current : waiting.iterator().next();
        check(
                first != null && first.session == answer.session() && first.correlation == answer.correlation(),
                "granted out of turn: ",
                answer);
        waiting.remove(first);
    }

    private int credits() {
        int credits = 0;
        for (final ModelMember member : members.values()) {
            credits += member.credits;
        }
        return credits;
    }

    private int unspent() {
        return credits() - underWay();
    }

    private int underWay() {
        int underWay = 0;
        for (final ModelMember member : members.values()) {
            underWay += underWay(member);
        }
        return underWay;
    }

    private int underWay(final ModelMember member) {
        return member.window == Windows.NONE ? 0 : member.credits - windows.cell(member.window).credits;
    }

    /** {@return how many items were taken without the store having read it} */
    private int unseen() {
        int unseen = 0;
        for (final ModelMember member : members.values()) {
            unseen += member.unseenTaken.size();
        }
        return unseen;
    }

    private int unseenDone() {
        return members.values().stream()
                .mapToInt(member -> member.unseenDone.size())
                .sum();
    }

    static void check(final boolean holds, final String violation) {
        if (!holds) {
            throw new AssertionError(violation);
        }
    }

    /** The violation ends with a detail, which is written down only if need be. */
    static void check(final boolean holds, final String violation, final Object detail) {
        if (!holds) {
            throw new AssertionError(violation + detail);
        }
    }
}
