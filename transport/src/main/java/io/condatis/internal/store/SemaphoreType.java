package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.SemaphoreAcquireDecoder;
import io.condatis.internal.protocol.sbe.SemaphoreReleaseDecoder;
import io.condatis.internal.protocol.sbe.SemaphoreStateDecoder;

/** The messages of semaphores, bounded or not. */
final class SemaphoreType extends SyncType<StoredSemaphore> {
    private final SemaphoreAcquireDecoder acquire = new SemaphoreAcquireDecoder();
    private final SemaphoreReleaseDecoder release = new SemaphoreReleaseDecoder();
    private final SemaphoreStateDecoder state = new SemaphoreStateDecoder();

    SemaphoreType(final Core core, final Kind kind) {
        super(core, kind, "semaphore", StoredSemaphore.class);
    }

    @Override
    public int[] templateIds() {
        return new int[] {
            SemaphoreAcquireDecoder.TEMPLATE_ID, SemaphoreReleaseDecoder.TEMPLATE_ID, SemaphoreStateDecoder.TEMPLATE_ID,
        };
    }

    @Override
    public String refusal(final long permits) {
        return permits >= 0 && permits <= Integer.MAX_VALUE
                ? null
                : "A semaphore has 0 to " + Integer.MAX_VALUE + " permits: " + permits + " were asked for.";
    }

    @Override
    public StoredObject create(final int id, final long permits) {
        return new StoredSemaphore(core, id, kind(), (int) permits);
    }

    @Override
    public StoredObject load(final int id, final long permits, final SnapshotReader in) {
        final StoredSemaphore semaphore = new StoredSemaphore(core, id, kind(), (int) permits);
        semaphore.load(in);
        return semaphore;
    }

    @Override
    public void onMessage(final Frame frame) {
        switch (frame.templateId()) {
            case SemaphoreAcquireDecoder.TEMPLATE_ID -> onAcquire(frame);
            case SemaphoreReleaseDecoder.TEMPLATE_ID -> onRelease(frame);
            default -> onState(frame);
        }
    }

    private void onAcquire(final Frame frame) {
        frame.check(SemaphoreAcquireDecoder.BLOCK_LENGTH, 0);
        acquire.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(acquire.correlation());
        final StoredSemaphore semaphore = object(frame, correlation, acquire.objectId());
        if (semaphore != null) {
            semaphore.acquire(frame, correlation, acquire.timeoutNs());
        }
    }

    private void onRelease(final Frame frame) {
        frame.check(SemaphoreReleaseDecoder.BLOCK_LENGTH, 0);
        release.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = correlation(frame, release.correlation());
        final StoredSemaphore semaphore = object(frame, correlation, release.objectId());
        if (semaphore != null) {
            semaphore.release(frame.session(), correlation);
        }
    }

    private void onState(final Frame frame) {
        frame.check(SemaphoreStateDecoder.BLOCK_LENGTH, 0);
        state.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(state.correlation());
        replyState(frame, correlation, object(frame, correlation, state.objectId()));
    }
}
