package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.BarrierAbortEncoder;
import io.condatis.internal.protocol.sbe.BarrierActedEncoder;
import io.condatis.internal.protocol.sbe.BarrierResetEncoder;
import io.condatis.internal.protocol.sbe.BarrierStateEncoder;
import io.condatis.internal.protocol.sbe.BarrierWaitEncoder;
import io.condatis.internal.protocol.sbe.BreakCause;
import io.condatis.internal.protocol.sbe.ConditionNotifyEncoder;
import io.condatis.internal.protocol.sbe.ConditionStateEncoder;
import io.condatis.internal.protocol.sbe.ConditionWaitEncoder;
import io.condatis.internal.protocol.sbe.EventClearEncoder;
import io.condatis.internal.protocol.sbe.EventSetEncoder;
import io.condatis.internal.protocol.sbe.EventStateEncoder;
import io.condatis.internal.protocol.sbe.EventWaitEncoder;
import io.condatis.internal.protocol.sbe.Flag;
import io.condatis.internal.protocol.sbe.LockAcquireEncoder;
import io.condatis.internal.protocol.sbe.LockConsistentEncoder;
import io.condatis.internal.protocol.sbe.LockReleaseEncoder;
import io.condatis.internal.protocol.sbe.LockStateEncoder;
import io.condatis.internal.protocol.sbe.MessageHeaderEncoder;
import io.condatis.internal.protocol.sbe.SemaphoreAcquireEncoder;
import io.condatis.internal.protocol.sbe.SemaphoreReleaseEncoder;
import io.condatis.internal.protocol.sbe.SemaphoreStateEncoder;
import java.util.function.Consumer;
import org.agrona.ExpandableArrayBuffer;

/** Encodes what clients send to what threads meet at; the last one is at offset 0, {@link #length()} bytes long. */
final class SyncRequests {
    final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final Requests common = new Requests();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final LockAcquireEncoder lockAcquire = new LockAcquireEncoder();
    private final LockReleaseEncoder lockRelease = new LockReleaseEncoder();
    private final SemaphoreAcquireEncoder semaphoreAcquire = new SemaphoreAcquireEncoder();
    private final SemaphoreReleaseEncoder semaphoreRelease = new SemaphoreReleaseEncoder();
    private final EventSetEncoder eventSet = new EventSetEncoder();
    private final EventWaitEncoder eventWait = new EventWaitEncoder();
    private int length;

    int length() {
        return length;
    }

    /** A message that is not only for what threads meet at. */
    void common(final Consumer<Requests> encoder) {
        encoder.accept(common);
        length = common.length();
        buffer.putBytes(0, common.buffer, Requests.OFFSET, length);
    }

    void acquire(final long correlation, final int lock, final long timeoutNs, final long thread) {
        length = lockAcquire
                .wrapAndApplyHeader(buffer, 0, header)
                .correlation(correlation)
                .objectId(lock)
                .timeoutNs(timeoutNs)
                .thread(thread)
                .pid(7)
                .limit();
    }

    void release(final long correlation, final int lock, final long fence) {
        length = lockRelease
                .wrapAndApplyHeader(buffer, 0, header)
                .correlation(correlation)
                .objectId(lock)
                .fence(fence)
                .limit();
    }

    void consistent(final long correlation, final int lock, final long fence) {
        length = new LockConsistentEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .correlation(correlation)
                .objectId(lock)
                .fence(fence)
                .limit();
    }

    void lockState(final long correlation, final int lock) {
        length = new LockStateEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .correlation(correlation)
                .objectId(lock)
                .limit();
    }

    void semaphoreAcquire(final long correlation, final int semaphore, final long timeoutNs) {
        length = semaphoreAcquire
                .wrapAndApplyHeader(buffer, 0, header)
                .correlation(correlation)
                .objectId(semaphore)
                .timeoutNs(timeoutNs)
                .limit();
    }

    void semaphoreRelease(final long correlation, final int semaphore) {
        length = semaphoreRelease
                .wrapAndApplyHeader(buffer, 0, header)
                .correlation(correlation)
                .objectId(semaphore)
                .limit();
    }

    void semaphoreState(final long correlation, final int semaphore) {
        length = new SemaphoreStateEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .correlation(correlation)
                .objectId(semaphore)
                .limit();
    }

    void conditionWait(final long correlation, final int condition, final long timeoutNs, final long fence) {
        length = new ConditionWaitEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .correlation(correlation)
                .objectId(condition)
                .timeoutNs(timeoutNs)
                .fence(fence)
                .limit();
    }

    void conditionNotify(final long correlation, final int condition, final long fence, final int count) {
        length = new ConditionNotifyEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .correlation(correlation)
                .objectId(condition)
                .fence(fence)
                .count(count)
                .limit();
    }

    void conditionState(final long correlation, final int condition) {
        length = new ConditionStateEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .correlation(correlation)
                .objectId(condition)
                .limit();
    }

    void eventSet(final long correlation, final int event) {
        length = eventSet.wrapAndApplyHeader(buffer, 0, header)
                .correlation(correlation)
                .objectId(event)
                .limit();
    }

    void eventClear(final long correlation, final int event) {
        length = new EventClearEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .correlation(correlation)
                .objectId(event)
                .limit();
    }

    void eventWait(final long correlation, final int event, final long timeoutNs) {
        length = eventWait
                .wrapAndApplyHeader(buffer, 0, header)
                .correlation(correlation)
                .objectId(event)
                .timeoutNs(timeoutNs)
                .limit();
    }

    void eventState(final long correlation, final int event) {
        length = new EventStateEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .correlation(correlation)
                .objectId(event)
                .limit();
    }

    void barrierWait(final long correlation, final int barrier, final long timeoutNs, final boolean withAction) {
        length = new BarrierWaitEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .correlation(correlation)
                .objectId(barrier)
                .timeoutNs(timeoutNs)
                .withAction(withAction ? Flag.YES : Flag.NO)
                .limit();
    }

    void barrierActed(final long correlation, final int barrier, final long arrival, final boolean failed) {
        length = new BarrierActedEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .correlation(correlation)
                .objectId(barrier)
                .arrival(arrival)
                .failed(failed ? Flag.YES : Flag.NO)
                .limit();
    }

    void barrierAbort(final long correlation, final int barrier, final BreakCause cause) {
        length = new BarrierAbortEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .correlation(correlation)
                .objectId(barrier)
                .cause(cause)
                .limit();
    }

    void barrierReset(final long correlation, final int barrier) {
        length = new BarrierResetEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .correlation(correlation)
                .objectId(barrier)
                .limit();
    }

    void barrierState(final long correlation, final int barrier) {
        length = new BarrierStateEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .correlation(correlation)
                .objectId(barrier)
                .limit();
    }
}
