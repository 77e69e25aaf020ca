package io.condatis.internal.store;

import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/** The sessions that have opened a queue, and what lies at all of them together. */
final class Members {
    private final Core core;
    private final StoredQueue queue;
    private final List<Member> members = new ArrayList<>();
    private final Long2ObjectHashMap<Member> bySession = new Long2ObjectHashMap<>();
    private Member last;
    private int ahead;
    private int credits;
    private int turn;

    Members(final Core core, final StoredQueue queue) {
        this.core = core;
        this.queue = queue;
    }

    /** {@return the session's part in the queue, or null when the session has not opened it} */
    Member get(final Session session) {
        if (last == null || last.session != session) {
            last = bySession.get(session.id);
        }
        return last;
    }

    private Member add(final Session session, final int window) {
        final Member member = new Member(core, queue, session, window);
        members.add(member);
        bySession.put(session.id, member);
        session.attach(queue);
        return member;
    }

    /** {@return the window of a session, which opens the queue now or did so before} */
    int attach(final Session session) {
        final Member member = get(session);
        return (member == null ? add(session, core.windows.allot(session.id)) : member).window;
    }

    /** A session has ended or left; what it has goes back. */
    void remove(final Session session, final List<Item> returned) {
        final Member member = bySession.remove(session.id);
        last = null;
        members.remove(member);
        close(member, returned);
    }

    /** The queue is being deleted. */
    void closeAll(final List<Item> returned) {
        for (final Member member : members) {
            close(member, returned);
            member.session.forget(queue);
        }
    }

    private void close(final Member member, final List<Item> returned) {
        member.producer.close();
        member.consumer.close(returned);
        if (member.window != Windows.NONE) {
            core.windows.release(member.window);
        }
    }

    /** {@return how many items lie at consumers that have not taken them, as far as the windows have been read} */
    int ahead() {
        return ahead;
    }

    void ahead(final int more) {
        ahead += more;
    }

    /** {@return how many credits are out} */
    int credits() {
        return credits;
    }

    void credits(final int more) {
        credits += more;
    }

    /** Read the windows of all consumers. */
    void refresh() {
        for (int i = 0; i < members.size(); i++) {
            members.get(i).consumer.refresh();
        }
    }

    /** Take back the credits that are not spent. */
    void revoke() {
        for (int i = 0; credits > 0 && i < members.size(); i++) {
            members.get(i).producer.revoke();
        }
    }

    /** Take back credits that are not spent, one member's after the other's, until the queue has room. */
    void revokeForRoom() {
        for (int i = 0; credits > 0 && i < members.size() && queue.room() <= 0; i++) {
            members.get(i).producer.revoke();
        }
    }

    /** {@return whether anybody has put something that has not arrived} */
    boolean havePutUnderWay() {
        for (int i = 0; credits > 0 && i < members.size(); i++) {
            if (members.get(i).producer.hasPutUnderWay()) {
                return true;
            }
        }
        return false;
    }

    /** Take back everything that lies ahead. */
    void recall(final List<Item> returned) {
        for (int i = 0; ahead > 0 && i < members.size(); i++) {
            members.get(i).consumer.recall(returned);
        }
    }

    /** Take back what lies at consumers that are busy with something else: it is older than what is ready. */
    void depriveSlow(final List<Item> returned) {
        for (int i = 0; ahead > 0 && i < members.size(); i++) {
            if (members.get(i).consumer.isSlow()) {
                members.get(i).consumer.deprive(returned);
            }
        }
    }

    /** {@return the member whose untaken items include the oldest, or null when nothing is ahead} */
    Member oldestAhead() {
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

    /** Deliver ready items ahead of demand, in equal shares, to those who have taken what they got before. */
    void deliverAhead(final ReadyItems ready) {
        int wanting = 0;
        for (int i = 0; !ready.isEmpty() && i < members.size(); i++) {
            wanting += members.get(i).consumer.wantsAhead() ? 1 : 0;
        }
        final int share = wanting == 0 ? 0 : Math.max(1, ready.size() / wanting);
        for (int i = 0; share > 0 && !ready.isEmpty() && i < members.size(); i++) {
            final Consumer consumer = inTurn(i).consumer;
            if (consumer.wantsAhead()) {
                consumer.deliverAhead(ready, share);
            }
        }
    }

    /** Have every consumer with items ahead say when it takes one. */
    void watchTakes() {
        for (int i = 0; ahead > 0 && i < members.size(); i++) {
            members.get(i).consumer.refreshAndWatch();
        }
    }

    /** Have every consumer say when more is done. */
    void watchDone() {
        for (int i = 0; i < members.size(); i++) {
            members.get(i).consumer.watchDone();
        }
    }

    /** Grant credits to those who use them, in equal shares of what can be granted. */
    void grantCredits() {
        int wanting = 0;
        for (int i = 0; i < members.size(); i++) {
            wanting += members.get(i).producer.wantsMore() ? 1 : 0;
        }
        if (wanting == 0) {
            return;
        }
        final long share = Math.max(1, queue.room() / wanting);
        for (int i = 0; i < members.size(); i++) {
            final Producer producer = inTurn(i).producer;
            if (producer.wantsMore()) {
                producer.grant((int) Math.min(share, queue.grantable()));
            }
        }
    }

    /** Another member is first the next time. */
    void nextTurn() {
        turn++;
    }

    void save(final SnapshotWriter out) {
        out.putInt(turn);
        out.putInt(members.size());
        for (final Member member : members) {
            out.putLong(member.session.id);
            out.putInt(member.window);
            member.producer.save(out);
            member.consumer.save(out);
        }
    }

    void load(final SnapshotReader in) {
        turn = in.takeInt();
        final int count = in.takeInt();
        for (int i = 0; i < count; i++) {
            final Member member = add(core.sessions.get(in.takeLong()), in.takeInt());
            member.producer.load(in);
            member.consumer.load(in);
        }
    }

    private Member inTurn(final int index) {
        return members.get(Math.floorMod(turn + index, members.size()));
    }
}
