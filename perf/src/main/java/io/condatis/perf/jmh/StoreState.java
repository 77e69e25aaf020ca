package io.condatis.perf.jmh;

import io.condatis.internal.protocol.sbe.Condition;
import io.condatis.internal.protocol.sbe.DictGetEncoder;
import io.condatis.internal.protocol.sbe.DictPutEncoder;
import io.condatis.internal.protocol.sbe.Flag;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.LockAcquireEncoder;
import io.condatis.internal.protocol.sbe.LockReleaseEncoder;
import io.condatis.internal.protocol.sbe.MessageHeaderEncoder;
import io.condatis.internal.protocol.sbe.OpenEncoder;
import io.condatis.internal.protocol.sbe.QueueAckEncoder;
import io.condatis.internal.protocol.sbe.QueuePutEncoder;
import io.condatis.internal.protocol.sbe.QueueTakeEncoder;
import io.condatis.internal.store.Outbox;
import io.condatis.internal.store.Store;
import io.condatis.internal.store.StoreLimits;
import io.condatis.internal.store.Windows;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A manager's store with one client and nothing around it: messages go in as bytes, answers are dropped. */
@State(Scope.Benchmark)
public class StoreState {
    private static final long SESSION = 1;
    private static final int VALUE_LENGTH = 100;
    private static final int DICT = 1;
    private static final int LOCK = 2;
    private static final int QUEUE = 3;
    private static final long FOREVER = -1;
    private static final byte[] KEY = "key-1000".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUE = new byte[VALUE_LENGTH];
    private static final byte[] NONE = {};

    private final Answers answers = new Answers();
    private final Store store = new Store(answers, new NoWindows(), new StoreLimits());
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final Message dictGet = new Message();
    private final Message dictPut = new Message();
    private final Message lockAcquire = new Message();
    private final Message lockRelease = new Message();
    private final LockReleaseEncoder release = new LockReleaseEncoder();
    private final Message queuePut = new Message();
    private final Message queueTake = new Message();
    private final Message queueAck = new Message();
    private final QueueAckEncoder ack = new QueueAckEncoder();
    private long fence;
    private int sequence;

    /** Makes the objects, and the messages that are the same each time. */
    @Setup
    public void open() {
        store.onOpen(SESSION);
        open(Kind.DICT, "dict");
        open(Kind.LOCK, "lock");
        open(Kind.JOINABLE_QUEUE, "queue");
        dictGet.length = new DictGetEncoder()
                .wrapAndApplyHeader(dictGet.buffer, 0, header)
                .correlation(1)
                .objectId(DICT)
                .putKey(KEY, 0, KEY.length)
                .limit();
        dictPut.length = new DictPutEncoder()
                .wrapAndApplyHeader(dictPut.buffer, 0, header)
                .correlation(1)
                .objectId(DICT)
                .condition(Condition.ALWAYS)
                .wantPrevious(Flag.YES)
                .putKey(KEY, 0, KEY.length)
                .putValue(VALUE, 0, VALUE.length)
                .putExpected(NONE, 0, 0)
                .limit();
        lockAcquire.length = new LockAcquireEncoder()
                .wrapAndApplyHeader(lockAcquire.buffer, 0, header)
                .correlation(1)
                .objectId(LOCK)
                .timeoutNs(FOREVER)
                .thread(1)
                .pid(1)
                .limit();
        lockRelease.length = release.wrapAndApplyHeader(lockRelease.buffer, 0, header)
                .correlation(0)
                .objectId(LOCK)
                .limit();
        queuePut.length = new QueuePutEncoder()
                .wrapAndApplyHeader(queuePut.buffer, 0, header)
                .correlation(1)
                .objectId(QUEUE)
                .timeoutNs(FOREVER)
                .priority(0)
                .putBody(VALUE, 0, VALUE.length)
                .limit();
        queueTake.length = new QueueTakeEncoder()
                .wrapAndApplyHeader(queueTake.buffer, 0, header)
                .correlation(1)
                .objectId(QUEUE)
                .timeoutNs(FOREVER)
                .limit();
        queueAck.length = ack.wrapAndApplyHeader(queueAck.buffer, 0, header)
                .objectId(QUEUE)
                .limit();
        send(dictPut);
        check();
    }

    int dictGet() {
        send(dictGet);
        return answers.length;
    }

    int dictPut() {
        send(dictPut);
        return answers.length;
    }

    int lockPair() {
        send(lockAcquire);
        release.fence(++fence);
        send(lockRelease);
        return answers.length;
    }

    int queuePassage() {
        send(queuePut);
        send(queueTake);
        ack.sequence(++sequence);
        send(queueAck);
        store.endOfBatch(0);
        return answers.length;
    }

    /** Each operation does what it is measured for, and can do it again. */
    private void check() {
        if (dictGet() < VALUE_LENGTH || dictPut() < VALUE_LENGTH) {
            throw new IllegalStateException("the dict did not answer with a value");
        }
        for (int i = 0; i < 2; i++) {
            answers.count = 0;
            lockPair();
            if (answers.count != 1) {
                throw new IllegalStateException("the lock gave " + answers.count + " answers, not one");
            }
            answers.longest = 0;
            queuePassage();
            if (answers.longest < VALUE_LENGTH) {
                throw new IllegalStateException("the queue did not give its item back");
            }
        }
    }

    private void open(final Kind kind, final String name) {
        final OpenEncoder open = new OpenEncoder().wrapAndApplyHeader(dictGet.buffer, 0, header);
        open.correlation(1).argument(0).kind(kind);
        final byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        dictGet.length = open.putName(bytes, 0, bytes.length).limit();
        send(dictGet);
    }

    private void send(final Message message) {
        store.onMessage(SESSION, 0, message.buffer, 0, message.length);
    }

    /** A message that is sent again and again. */
    private static final class Message {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        int length;
    }

    /** Looks at the answers, and drops them. */
    private static final class Answers implements Outbox {
        private int length;
        private int longest;
        private int count;
        private long timers;

        @Override
        public void send(final long session, final DirectBuffer buffer, final int offset, final int newLength) {
            length = newLength;
            longest = Math.max(longest, newLength);
            count++;
        }

        @Override
        public void schedule(final long timerId, final long deadlineNs) {
            timers++;
        }

        @Override
        public void cancel(final long timerId) {
            timers--;
        }
    }

    /** A client that shares no memory with the server: it asks for each item. */
    private static final class NoWindows implements Windows {
        @Override
        public int allot(final long session) {
            return NONE;
        }

        @Override
        public void release(final int window) {
            throw none();
        }

        @Override
        public void grantPuts(final int window, final int credits) {
            throw none();
        }

        @Override
        public int revokePuts(final int window) {
            throw none();
        }

        @Override
        public int unspentPuts(final int window) {
            throw none();
        }

        @Override
        public void extendTakes(final int window, final int upTo) {
            throw none();
        }

        @Override
        public int taken(final int window) {
            throw none();
        }

        @Override
        public int recallTakes(final int window, final int delivered) {
            throw none();
        }

        @Override
        public void notifyTakes(final int window) {
            throw none();
        }

        @Override
        public int done(final int window) {
            throw none();
        }

        @Override
        public int received(final int window) {
            throw none();
        }

        @Override
        public void notifyDone(final int window) {
            throw none();
        }

        private static IllegalStateException none() {
            return new IllegalStateException("there are no windows");
        }
    }
}
