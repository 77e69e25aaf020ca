package io.condatis.internal.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.internal.protocol.sbe.Condition;
import io.condatis.internal.protocol.sbe.Flag;
import io.condatis.internal.protocol.sbe.GoodbyeEncoder;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.MessageHeaderEncoder;
import io.condatis.internal.protocol.sbe.ReplyEncoder;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StoreProtocolTest {
    private static final byte[] KEY = {1, 2, 3};

    private final StoreFixture fixture = new StoreFixture().sessions(1);
    private int dict;
    private int queue;

    @BeforeEach
    void open() {
        dict = fixture.dict(1);
        queue = fixture.queue(1, 3);
        fixture.put(1, dict, "key", "value");
        fixture.enqueue(1, queue, StoreFixture.AT_ONCE, "item");
        fixture.endOfBatch();
    }

    @Test
    void shouldThrowWhenTheMessageIsShorterThanAHeader() {
        assertThrows(ProtocolException.class, () -> send(new UnsafeBuffer(new byte[7]), 0, 7));
        assertThrows(ProtocolException.class, () -> send(new UnsafeBuffer(new byte[8]), 0, 0));
    }

    @Test
    void shouldThrowWhenTheSchemaIsAnother() {
        fixture.requests.dictSize(7, dict);
        fixture.requests.buffer.putShort(Requests.OFFSET + 4, (short) 1, ByteOrder.LITTLE_ENDIAN);

        assertThrows(ProtocolException.class, this::sendRequest);
    }

    @Test
    void shouldThrowWhenTheTemplateIsNoneOfAClientInASession() {
        final MutableDirectBuffer buffer = new UnsafeBuffer(new byte[64]);
        final MessageHeaderEncoder header = new MessageHeaderEncoder();
        new GoodbyeEncoder().wrapAndApplyHeader(buffer, 0, header);
        assertThrows(ProtocolException.class, () -> send(buffer, 0, 8));
        new ReplyEncoder().wrapAndApplyHeader(buffer, 0, header);
        assertThrows(ProtocolException.class, () -> send(buffer, 0, 64));
        header.templateId(65_000);
        assertThrows(ProtocolException.class, () -> send(buffer, 0, 64));
    }

    @Test
    void shouldThrowAndChangeNothingWhenAMessageIsCutOffAnywhere() {
        for (final Consumer<Requests> request : everyRequest()) {
            request.accept(fixture.requests);
            final byte[] whole = new byte[fixture.requests.length()];
            fixture.requests.buffer.getBytes(Requests.OFFSET, whole);
            final byte[] before = fixture.snapshot();
            for (int length = 0; length < whole.length; length++) {
                // Bytes behind the message look like more of it, as they do in a ring or term buffer.
                final int cut = length;
                assertThrows(ProtocolException.class, () -> send(new UnsafeBuffer(whole), 0, cut));
            }
            assertArrayEquals(before, fixture.snapshot());
        }
    }

    @Test
    void shouldReadAMessageWhenALaterVersionHasAppendedFields() {
        fixture.requests.dictGet(77, dict, StoreFixture.bytes("key"));
        final byte[] old = new byte[fixture.requests.length()];
        fixture.requests.buffer.getBytes(Requests.OFFSET, old);
        final byte[] newer = new byte[old.length + 10];
        System.arraycopy(old, 0, newer, 0, 20);
        System.arraycopy(old, 20, newer, 26, old.length - 20);
        final UnsafeBuffer buffer = new UnsafeBuffer(newer);
        buffer.putShort(0, (short) 18, ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(6, (short) 1, ByteOrder.LITTLE_ENDIAN);

        send(buffer, 0, newer.length);
        assertTrue(fixture.answer(77).text().equals("value"));
    }

    @Test
    void shouldAnswerOrThrowAndNeverElseWhenBytesAreGarbled() {
        final long seed = Long.getLong("condatis.seed", System.nanoTime());
        final Random random = new Random(seed);
        final List<Consumer<Requests>> all = everyRequest();
        for (int i = 0; i < 20_000; i++) {
            all.get(random.nextInt(all.size())).accept(fixture.requests);
            final int length = fixture.requests.length();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                fixture.requests.buffer.putByte(Requests.OFFSET + random.nextInt(length), (byte) random.nextInt(256));
            }
            try {
                sendRequest();
            } catch (final ProtocolException expected) {
                // The host would expel the session.
            } catch (final RuntimeException e) {
                throw new AssertionError("failed with -Dcondatis.seed=" + seed, e);
            }
            fixture.outbox.received.clear();
        }
        fixture.endOfBatch();
        fixture.reload();
    }

    private List<Consumer<Requests>> everyRequest() {
        return List.of(
                out -> out.open(900, Kind.DICT, "another", 0),
                out -> out.cancel(5),
                out -> out.dictGet(901, dict, KEY),
                out -> out.dictPut(902, dict, Condition.ALWAYS, KEY, KEY, KEY),
                out -> out.dictRemove(903, dict, Condition.ALWAYS, KEY, KEY),
                out -> out.dictSize(904, dict),
                out -> out.dictClear(905, dict),
                out -> out.dictScan(906, dict, 0, 100, Flag.YES),
                out -> out.queuePut(907, queue, 0, KEY),
                out -> out.queueTake(908, queue, 0),
                out -> out.queueAck(queue, 1),
                out -> out.queueTaken(queue),
                out -> out.queueJoin(909, queue, 0),
                out -> out.queueSize(910, queue),
                out -> out.queueScan(911, queue, 0, 0, 100));
    }

    private void sendRequest() {
        send(fixture.requests.buffer, Requests.OFFSET, fixture.requests.length());
    }

    private void send(final MutableDirectBuffer buffer, final int offset, final int length) {
        fixture.store.onMessage(1, fixture.nowNs, buffer, offset, length);
    }
}
