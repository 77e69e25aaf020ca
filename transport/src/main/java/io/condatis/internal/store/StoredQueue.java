package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.Status;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * A bounded first-in-first-out queue whose items are leased: each is kept until the consumer that took it acknowledges
 * it, and goes back to its place when that consumer ends before.
 *
 * <p>An item is <i>waiting to be put</i> (its put is in {@link #puts}), <i>ready</i>, <i>ahead</i> (delivered to a
 * consumer that has not taken it: it still counts as in the queue), <i>taken</i>, or done and gone. Between inputs:
 * <ul>
 *   <li>ready + ahead + credits out never exceed the capacity because of a put; only what a dead consumer had taken may
 *       come back on top of it;
 *   <li>when a take waits, nothing is ready or ahead: it took back what lay at other consumers before it began to wait;
 *   <li>when a put waits, no credit is unspent and, as far as the windows have been read, there is no room; every
 *       consumer with items ahead has been asked to say when it takes one.
 * </ul>
 */
final class StoredQueue implements StoredObject {
    private final Core core;
    private final int id;
    private final int capacity;
    private final Budget budget;
    private final long promiseCost;

    private final ItemList ready = new ItemList();
    private final WaiterList puts = new WaiterList();
    private final WaiterList takes = new WaiterList();
    private final WaiterList joins = new WaiterList();
    private final List<Member> members = new ArrayList<>();
    private final Long2ObjectHashMap<Member> bySession = new Long2ObjectHashMap<>();
    private final List<Item> returned = new ArrayList<>();

    private long arrivals;
    private long unfinished;
    private int ahead;
    private int credits;
    private int turn;
    private boolean dirty;

    StoredQueue(final Core core, final int id, final int capacity) {
        this.core = core;
        this.id = id;
        this.capacity = capacity;
        budget = new Budget(core.limits.maxQueueBytes(), core.budget);
        promiseCost = Item.cost(core.limits.maxCreditedBytes());
    }

    /** {@return the session's part in it, or null when the session has not opened it} */
    Member member(final Session session) {
        return bySession.get(session.id);
    }

    /** Put an item whose put wants an answer. */
    void put(final Frame frame, final long correlation, final long timeoutNs, final DirectBuffer body) {
        final Member member = member(frame.session());
        final Item item = new Item(body, 0, body.capacity());
        member.producer.asked();
        markDirty();
        if (!fits(frame, correlation, item.cost())) {
            return;
        }
        if (makeRoom()) {
            hold(item);
            core.answers.reply(member.session.id, correlation, Status.OK, 0);
            accept(item);
        } else {
            final Waiter waiter = core.waiters.park(frame, correlation, timeoutNs, this, puts);
            if (waiter != null) {
                waiter.item = item;
                hold(item);
            }
        }
    }

    /** Put an item that spends a credit. */
    void putWithCredit(final Member member, final DirectBuffer body) {
        if (member.producer.outstanding() == 0) {
            throw new ProtocolException("put without a credit: session=" + member.session.id + " queue=" + id);
        }
        member.producer.spent();
        final Item item = new Item(body, 0, body.capacity());
        hold(item);
        accept(item);
        settle();
    }

    void take(final Frame frame, final long correlation, final long timeoutNs) {
        final Member member = member(frame.session());
        member.consumer.recall(returned);
        member.consumer.asked();
        depriveSlow();
        putBack();
        deprive();
        if (ready.isEmpty()) {
            core.waiters.park(frame, correlation, timeoutNs, this, takes);
        } else {
            member.consumer.deliver(correlation, ready.poll());
            settle();
        }
        markDirty();
    }

    void acknowledge(final Member member, final int sequence) {
        final Item item = member.consumer.acknowledge(sequence);
        if (item == null) {
            return;
        }
        letGo(item);
        if (--unfinished == 0) {
            while (!joins.isEmpty()) {
                core.waiters.answer(joins.first(), Status.OK);
            }
        }
        settle();
        markDirty();
    }

    /** A consumer says that it has taken something. */
    void taken(final Member member) {
        member.consumer.reported();
        settle();
        markDirty();
    }

    void join(final Frame frame, final long correlation, final long timeoutNs) {
        if (unfinished == 0) {
            core.answers.reply(frame.session().id, correlation, Status.OK, 0);
        } else {
            core.waiters.park(frame, correlation, timeoutNs, this, joins);
        }
    }

    /** {@return the number of items put and not yet taken} */
    long size() {
        refreshTakes();
        return (long) ready.size() + ahead;
    }

    /** {@return the first item after an arrival that nobody has taken, or null; what was ahead is ready again} */
    Item untakenAfter(final long arrival) {
        for (int i = 0; ahead > 0 && i < members.size(); i++) {
            members.get(i).consumer.recall(returned);
        }
        putBack();
        markDirty();
        Item item = ready.first();
        while (item != null && item.arrival <= arrival) {
            item = item.next;
        }
        return item;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public Kind kind() {
        return Kind.JOINABLE_QUEUE;
    }

    @Override
    public long argument() {
        return capacity;
    }

    @Override
    public int attach(final Session session) {
        Member member = member(session);
        if (member == null) {
            member = addMember(session, core.windows.allot(session.id));
        }
        return member.window;
    }

    @Override
    public void detach(final Session session) {
        final Member member = bySession.remove(session.id);
        members.remove(member);
        member.producer.close();
        member.consumer.close(returned);
        if (member.window != Windows.NONE) {
            core.windows.release(member.window);
        }
        putBack();
        markDirty();
    }

    @Override
    public void expire(final Waiter waiter) {
        if (waiter.item != null) {
            refreshTakes();
        }
        if (waiter.isWaiting()) {
            withdraw(waiter);
            core.answers.reply(waiter.session.id, waiter.correlation, Status.TIMEOUT, 0);
        }
    }

    @Override
    public void withdraw(final Waiter waiter) {
        core.waiters.remove(waiter);
        if (waiter.item != null) {
            letGo(waiter.item);
            markDirty();
        }
    }

    @Override
    public void endOfBatch() {
        dirty = false;
        int before;
        do {
            deliverAhead();
            before = puts.size();
            watchTakes();
        } while (puts.size() < before);
        grantCredits();
        turn++;
    }

    @Override
    public void reclaim() {
        for (int i = 0; credits > 0 && i < members.size(); i++) {
            members.get(i).producer.revoke();
        }
    }

    /** A member's credits have changed by so many. */
    void promised(final int more) {
        credits += more;
        budget.promise(more * promiseCost);
    }

    /** The items ahead at a member have changed by so many. */
    void deliveredAhead(final int more) {
        ahead += more;
    }

    /** An item has been read from a snapshot. */
    void loaded(final Item item) {
        hold(item);
    }

    @Override
    public void delete() {
        for (final Member member : members) {
            member.producer.close();
            member.consumer.close(returned);
            if (member.window != Windows.NONE) {
                core.windows.release(member.window);
            }
            member.session.forget(this);
        }
        returned.forEach(this::letGo);
        for (Item item = ready.first(); item != null; item = item.next) {
            letGo(item);
        }
        for (Waiter waiter = puts.first(); waiter != null; waiter = waiter.next) {
            letGo(waiter.item);
        }
        core.answerGone(puts);
        core.answerGone(takes);
        core.answerGone(joins);
    }

    private void hold(final Item item) {
        budget.use(item.cost());
        core.references.keep(item.body);
    }

    private void letGo(final Item item) {
        budget.use(-item.cost());
        core.references.drop(item.body);
    }

    @Override
    public void save(final SnapshotWriter out) {
        out.putLong(arrivals);
        out.putLong(unfinished);
        out.putInt(turn);
        out.putBoolean(dirty);
        out.putInt(members.size());
        for (final Member member : members) {
            out.putLong(member.session.id);
            out.putInt(member.window);
            member.producer.save(out);
            member.consumer.save(out);
        }
        out.putInt(ready.size());
        for (Item item = ready.first(); item != null; item = item.next) {
            out.putItem(item);
        }
        core.waiters.save(puts, out);
        core.waiters.save(takes, out);
        core.waiters.save(joins, out);
    }

    void load(final SnapshotReader in) {
        arrivals = in.takeLong();
        unfinished = in.takeLong();
        turn = in.takeInt();
        dirty = in.takeBoolean();
        final int memberCount = in.takeInt();
        for (int i = 0; i < memberCount; i++) {
            final Member member = addMember(core.sessions.get(in.takeLong()), in.takeInt());
            member.producer.load(in);
            member.consumer.load(in);
        }
        final int readyCount = in.takeInt();
        for (int i = 0; i < readyCount; i++) {
            final Item item = in.takeItem();
            ready.add(item);
            loaded(item);
        }
        core.waiters.load(in, core.sessions, this, puts, true);
        core.waiters.load(in, core.sessions, this, takes, false);
        core.waiters.load(in, core.sessions, this, joins, false);
        for (Waiter waiter = puts.first(); waiter != null; waiter = waiter.next) {
            loaded(waiter.item);
        }
    }

    private Member addMember(final Session session, final int window) {
        final Member member = new Member(core, this, session, window);
        members.add(member);
        bySession.put(session.id, member);
        session.attach(this);
        return member;
    }

    private boolean fits(final Frame frame, final long correlation, final long cost) {
        if (cost > budget.left()) {
            reclaim();
        }
        if (cost > budget.left()) {
            core.answers.reply(
                    frame.session().id,
                    correlation,
                    Status.LIMIT,
                    "The queue is full: the limit is " + budget.limit() + " bytes (maxQueueBytes), and " + budget.used()
                            + " are in use.");
            return false;
        }
        if (!core.fits(cost)) {
            core.replyTotalExceeded(frame, correlation);
            return false;
        }
        return true;
    }

    private boolean hasRoom() {
        return capacity == 0 || (long) ready.size() + ahead + credits < capacity;
    }

    /** {@return whether there is room, after looking everywhere for it; if so, no put waits} */
    private boolean makeRoom() {
        if (hasRoom()) {
            return true;
        }
        refreshTakes();
        for (int i = 0; puts.isEmpty() && !hasRoom() && credits > 0 && i < members.size(); i++) {
            members.get(i).producer.revoke();
        }
        return hasRoom();
    }

    /** Read the windows of all consumers with items ahead, and use the room found. */
    private void refreshTakes() {
        for (int i = 0; ahead > 0 && i < members.size(); i++) {
            members.get(i).consumer.refresh();
        }
        settle();
    }

    /** Accept the puts that wait while there is room. */
    private void settle() {
        while (!puts.isEmpty() && hasRoom()) {
            final Waiter waiter = puts.first();
            core.waiters.answer(waiter, Status.OK);
            accept(waiter.item);
        }
    }

    private void accept(final Item item) {
        item.arrival = ++arrivals;
        unfinished++;
        ready.add(item);
        serveTakes();
        markDirty();
    }

    /** Put what has been returned back to its place, and use the items and the room found. */
    private void putBack() {
        ready.putBack(returned);
        returned.clear();
        serveTakes();
        settle();
    }

    private void serveTakes() {
        while (!takes.isEmpty() && !ready.isEmpty()) {
            final Waiter waiter = takes.first();
            core.waiters.remove(waiter);
            member(waiter.session).consumer.deliver(waiter.correlation, ready.poll());
        }
    }

    /** Take back what lies at consumers that are busy with something else: it is older than what is ready. */
    private void depriveSlow() {
        for (int i = 0; ahead > 0 && i < members.size(); i++) {
            if (members.get(i).consumer.isSlow()) {
                members.get(i).consumer.deprive(returned);
            }
        }
    }

    /** While nothing is ready, take items back from those that have not taken them, oldest first. */
    private void deprive() {
        Member holder = ready.isEmpty() ? oldestAhead() : null;
        while (holder != null) {
            holder.consumer.deprive(returned);
            putBack();
            holder = ready.isEmpty() ? oldestAhead() : null;
        }
        settle();
    }

    /** {@return the member whose untaken items include the oldest, or null when nothing is ahead} */
    private Member oldestAhead() {
        Member found = null;
        long oldest = Long.MAX_VALUE;
        for (int i = 0; ahead > 0 && i < members.size(); i++) {
            final Consumer consumer = members.get(i).consumer;
            consumer.refresh();
            final long oldestHere = consumer.oldestAhead();
            if (oldestHere < oldest) {
                oldest = oldestHere;
                found = members.get(i);
            }
        }
        return found;
    }

    private void deliverAhead() {
        int wanting = 0;
        for (int i = 0; !ready.isEmpty() && i < members.size(); i++) {
            wanting += members.get(i).consumer.wantsAhead() ? 1 : 0;
        }
        final int share = wanting == 0 ? 0 : Math.max(1, ready.size() / wanting);
        for (int i = 0; share > 0 && !ready.isEmpty() && i < members.size(); i++) {
            final Consumer consumer = members.get(Math.floorMod(turn + i, members.size())).consumer;
            if (consumer.wantsAhead()) {
                consumer.deliverAhead(ready, share);
            }
        }
    }

    /** While puts wait, have every consumer with items ahead say when it takes one. */
    private void watchTakes() {
        for (int i = 0; !puts.isEmpty() && ahead > 0 && i < members.size(); i++) {
            members.get(i).consumer.refreshAndWatch();
        }
        settle();
    }

    private void grantCredits() {
        int wanting = 0;
        for (int i = 0; i < members.size(); i++) {
            wanting += members.get(i).producer.wantsMore() ? 1 : 0;
        }
        if (wanting == 0) {
            return;
        }
        final long room = capacity == 0 ? Integer.MAX_VALUE : (long) capacity - ready.size() - ahead - credits;
        final long share = Math.max(1, room / wanting);
        for (int i = 0; i < members.size(); i++) {
            final Producer producer = members.get(Math.floorMod(turn + i, members.size())).producer;
            if (producer.wantsMore()) {
                producer.grant((int) Math.min(share, grantable()));
            }
        }
    }

    /** {@return how many more credits the capacity and the limits on bytes allow} */
    private long grantable() {
        final long room = capacity == 0 ? Integer.MAX_VALUE : (long) capacity - ready.size() - ahead - credits;
        return Math.max(0, Math.min(room, Math.min(budget.left(), core.budget.left()) / promiseCost));
    }

    private void markDirty() {
        if (!dirty) {
            dirty = true;
            core.markDirty(this);
        }
    }
}
