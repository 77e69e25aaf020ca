package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.EventClearDecoder;
import io.condatis.internal.protocol.sbe.EventSetDecoder;
import io.condatis.internal.protocol.sbe.EventStateDecoder;
import io.condatis.internal.protocol.sbe.EventWaitDecoder;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.Status;

/** The messages of events. */
final class EventType extends SyncType<StoredEvent> {
    private final EventSetDecoder set = new EventSetDecoder();
    private final EventClearDecoder clear = new EventClearDecoder();
    private final EventWaitDecoder await = new EventWaitDecoder();
    private final EventStateDecoder state = new EventStateDecoder();

    EventType(final Core core) {
        super(core, Kind.EVENT, "event", StoredEvent.class);
    }

    @Override
    public int[] templateIds() {
        return new int[] {
            EventSetDecoder.TEMPLATE_ID,
            EventClearDecoder.TEMPLATE_ID,
            EventWaitDecoder.TEMPLATE_ID,
            EventStateDecoder.TEMPLATE_ID,
        };
    }

    @Override
    public String refusal(final long argument) {
        return argument == 0 ? null : "An event has no argument: " + argument + " was given.";
    }

    @Override
    public StoredObject create(final int id, final long argument) {
        return new StoredEvent(core, id);
    }

    @Override
    public StoredObject load(final int id, final long argument, final SnapshotReader in) {
        final StoredEvent event = new StoredEvent(core, id);
        event.load(in);
        return event;
    }

    @Override
    public void onMessage(final Frame frame) {
        switch (frame.templateId()) {
            case EventSetDecoder.TEMPLATE_ID -> onSet(frame);
            case EventClearDecoder.TEMPLATE_ID -> onClear(frame);
            case EventWaitDecoder.TEMPLATE_ID -> onWait(frame);
            default -> onState(frame);
        }
    }

    private void onSet(final Frame frame) {
        frame.check(EventSetDecoder.BLOCK_LENGTH, 0);
        set.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(set.correlation());
        final StoredEvent event = object(frame, correlation, set.objectId());
        if (event != null) {
            core.answers.reply(frame.session().id, correlation, Status.OK, 0);
            event.set();
        }
    }

    private void onClear(final Frame frame) {
        frame.check(EventClearDecoder.BLOCK_LENGTH, 0);
        clear.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(clear.correlation());
        final StoredEvent event = object(frame, correlation, clear.objectId());
        if (event != null) {
            core.answers.reply(frame.session().id, correlation, Status.OK, 0);
            event.clear();
        }
    }

    private void onWait(final Frame frame) {
        frame.check(EventWaitDecoder.BLOCK_LENGTH, 0);
        await.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(await.correlation());
        final StoredEvent event = object(frame, correlation, await.objectId());
        if (event != null) {
            event.await(frame, correlation, await.timeoutNs());
        }
    }

    private void onState(final Frame frame) {
        frame.check(EventStateDecoder.BLOCK_LENGTH, 0);
        state.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(state.correlation());
        replyState(frame, correlation, object(frame, correlation, state.objectId()));
    }
}
