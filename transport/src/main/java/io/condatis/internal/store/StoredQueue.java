package io.condatis.internal.store;

import io.condatis.internal.protocol.ItemRun;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A bounded queue: first in first out, or lowest priority first. A joinable queue leases its items: each is kept until the
 * consumer that took it says that it is done, and goes back to its place when that consumer ends before or gives it back;
 * from the others an item is gone as soon as it is taken.
 *
 * <p>An item is <i>waiting to be put</i> (its put is in {@link #puts}), <i>ready</i>, <i>ahead</i> (delivered to a
 * consumer that has not taken it: it still counts as in the queue), <i>taken</i>, or done and gone. Between inputs:
 * <ul>
 *   <li>ready + ahead + credits out never exceed the capacity because of a put; only what comes back from a consumer may
 *       be on top of it;
 *   <li>when a take waits, nothing is ready or ahead: it took back what lay at other consumers before it began to wait;
 *   <li>when a put waits, no credit is unspent and, as far as the windows have been read, there is no room; every
 *       consumer with items ahead has been asked to say when it takes one;
 *   <li>when a join waits, something is not done or a put is under way, and every consumer has been asked to say when more
 *       is done.
 * </ul>
 */
final class StoredQueue implements StoredObject {
    private final Core core;
    private final int id;
    private final Kind kind;
    private final int capacity;
    private final ItemStock stock;

    private final ReadyItems ready = new ReadyItems();
    private final WaiterList puts = new WaiterList();
    private final WaiterList takes = new WaiterList();
    private final Members members;
    private final Unfinished unfinished;
    private final List<Item> returned = new ArrayList<>();
    private final DeadLetterRule deadLetters;
    private final Predicate<Item> buried = this::isBuried;

    private long arrivals;
    private boolean dirty;

    StoredQueue(final Core core, final int id, final Kind kind, final int capacity) {
        this.core = core;
        this.id = id;
        this.kind = kind;
        this.capacity = capacity;
        members = new Members(core, this);
        unfinished = new Unfinished(core, members);
        stock = new ItemStock(core);
        deadLetters = new DeadLetterRule(core);
    }

    /** {@return the session's part in it, or null when the session has not opened it} */
    Member member(final Session session) {
        return members.get(session);
    }

    /** {@return whether what is taken has still to be done} */
    boolean isLeased() {
        return kind == Kind.JOINABLE_QUEUE;
    }

    /** Put an item whose put wants an answer. */
    void put(
            final Frame frame,
            final long correlation,
            final long timeoutNs,
            final long priority,
            final DirectBuffer body) {
        member(frame.session()).producer.asked();
        markDirty();
        final long cost = Item.cost(body.capacity());
        if (!fits(cost)) {
            stock.refuse(frame, correlation, cost);
        } else if (makeRoom()) {
            core.answers.reply(frame.session().id, correlation, Status.OK, 0);
            accept(stock.make(priority, body));
        } else {
            final Waiter waiter = core.waiters.park(frame, correlation, timeoutNs, this, puts);
            if (waiter != null) {
                waiter.item = stock.make(priority, body);
            }
        }
    }

    /** Put an item that spends a credit. */
    void putWithCredit(final Member member, final long priority, final DirectBuffer body) {
        if (member.producer.outstanding() == 0) {
            throw new ProtocolException("put without a credit: session=" + member.session.id + " queue=" + id);
        }
        member.producer.spent();
        accept(stock.make(priority, body));
        settle();
    }

    /** Put the first items of a run, as many as there is room for. */
    void putAll(
            final Frame frame,
            final long correlation,
            final long priority,
            final ItemRun.Reader run,
            final UnsafeBuffer body) {
        member(frame.session()).producer.asked();
        markDirty();
        int count = 0;
        while (run.next() && makeRoom()) {
            final long cost = Item.cost(run.bodyLength());
            if (!fits(cost)) {
                if (count == 0) {
                    stock.refuse(frame, correlation, cost);
                    return;
                }
                break;
            }
            body.wrap(frame.buffer(), run.bodyOffset(), run.bodyLength());
            accept(stock.make(priority, body));
            count++;
        }
        core.answers.reply(frame.session().id, correlation, Status.OK, count);
    }

    void take(final Frame frame, final long correlation, final long timeoutNs) {
        final Member member = member(frame.session());
        collectFor(member);
        if (ready.isEmpty()) {
            core.waiters.park(frame, correlation, timeoutNs, this, takes);
        } else {
            member.consumer.deliver(correlation, ready.poll());
            settle();
        }
    }

    /** Take so many items at most, without waiting. */
    void drain(final Frame frame, final long correlation, final int most) {
        final Member member = member(frame.session());
        collectFor(member);
        member.consumer.deliverRun(correlation, ready, most);
        settle();
    }

    /** Have what a consumer may take ready, as far as there is anything. */
    private void collectFor(final Member member) {
        member.consumer.recall(returned);
        member.consumer.asked();
        members.depriveSlow(returned);
        putBack();
        deprive();
        markDirty();
    }

    void acknowledge(final Member member, final int sequence) {
        final Item item = member.consumer.finish(sequence);
        if (item != null) {
            finished(item);
            settle();
            markDirty();
        }
    }

    /** A consumer will not do what it has taken; false when it is done already. */
    boolean giveBack(final Member member, final int sequence) {
        final Item item = member.consumer.finish(sequence);
        if (item != null) {
            core.statistics.returned(item);
            returned.add(item);
            member.consumer.recall(returned); // it comes before what lies ahead of the one that gives it back
            putBack();
            markDirty();
        }
        return item != null;
    }

    /** An item is done and gone. */
    void finished(final Item item) {
        stock.finish(item);
        oneLess();
    }

    /** A consumer says that it has taken something, or that something is done. */
    void taken(final Member member) {
        member.consumer.reported();
        settle();
        markDirty();
    }

    void join(final Frame frame, final long correlation, final long timeoutNs) {
        refreshTakes();
        if (unfinished.isNone()) {
            core.answers.reply(frame.session().id, correlation, Status.OK, 0);
        } else {
            core.waiters.park(frame, correlation, timeoutNs, this, unfinished.joins);
            markDirty();
        }
    }

    /** {@return where its items go that were delivered too often} */
    DeadLetterRule deadLetters() {
        return deadLetters;
    }

    /** {@return the number of items put and not yet taken} */
    long size() {
        refreshTakes();
        return (long) ready.size() + members.ahead();
    }

    /** Say what goes on in it, after looking what was taken and done. */
    void look(final QueueFigures figures) {
        final long untaken = size();
        figures.set(untaken, isLeased() ? unfinished.items() - untaken : 0, takes.size(), puts.size());
        figures.totals(arrivals, stock.done());
    }

    /** Show the items after a place that nobody has taken; what was ahead is ready again. */
    void visitUntaken(final long priority, final long arrival, final ReadyItems.Visitor visitor) {
        recallAll();
        ready.visitAfter(priority, arrival, visitor);
    }

    /** Remove an item that nobody has taken, or all of them when the arrival is 0; {@return how many were removed} */
    long removeUntaken(final long priority, final long arrival) {
        recallAll();
        long count = 0;
        while (arrival == 0 && !ready.isEmpty()) {
            finished(ready.poll());
            count++;
        }
        final Item item = arrival == 0 ? null : ready.remove(priority, arrival);
        if (item != null) {
            finished(item);
            count++;
        }
        settle();
        return count;
    }

    private void recallAll() {
        members.recall(returned);
        putBack();
        markDirty();
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public long argument() {
        return capacity;
    }

    @Override
    public int attach(final Session session) {
        return members.attach(session);
    }

    @Override
    public void detach(final Session session) {
        members.remove(session, returned);
        putBack();
        unfinished.answerJoins();
        markDirty();
    }

    @Override
    public void expire(final Waiter waiter) {
        refreshTakes();
        if (waiter.isWaiting()) {
            withdraw(waiter);
            core.answers.reply(waiter.session.id, waiter.correlation, Status.TIMEOUT, 0);
        }
    }

    @Override
    public void withdraw(final Waiter waiter) {
        core.waiters.remove(waiter);
        if (waiter.item != null) {
            stock.letGo(waiter.item);
            waiter.item = null;
            markDirty();
        }
    }

    @Override
    public void endOfBatch() {
        dirty = false;
        int before;
        do {
            if (kind != Kind.PRIORITY_QUEUE) { // there, what comes next is known only when it is asked for
                members.deliverAhead(ready);
            }
            if (!unfinished.joins.isEmpty()) {
                members.watchDone(); // of what was just delivered too
            }
            before = puts.size();
            watchTakes();
        } while (puts.size() < before);
        members.grantCredits();
        members.nextTurn();
    }

    @Override
    public void reclaim() {
        members.refresh();
        members.revoke();
    }

    /** A member's credits have changed by so many. */
    void promised(final int more) {
        members.credits(more);
        stock.promise(more);
    }

    /** The items ahead at a member have changed by so many. */
    void deliveredAhead(final int more) {
        members.ahead(more);
    }

    /** An item has been read from a snapshot. */
    void loaded(final Item item) {
        stock.hold(item);
    }

    @Override
    public void delete() {
        members.closeAll(returned);
        returned.forEach(stock::letGo);
        while (!ready.isEmpty()) {
            stock.letGo(ready.poll());
        }
        for (Waiter waiter = puts.first(); waiter != null; waiter = waiter.next) {
            stock.letGo(waiter.item);
        }
        core.answerGone(puts);
        core.answerGone(takes);
        core.answerGone(unfinished.joins);
    }

    @Override
    public void save(final SnapshotWriter out) {
        out.putLong(arrivals);
        unfinished.save(out);
        deadLetters.save(out);
        out.putBoolean(dirty);
        members.save(out);
        ready.save(out);
        core.waiters.save(puts, out);
        core.waiters.save(takes, out);
        core.waiters.save(unfinished.joins, out);
    }

    void load(final SnapshotReader in) {
        arrivals = in.takeLong();
        unfinished.load(in);
        deadLetters.load(in);
        dirty = in.takeBoolean();
        members.load(in);
        for (int i = in.takeInt(); i > 0; i--) {
            final Item item = in.takeItem(core.items);
            ready.add(item);
            loaded(item);
        }
        core.waiters.load(in, core.sessions, this, puts, core.items);
        core.waiters.load(in, core.sessions, this, takes, null);
        core.waiters.load(in, core.sessions, this, unfinished.joins, null);
        for (Waiter waiter = puts.first(); waiter != null; waiter = waiter.next) {
            loaded(waiter.item);
        }
    }

    /** {@return whether the limits on bytes allow so many more} */
    private boolean fits(final long cost) {
        if (!stock.hasLeft(cost)) {
            reclaim();
        }
        return stock.hasLeft(cost) && core.fits(cost);
    }

    /** {@return how many more items and credits the capacity allows} */
    long room() {
        return capacity == 0 ? Integer.MAX_VALUE : (long) capacity - ready.size() - members.ahead() - members.credits();
    }

    /** {@return how many more credits the capacity and the limits on bytes allow} */
    long grantable() {
        return Math.max(0, Math.min(room(), stock.promisable()));
    }

    /** {@return whether there is room, after looking everywhere for it; if so, no put waits} */
    private boolean makeRoom() {
        if (room() > 0) {
            return true;
        }
        refreshTakes();
        if (puts.isEmpty()) {
            members.revokeForRoom();
        }
        return room() > 0;
    }

    /** Read the windows of all consumers, and use the room found. */
    private void refreshTakes() {
        members.refresh();
        settle();
    }

    /** Accept the puts that wait while there is room. */
    private void settle() {
        while (!puts.isEmpty() && room() > 0) {
            final Waiter waiter = puts.first();
            core.waiters.answer(waiter, Status.OK);
            accept(waiter.item);
            waiter.item = null;
        }
    }

    private void oneLess() {
        unfinished.add(isLeased() ? -1 : 0);
    }

    private void accept(final Item item) {
        item.arrival = ++arrivals;
        core.statistics.itemsPut++;
        unfinished.add(isLeased() ? 1 : 0);
        ready.add(item);
        serveTakes();
        markDirty();
    }

    /** Put what has been returned back to its place, and use the items and the room found. */
    private void putBack() {
        returned.removeIf(buried);
        ready.putBack(returned);
        returned.clear();
        serveTakes();
        settle();
    }

    /** {@return whether an item was delivered too often, and has gone where such items go} */
    private boolean isBuried(final Item item) {
        final StoredQueue destination = deadLetters.destination(item);
        if (destination == null) {
            return false;
        }
        stock.moveTo(destination.stock, item);
        destination.accept(item);
        oneLess();
        return true;
    }

    private void serveTakes() {
        while (!takes.isEmpty() && !ready.isEmpty()) {
            final Waiter waiter = takes.first();
            core.waiters.remove(waiter);
            member(waiter.session).consumer.deliver(waiter.correlation, ready.poll());
        }
    }

    /** While nothing is ready, take items back from those that have not taken them, oldest first. */
    private void deprive() {
        Member holder = ready.isEmpty() ? members.oldestAhead() : null;
        while (holder != null) {
            holder.consumer.deprive(returned);
            putBack();
            holder = ready.isEmpty() ? members.oldestAhead() : null;
        }
        settle();
    }

    /** While puts wait, have every consumer with items ahead say when it takes one. */
    private void watchTakes() {
        if (!puts.isEmpty()) {
            members.watchTakes();
        }
        settle();
    }

    private void markDirty() {
        if (!dirty) {
            dirty = true;
            core.markDirty(this);
        }
    }
}
