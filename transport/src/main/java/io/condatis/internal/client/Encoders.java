package io.condatis.internal.client;

import io.condatis.internal.protocol.sbe.ArrayAddEncoder;
import io.condatis.internal.protocol.sbe.ArrayGetEncoder;
import io.condatis.internal.protocol.sbe.ArraySetEncoder;
import io.condatis.internal.protocol.sbe.BarrierWaitEncoder;
import io.condatis.internal.protocol.sbe.ConditionNotifyEncoder;
import io.condatis.internal.protocol.sbe.ConditionWaitEncoder;
import io.condatis.internal.protocol.sbe.DictAddEncoder;
import io.condatis.internal.protocol.sbe.DictGetEncoder;
import io.condatis.internal.protocol.sbe.DictPutEncoder;
import io.condatis.internal.protocol.sbe.EventWaitEncoder;
import io.condatis.internal.protocol.sbe.ListGetEncoder;
import io.condatis.internal.protocol.sbe.ListInsertEncoder;
import io.condatis.internal.protocol.sbe.ListSetEncoder;
import io.condatis.internal.protocol.sbe.LockAcquireEncoder;
import io.condatis.internal.protocol.sbe.LockReleaseEncoder;
import io.condatis.internal.protocol.sbe.QueueAckEncoder;
import io.condatis.internal.protocol.sbe.QueueDrainEncoder;
import io.condatis.internal.protocol.sbe.QueuePutEncoder;
import io.condatis.internal.protocol.sbe.QueueTakeEncoder;
import io.condatis.internal.protocol.sbe.QueueTakenEncoder;
import io.condatis.internal.protocol.sbe.SemaphoreAcquireEncoder;
import io.condatis.internal.protocol.sbe.SemaphoreReleaseEncoder;

/** Encoders of the requests that are sent most, kept by each call so that sending allocates nothing. */
final class Encoders {
    final DictGetEncoder dictGet = new DictGetEncoder();
    final DictPutEncoder dictPut = new DictPutEncoder();
    final DictAddEncoder dictAdd = new DictAddEncoder();
    final ListGetEncoder listGet = new ListGetEncoder();
    final ListSetEncoder listSet = new ListSetEncoder();
    final ListInsertEncoder listInsert = new ListInsertEncoder();
    final ArrayGetEncoder arrayGet = new ArrayGetEncoder();
    final ArraySetEncoder arraySet = new ArraySetEncoder();
    final ArrayAddEncoder arrayAdd = new ArrayAddEncoder();
    final LockAcquireEncoder lockAcquire = new LockAcquireEncoder();
    final LockReleaseEncoder lockRelease = new LockReleaseEncoder();
    final SemaphoreAcquireEncoder semaphoreAcquire = new SemaphoreAcquireEncoder();
    final SemaphoreReleaseEncoder semaphoreRelease = new SemaphoreReleaseEncoder();
    final ConditionWaitEncoder conditionWait = new ConditionWaitEncoder();
    final ConditionNotifyEncoder conditionNotify = new ConditionNotifyEncoder();
    final EventWaitEncoder eventWait = new EventWaitEncoder();
    final BarrierWaitEncoder barrierWait = new BarrierWaitEncoder();
    final QueuePutEncoder queuePut = new QueuePutEncoder();
    final QueueTakeEncoder queueTake = new QueueTakeEncoder();
    final QueueTakenEncoder queueTaken = new QueueTakenEncoder();
    final QueueDrainEncoder queueDrain = new QueueDrainEncoder();
    final QueueAckEncoder queueAck = new QueueAckEncoder();
}
