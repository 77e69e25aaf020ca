package io.condatis.internal.client;

import io.condatis.internal.protocol.sbe.DictGetEncoder;
import io.condatis.internal.protocol.sbe.DictPutEncoder;
import io.condatis.internal.protocol.sbe.QueueAckEncoder;
import io.condatis.internal.protocol.sbe.QueueDrainEncoder;
import io.condatis.internal.protocol.sbe.QueuePutEncoder;
import io.condatis.internal.protocol.sbe.QueueTakeEncoder;
import io.condatis.internal.protocol.sbe.QueueTakenEncoder;

/** Encoders of the requests that are sent most, kept by each call so that sending allocates nothing. */
final class Encoders {
    final DictGetEncoder dictGet = new DictGetEncoder();
    final DictPutEncoder dictPut = new DictPutEncoder();
    final QueuePutEncoder queuePut = new QueuePutEncoder();
    final QueueTakeEncoder queueTake = new QueueTakeEncoder();
    final QueueTakenEncoder queueTaken = new QueueTakenEncoder();
    final QueueDrainEncoder queueDrain = new QueueDrainEncoder();
    final QueueAckEncoder queueAck = new QueueAckEncoder();
}
