package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.BarrierAbortDecoder;
import io.condatis.internal.protocol.sbe.BarrierActedDecoder;
import io.condatis.internal.protocol.sbe.BarrierResetDecoder;
import io.condatis.internal.protocol.sbe.BarrierStateDecoder;
import io.condatis.internal.protocol.sbe.BarrierWaitDecoder;
import io.condatis.internal.protocol.sbe.BreakCause;
import io.condatis.internal.protocol.sbe.Flag;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.Status;

/** The messages of barriers. */
final class BarrierType extends SyncType<StoredBarrier> {
    private final BarrierWaitDecoder await = new BarrierWaitDecoder();
    private final BarrierActedDecoder acted = new BarrierActedDecoder();
    private final BarrierAbortDecoder abort = new BarrierAbortDecoder();
    private final BarrierResetDecoder reset = new BarrierResetDecoder();
    private final BarrierStateDecoder state = new BarrierStateDecoder();

    BarrierType(final Core core) {
        super(core, Kind.BARRIER, "barrier", StoredBarrier.class);
    }

    @Override
    public int[] templateIds() {
        return new int[] {
            BarrierWaitDecoder.TEMPLATE_ID,
            BarrierActedDecoder.TEMPLATE_ID,
            BarrierAbortDecoder.TEMPLATE_ID,
            BarrierResetDecoder.TEMPLATE_ID,
            BarrierStateDecoder.TEMPLATE_ID,
        };
    }

    @Override
    public String refusal(final long parties) {
        return parties >= 1 && parties <= Integer.MAX_VALUE
                ? null
                : "A barrier has 1 to " + Integer.MAX_VALUE + " parties: " + parties + " were asked for.";
    }

    @Override
    public StoredObject create(final int id, final long parties) {
        return new StoredBarrier(core, id, (int) parties);
    }

    @Override
    public StoredObject load(final int id, final long parties, final SnapshotReader in) {
        final StoredBarrier barrier = new StoredBarrier(core, id, (int) parties);
        barrier.load(in);
        return barrier;
    }

    @Override
    public void onMessage(final Frame frame) {
        switch (frame.templateId()) {
            case BarrierWaitDecoder.TEMPLATE_ID -> onWait(frame);
            case BarrierActedDecoder.TEMPLATE_ID -> onActed(frame);
            case BarrierAbortDecoder.TEMPLATE_ID -> onAbort(frame);
            case BarrierResetDecoder.TEMPLATE_ID -> onReset(frame);
            default -> onState(frame);
        }
    }

    private void onWait(final Frame frame) {
        frame.check(BarrierWaitDecoder.BLOCK_LENGTH, 0);
        await.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(await.correlation());
        final StoredBarrier barrier = object(frame, correlation, await.objectId());
        if (barrier != null) {
            barrier.arrive(frame, correlation, await.timeoutNs(), await.withActionRaw() == Flag.YES.value());
        }
    }

    private void onActed(final Frame frame) {
        frame.check(BarrierActedDecoder.BLOCK_LENGTH, 0);
        acted.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(acted.correlation());
        final StoredBarrier barrier = object(frame, correlation, acted.objectId());
        if (barrier != null) {
            barrier.acted(frame.session(), correlation, acted.arrival(), acted.failedRaw() == Flag.YES.value());
        }
    }

    private void onAbort(final Frame frame) {
        frame.check(BarrierAbortDecoder.BLOCK_LENGTH, 0);
        abort.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(abort.correlation());
        final StoredBarrier barrier = object(frame, correlation, abort.objectId());
        if (barrier != null) {
            core.answers.reply(frame.session().id, correlation, Status.OK, 0);
            barrier.abort(abort.causeRaw() == BreakCause.INTERRUPT.value() ? BreakCause.INTERRUPT : BreakCause.ABORT);
        }
    }

    private void onReset(final Frame frame) {
        frame.check(BarrierResetDecoder.BLOCK_LENGTH, 0);
        reset.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(reset.correlation());
        final StoredBarrier barrier = object(frame, correlation, reset.objectId());
        if (barrier != null) {
            core.answers.reply(frame.session().id, correlation, Status.OK, 0);
            barrier.reset();
        }
    }

    private void onState(final Frame frame) {
        frame.check(BarrierStateDecoder.BLOCK_LENGTH, 0);
        state.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(state.correlation());
        replyState(frame, correlation, object(frame, correlation, state.objectId()));
    }
}
