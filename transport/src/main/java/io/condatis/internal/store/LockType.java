package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.LockAcquireDecoder;
import io.condatis.internal.protocol.sbe.LockConsistentDecoder;
import io.condatis.internal.protocol.sbe.LockReleaseDecoder;
import io.condatis.internal.protocol.sbe.LockStateDecoder;
import io.condatis.internal.protocol.sbe.Status;
import java.util.List;

/** The messages of locks, reentrant or not. */
final class LockType extends SyncType<StoredLock> {
    private static final List<String> POLICIES = List.of("REPORT", "REPAIR", "POISON");
    private static final int LAST_POLICY = POLICIES.size() - 1;

    private final LockAcquireDecoder acquire = new LockAcquireDecoder();
    private final LockReleaseDecoder release = new LockReleaseDecoder();
    private final LockConsistentDecoder consistent = new LockConsistentDecoder();
    private final LockStateDecoder state = new LockStateDecoder();

    LockType(final Core core, final Kind kind) {
        super(core, kind, "lock", StoredLock.class);
    }

    @Override
    public int[] templateIds() {
        return new int[] {
            LockAcquireDecoder.TEMPLATE_ID,
            LockReleaseDecoder.TEMPLATE_ID,
            LockConsistentDecoder.TEMPLATE_ID,
            LockStateDecoder.TEMPLATE_ID,
        };
    }

    /** {@return the name of a policy that is not refused} */
    static String policyName(final long policy) {
        return POLICIES.get((int) policy);
    }

    @Override
    public String refusal(final long policy) {
        return policy >= 0 && policy <= LAST_POLICY
                ? null
                : "A lock's policy is 0 to " + LAST_POLICY + ": " + policy + " was asked for.";
    }

    @Override
    public StoredObject create(final int id, final long policy) {
        return new StoredLock(core, id, kind(), policy);
    }

    @Override
    public StoredObject load(final int id, final long policy, final SnapshotReader in) {
        final StoredLock lock = new StoredLock(core, id, kind(), policy);
        lock.load(in);
        return lock;
    }

    @Override
    public void onMessage(final Frame frame) {
        switch (frame.templateId()) {
            case LockAcquireDecoder.TEMPLATE_ID -> onAcquire(frame);
            case LockReleaseDecoder.TEMPLATE_ID -> onRelease(frame);
            case LockConsistentDecoder.TEMPLATE_ID -> onConsistent(frame);
            default -> onState(frame);
        }
    }

    private void onAcquire(final Frame frame) {
        frame.check(LockAcquireDecoder.BLOCK_LENGTH, 0);
        acquire.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(acquire.correlation());
        final StoredLock lock = object(frame, correlation, acquire.objectId());
        if (lock != null) {
            lock.acquire(frame, correlation, acquire.timeoutNs(), acquire.thread(), acquire.pid());
        }
    }

    private void onRelease(final Frame frame) {
        frame.check(LockReleaseDecoder.BLOCK_LENGTH, 0);
        release.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = correlation(frame, release.correlation());
        final StoredLock lock = object(frame, correlation, release.objectId());
        if (lock != null) {
            lock.release(frame.session(), correlation, release.fence());
        }
    }

    private void onConsistent(final Frame frame) {
        frame.check(LockConsistentDecoder.BLOCK_LENGTH, 0);
        consistent.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(consistent.correlation());
        final StoredLock lock = object(frame, correlation, consistent.objectId());
        if (lock == null) {
            return;
        }
        if (lock.markConsistent(frame.session(), consistent.fence())) {
            core.answers.reply(frame.session().id, correlation, Status.OK, 0);
        } else {
            core.answers.reply(frame.session().id, correlation, Status.NOT_OWNER, lock.notOwner(consistent.fence()));
        }
    }

    private void onState(final Frame frame) {
        frame.check(LockStateDecoder.BLOCK_LENGTH, 0);
        state.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
        final long correlation = frame.request(state.correlation());
        replyState(frame, correlation, object(frame, correlation, state.objectId()));
    }
}
