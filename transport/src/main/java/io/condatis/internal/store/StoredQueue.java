package io.condatis.internal.store;

import io.condatis.internal.protocol.ItemRun;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.Status;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
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
 *   <li>when a join waits, every consumer has been asked to say when more is done.
 * </ul>
 */
final class StoredQueue implements StoredObject {
    private final Core core;
    private final int id;
    private final Kind kind;
    private final int capacity;
    private final Budget budget;
    private final long promiseCost;

    private final ReadyItems ready = new ReadyItems();
    private final WaiterList puts = new WaiterList();
    private final WaiterList takes = new WaiterList();
    private final WaiterList joins = new WaiterList();
    private final List<Member> members = new ArrayList<>();
    private final Long2ObjectHashMap<Member> bySession = new Long2ObjectHashMap<>();
    private final List<Item> returned = new ArrayList<>();
    private Member lastMember;

    private long arrivals;
    private long unfinished;
    private int ahead;
    private int credits;
    private int turn;
    private int maxAttempts;
    private int deadLetters;
    private boolean dirty;

    StoredQueue(final Core core, final int id, final Kind kind, final int capacity) {
        this.core = core;
        this.id = id;
        this.kind = kind;
        this.capacity = capacity;
        budget = new Budget(core.limits.maxQueueBytes(), core.budget);
        promiseCost = Item.cost(core.limits.maxCreditedBytes());
    }

    /** {@return the session's part in it, or null when the session has not opened it} */
    Member member(final Session session) {
        if (lastMember == null || lastMember.session != session) {
            lastMember = bySession.get(session.id);
        }
        return lastMember;
    }

    /** {@return whether what is taken has still to be done} */
    boolean isLeased() {
        return kind == Kind.JOINABLE_QUEUE;
    }

    /** {@return the priority that an item gets when this one is asked for} */
    long priority(final long asked) {
        return kind == Kind.PRIORITY_QUEUE ? asked : 0;
    }

    /** Put an item whose put wants an answer. */
    void put(
            final Frame frame,
            final long correlation,
            final long timeoutNs,
            final long priority,
            final DirectBuffer body) {
        final Member member = member(frame.session());
        member.producer.asked();
        markDirty();
        final long cost = Item.cost(body.capacity());
        if (!fits(cost)) {
            refuse(frame, correlation, cost);
        } else if (makeRoom()) {
            core.answers.reply(member.session.id, correlation, Status.OK, 0);
            accept(newItem(priority, body));
        } else {
            final Waiter waiter = core.waiters.park(frame, correlation, timeoutNs, this, puts);
            if (waiter != null) {
                waiter.item = newItem(priority, body);
            }
        }
    }

