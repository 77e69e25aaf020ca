package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.Status;
import org.agrona.DirectBuffer;

/** The items of one queue as what they cost: bytes within limits, bytes promised to credits, references kept. */
final class ItemStock {
    private final Core core;
    private final Budget budget;
    private final long promiseCost;
    private long done;

    ItemStock(final Core core) {
        this.core = core;
        budget = new Budget(core.limits.maxQueueBytes(), core.budget);
        promiseCost = Item.cost(core.limits.maxCreditedBytes());
    }

    /** {@return an item that counts from now on} */
    Item make(final long priority, final DirectBuffer body) {
        final Item item = core.items.take(body, 0, body.capacity());
        item.priority = priority;
        hold(item);
        return item;
    }

    /** An item that was read from a snapshot counts from now on. */
    void hold(final Item item) {
        budget.use(item.cost());
        core.references.keep(item.body);
        core.statistics.items++;
    }

    /** An item was taken, or done where it is leased, or removed. */
    void finish(final Item item) {
        letGo(item);
        done++;
        core.statistics.itemsDone++;
    }

    /** {@return how many items have left the queue by being done with} */
    long done() {
        return done;
    }

    /** An item is gone. */
    void letGo(final Item item) {
        budget.use(-item.cost());
        core.references.drop(item.body);
        core.items.release(item);
        core.statistics.items--;
    }

    /** An item that was delivered too often goes to another queue as it is. */
    void moveTo(final ItemStock other, final Item item) {
        budget.use(-item.cost());
        other.budget.use(item.cost());
        core.statistics.itemsDead++;
        done++;
    }

    /** So many more credits are out, each of which promises room for the largest body; or fewer. */
    void promise(final int credits) {
        budget.promise(credits * promiseCost);
    }

    /** {@return how many more credits can be promised} */
    long promisable() {
        return Math.min(budget.left(), core.budget.left()) / promiseCost;
    }

    /** {@return whether the queue's own limit allows so many bytes more} */
    boolean hasLeft(final long cost) {
        return cost <= budget.left();
    }

    /** Answer a put that the limits do not allow. */
    void refuse(final Frame frame, final long correlation, final long cost) {
        if (hasLeft(cost)) {
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
}
