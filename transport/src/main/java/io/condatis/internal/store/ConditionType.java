package io.condatis.internal.store;

import io.condatis.internal.protocol.ConditionArgument;
import io.condatis.internal.protocol.sbe.ConditionNotifyDecoder;
import io.condatis.internal.protocol.sbe.ConditionStateDecoder;
import io.condatis.internal.protocol.sbe.ConditionWaitDecoder;
import io.condatis.internal.protocol.sbe.Kind;

/** The messages of conditions. */
final class ConditionType extends SyncType<StoredCondition> {
    private final ConditionWaitDecoder await = new ConditionWaitDecoder();
    private final ConditionNotifyDecoder signal = new ConditionNotifyDecoder();
    private final ConditionStateDecoder state = new ConditionStateDecoder();

    ConditionType(final Core core) {
        super(core, Kind.CONDITION, "condition", StoredCondition.class);
    }

    @Override
    public int[] templateIds() {
        return new int[] {
            ConditionWaitDecoder.TEMPLATE_ID, ConditionNotifyDecoder.TEMPLATE_ID, ConditionStateDecoder.TEMPLATE_ID,
        };
    }

    @Override
    public String refusal(final long argument) {
        return lock(argument) != null
                ? null
                : "A condition needs a lock, and there is none of that kind with the id "
                        + ConditionArgument.lockId(argument) + ".";
    }

    @Override
    public StoredObject create(final int id, final long argument) {
        return new StoredCondition(core, id, lock(argument));
    }

    @Override
    public StoredObject load(final int id, final long argument, final SnapshotReader in) {
        final StoredLock lock = lock(argument);
        final StoredCondition condition =
                lock == null ? new StoredCondition(core, id, argument) : new StoredCondition(core, id, lock);
        condition.load(in);
        return condition;
    }

    @Override
    public void onMessage(final Frame frame) {
        switch (frame.templateId()) {
            case ConditionWaitDecoder.TEMPLATE_ID -> onWait(frame);
            case ConditionNotifyDecoder.TEMPLATE_ID -> onNotify(frame);
            default -> onState(frame);
        }
    }

    private void onWait(final Frame frame) {
        frame.check(ConditionWaitDecoder.BLOCK_LENGTH, 0);
        await.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(await.correlation());
        final StoredCondition condition = object(frame, correlation, await.objectId());
        if (condition != null) {
            condition.await(frame, correlation, await.timeoutNs(), await.fence());
        }
    }

    private void onNotify(final Frame frame) {
        frame.check(ConditionNotifyDecoder.BLOCK_LENGTH, 0);
        signal.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = correlation(frame, signal.correlation());
        final StoredCondition condition = object(frame, correlation, signal.objectId());
        if (condition != null) {
            condition.signal(frame.session(), correlation, signal.fence(), signal.count());
        }
    }

    private void onState(final Frame frame) {
        frame.check(ConditionStateDecoder.BLOCK_LENGTH, 0);
        state.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(state.correlation());
        replyState(frame, correlation, object(frame, correlation, state.objectId()));
    }

    /** The lock that an argument names, or null. */
    private StoredLock lock(final long argument) {
        final int id = ConditionArgument.lockId(argument);
        return core.objects.get(id) instanceof StoredLock lock
                        && argument == ConditionArgument.of(id, lock.kind() == Kind.REENTRANT_LOCK)
                ? lock
                : null;
    }
}
