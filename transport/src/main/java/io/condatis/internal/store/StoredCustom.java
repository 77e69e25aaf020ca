package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.Status;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * An object of the user's own class. The object itself is with its provider, a session; here are the requests that wait for
 * it. One at a time is with the provider, so its calls run one after the other in the order in which they came. A request
 * that is cancelled while it runs goes on running, and the next one waits for its end all the same.
 */
final class StoredCustom implements StoredObject {
    private final Core core;
    private final CustomMessages messages;
    private final int id;
    private final Provider provider;
    private final WaiterList openers = new WaiterList();
    private final WaiterList calls = new WaiterList();

    /** Number of the Make that has not ended, or 0. */
    private long making;
    /** Number of the Invocation that has not ended, or 0. */
    private long running;

    private long runningBytes;

    StoredCustom(final Core core, final CustomMessages messages, final int id, final Provider provider) {
        this.core = core;
        this.messages = messages;
        this.id = id;
        this.provider = provider;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public Kind kind() {
        return Kind.CUSTOM;
    }

    /** {@return digest of the interface} */
    @Override
    public long argument() {
        return provider.digest();
    }

    Provider provider() {
        return provider;
    }

    WaiterList openers() {
        return openers;
    }

    WaiterList calls() {
        return calls;
    }

    boolean isMade() {
        return making == 0;
    }

    /** It is to be made, for the first of its openers. */
    void make(final DirectBuffer arguments) {
        making = openers.first().number;
        messages.sendMake(this, making, arguments);
    }

    /** A call has been added; have it run unless another one runs. */
    void called() {
        if (making == 0 && running == 0 && !calls.isEmpty()) {
            final Waiter waiter = calls.first();
            running = waiter.number;
            runningBytes = waiter.item.cost();
            messages.sendInvocation(this, waiter);
        }
    }

    /** The provider says how a Make or an Invocation has ended. */
    void ended(final long number, final Status status, final DirectBuffer value) {
        if (number != 0 && number == making) {
            making = 0;
            made(status, value);
        } else if (number != 0 && number == running) {
            running = 0;
            messages.bytes.use(-runningBytes);
            final Waiter waiter = calls.first();
            if (waiter != null && waiter.number == number) {
                core.waiters.remove(waiter);
                messages.relay(waiter, status, value);
            }
            called();
        } else {
            throw new ProtocolException("result that nobody asked for: objectId=" + id + " number=" + number);
        }
    }

    private void made(final Status status, final DirectBuffer value) {
        final Holding holding = core.objects.holding(id);
        while (!openers.isEmpty()) {
            final Waiter waiter = openers.first();
            core.waiters.remove(waiter);
            if (status == Status.OK) {
                messages.opened(waiter.session, waiter.correlation, holding);
            } else {
                messages.relay(waiter, status, value);
            }
        }
        if (status != Status.OK || holding.isAnonymous() && holding.references == 0) {
            core.delete(holding);
        } else {
            called();
        }
    }

    @Override
    public int attach(final Session session) {
        return Windows.NONE;
    }

    /** Its provider is told and tells; others have nothing here but what waits. */
    @Override
    public void detach(final Session session) {
        if (core.sessions.isOpen(session.id)) {
            session.attach(this);
            return;
        }
        final Holding holding = core.objects.holding(id);
        if (holding != null) {
            core.delete(holding);
        }
    }

    @Override
    public void expire(final Waiter waiter) {
        withdraw(waiter);
        core.answers.reply(waiter.session.id, waiter.correlation, Status.TIMEOUT, 0);
    }

    @Override
    public void withdraw(final Waiter waiter) {
        core.waiters.remove(waiter);
        if (waiter.item != null && waiter.number != running) {
            messages.bytes.use(-waiter.item.cost());
        }
    }

    @Override
    public void endOfBatch() {
        // Nothing is put off.
    }

    @Override
    public void reclaim() {
        // Nothing is only promised.
    }

    @Override
    public void delete() {
        final boolean isRun = core.sessions.isOpen(provider.session().id);
        final String sentence =
                isRun ? "The object was deleted meanwhile." : "The process that ran the object has ended meanwhile.";
        answerAll(openers, sentence);
        answerAll(calls, sentence);
        if (running != 0) {
            running = 0;
            messages.bytes.use(-runningBytes);
        }
        if (isRun) {
            provider.session().forget(this);
            messages.sendDiscard(this);
        }
    }

    private void answerAll(final WaiterList list, final String sentence) {
        while (!list.isEmpty()) {
            final Waiter waiter = list.first();
            withdraw(waiter);
            core.answers.reply(waiter.session.id, waiter.correlation, Status.GONE, sentence);
        }
    }

    @Override
    public void save(final SnapshotWriter out) {
        out.putBytes(provider.type().getBytes(StandardCharsets.UTF_8));
        out.putLong(making);
        out.putLong(running);
        out.putLong(runningBytes);
        core.waiters.save(openers, out);
        core.waiters.save(calls, out);
    }

    void load(final SnapshotReader in) {
        making = in.takeLong();
        running = in.takeLong();
        runningBytes = in.takeLong();
        core.waiters.load(in, core.sessions, this, openers, null);
        core.waiters.load(in, core.sessions, this, calls, core.items);
        provider.session().attach(this);
        long waiting = running == 0 ? 0 : runningBytes;
        for (Waiter waiter = calls.first(); waiter != null; waiter = waiter.next) {
            waiting += waiter.number == running ? 0 : waiter.item.cost();
        }
        messages.bytes.use(waiting);
    }
}