    /** Put an item that spends a credit. */
    void putWithCredit(final Member member, final long priority, final DirectBuffer body) {
        if (member.producer.outstanding() == 0) {
            throw new ProtocolException("put without a credit: session=" + member.session.id + " queue=" + id);
        }
        member.producer.spent();
        accept(newItem(priority, body));
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
                    refuse(frame, correlation, cost);
                    return;
                }
                break;
            }
            body.wrap(frame.buffer(), run.bodyOffset(), run.bodyLength());
            accept(newItem(priority, body));
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
        depriveSlow();
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
            item.attempt++;
            returned.add(item);
            member.consumer.recall(returned); // it comes before what lies ahead of the one that gives it back
            putBack();
            markDirty();
        }
        return item != null;
    }

    /** An item is done and gone. */
    void finished(final Item item) {
        letGo(item);
        if (isLeased() && --unfinished == 0) {
            answerJoins();
        }
    }

    /** A consumer says that it has taken something, or that something is done. */
    void taken(final Member member) {
        member.consumer.reported();
        settle();
        markDirty();
    }

    void join(final Frame frame, final long correlation, final long timeoutNs) {
        refreshTakes();
        if (unfinished == 0) {
            core.answers.reply(frame.session().id, correlation, Status.OK, 0);
        } else {
            core.waiters.park(frame, correlation, timeoutNs, this, joins);
            markDirty();
        }
    }

    /** Say where items go that were delivered too often; false when it was said otherwise before. */
    boolean deadLetters(final int mostAttempts, final int targetId) {
        if (maxAttempts == 0) {
            maxAttempts = mostAttempts;
            deadLetters = targetId;
        }
        return maxAttempts == mostAttempts && deadLetters == targetId;
    }

    /** {@return the number of items put and not yet taken} */
    long size() {
        refreshTakes();
        return (long) ready.size() + ahead;
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
        for (int i = 0; ahead > 0 && i < members.size(); i++) {
            members.get(i).consumer.recall(returned);
        }
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
        Member member = member(session);
        if (member == null) {
            member = addMember(session, core.windows.allot(session.id));
        }
        return member.window;
    }

    @Override
    public void detach(final Session session) {
        final Member member = bySession.remove(session.id);
        lastMember = null;
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
            letGo(waiter.item);
            waiter.item = null;
            markDirty();
        }
    }

    @Override
    public void endOfBatch() {
        dirty = false;
        for (int i = 0; !joins.isEmpty() && i < members.size(); i++) {
            members.get(i).consumer.watchDone();
        }
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
        for (int i = 0; i < members.size(); i++) {
            members.get(i).consumer.refresh();
        }
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
        while (!ready.isEmpty()) {
            letGo(ready.poll());
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
        core.items.release(item);
    }

    @Override
    public void save(final SnapshotWriter out) {
        out.putLong(arrivals);
        out.putLong(unfinished);
        out.putInt(turn);
        out.putInt(maxAttempts);
        out.putInt(deadLetters);
        out.putBoolean(dirty);
        out.putInt(members.size());
        for (final Member member : members) {
            out.putLong(member.session.id);
            out.putInt(member.window);
            member.producer.save(out);
            member.consumer.save(out);
        }
        out.putInt(ready.size());
        ready.visit(item -> {
            out.putItem(item);
            return true;
        });
        core.waiters.save(puts, out);
        core.waiters.save(takes, out);
        core.waiters.save(joins, out);
    }

    void load(final SnapshotReader in) {
        arrivals = in.takeLong();
        unfinished = in.takeLong();
        turn = in.takeInt();
        maxAttempts = in.takeInt();
        deadLetters = in.takeInt();
        dirty = in.takeBoolean();
        final int memberCount = in.takeInt();
        for (int i = 0; i < memberCount; i++) {
            final Member member = addMember(core.sessions.get(in.takeLong()), in.takeInt());
            member.producer.load(in);
            member.consumer.load(in);
        }
        final int readyCount = in.takeInt();
        for (int i = 0; i < readyCount; i++) {
            final Item item = in.takeItem(core.items);
            ready.add(item);
            loaded(item);
        }
        core.waiters.load(in, core.sessions, this, puts, core.items);
        core.waiters.load(in, core.sessions, this, takes, null);
        core.waiters.load(in, core.sessions, this, joins, null);
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

    /** {@return an item that counts against the limits from now on} */
    private Item newItem(final long priority, final DirectBuffer body) {
        final Item item = core.items.take(body, 0, body.capacity());
        item.priority = priority;
        hold(item);
        return item;
    }

    /** {@return whether the limits on bytes allow so many more} */
    private boolean fits(final long cost) {
        if (cost > budget.left()) {
            reclaim();
        }
        return cost <= budget.left() && core.fits(cost);
    }

    private void refuse(final Frame frame, final long correlation, final long cost) {
        if (cost <= budget.left()) {
            core.replyTotalExceeded(frame, correlation);
            return;
        }
        core.answers.reply(
                frame.session().id,
                correlation,
                Status.LIMIT,
                "The queue is full: the limit is " + budget.limit() + " bytes (maxQueueBytes), and " + budget.used()
                        + " are in use.");
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

    /** Read the windows of all consumers, and use the room found. */
    private void refreshTakes() {
        for (int i = 0; i < members.size(); i++) {
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
            waiter.item = null;
        }
    }

    private void answerJoins() {
        while (!joins.isEmpty()) {
            core.waiters.answer(joins.first(), Status.OK);
        }
    }

    private void accept(final Item item) {
        item.arrival = ++arrivals;
        unfinished += isLeased() ? 1 : 0;
        ready.add(item);
        serveTakes();
        markDirty();
    }

    /** Put what has been returned back to its place, and use the items and the room found. */
    private void putBack() {
        if (maxAttempts > 0) {
            returned.removeIf(this::isDead);
        }
        ready.putBack(returned);
        returned.clear();
        serveTakes();
        settle();
    }

    /** {@return whether an item was delivered too often, and has gone where such items go} */
    private boolean isDead(final Item item) {
        final boolean dead = item.attempt > maxAttempts
                && core.objects.get(deadLetters) instanceof StoredQueue target
                && target.receiveDead(item);
        if (dead) {
            budget.use(-item.cost());
            if (--unfinished == 0) {
                answerJoins();
            }
        }
        return dead;
    }

    private boolean receiveDead(final Item item) {
        budget.use(item.cost());
        accept(item);
        return true;
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
        Item oldest = null;
        for (int i = 0; ahead > 0 && i < members.size(); i++) {
            final Consumer consumer = members.get(i).consumer;
            consumer.refresh();
            final Item oldestHere = consumer.hasAhead() ? consumer.oldestAhead() : null;
            if (oldestHere != null && (oldest == null || oldest.isAfter(oldestHere.priority, oldestHere.arrival))) {
                oldest = oldestHere;
                found = members.get(i);
            }
        }
        return found;
    }

    private void deliverAhead() {
        if (kind == Kind.PRIORITY_QUEUE) {
            return; // what comes next is known only when it is asked for
        }
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
