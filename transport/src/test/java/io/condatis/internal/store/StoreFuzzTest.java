package io.condatis.internal.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.internal.protocol.ConditionArgument;
import io.condatis.internal.protocol.ReferenceDescriptor;
import io.condatis.internal.protocol.sbe.BreakCause;
import io.condatis.internal.protocol.sbe.Condition;
import io.condatis.internal.protocol.sbe.Flag;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Messages that are nearly right, from clients that are hostile or of another version. The store answers each or refuses it by a
 * {@link ProtocolException}, having changed nothing. A failure names its seed: {@code -Dcondatis.seed=...}.
 */
@Timeout(120)
class StoreFuzzTest {
    private static final int ROUNDS = 60;
    private static final int MESSAGES = 400;
    private static final int SESSIONS = 3;
    /** What lies behind a message in the stream looks like more of it. */
    private static final int BEHIND = 64;

    private final Requests common = new Requests();
    private final SyncRequests sync = new SyncRequests();
    private final List<Consumer<Random>> messages = messages();
    private long correlation;
    private boolean isSync;

    @Test
    void shouldChangeNothingWhenItRefusesWhatIsNearlyRight() {
        final long first = Long.getLong("condatis.seed", System.nanoTime());
        System.out.println("store fuzz: -Dcondatis.seed=" + first);
        int refused = 0;
        for (int i = 0; i < ROUNDS; i++) {
            refused += round(first + i);
        }
        assertTrue(refused > ROUNDS, "hardly anything was refused: " + refused);
    }

    private int round(final long seed) {
        final Random random = new Random(seed);
        final Store store = new Store(
                new Deaf(),
                new SimulatedWindows(),
                new StoreLimits().maxValueBytes(4_096).maxTotalBytes(1 << 20));
        long sessions = 0;
        while (sessions < SESSIONS) {
            store.onOpen(++sessions);
        }
        open(store);
        int refused = 0;
        for (int i = 0; i < MESSAGES; i++) {
            messages.get(random.nextInt(messages.size())).accept(random);
            final byte[] message = encoded();
            final int length = spoil(message, random);
            final byte[] before = snapshot(store);
            try {
                store.onMessage(1 + random.nextInt(SESSIONS), i, new UnsafeBuffer(message), 0, length);
                if (random.nextInt(4) == 0) {
                    store.endOfBatch(i);
                }
            } catch (final ProtocolException e) {
                refused++;
                assertArrayEquals(before, snapshot(store), "refused, but changed: -Dcondatis.seed=" + seed + " " + e);
            } catch (final RuntimeException | Error e) {
                throw new AssertionError("message " + i + " of -Dcondatis.seed=" + seed, e);
            }
        }
        for (long session = 1; session <= SESSIONS; session++) {
            store.onClose(session, MESSAGES);
        }
        return refused;
    }

    private byte[] encoded() {
        final DirectBuffer buffer = isSync ? sync.buffer : common.buffer;
        final int length = isSync ? sync.length() : common.length();
        final byte[] message = new byte[length + BEHIND];
        buffer.getBytes(isSync ? 0 : Requests.OFFSET, message, 0, length);
        return message;
    }

    /** Changes some bytes; returns how many of them are said to be the message. */
    private static int spoil(final byte[] message, final Random random) {
        final int length = message.length - BEHIND;
        for (int i = random.nextInt(4); i > 0; i--) {
            final int at = random.nextInt(length);
            message[at] = switch (random.nextInt(4)) {
                case 0 -> (byte) 0xff;
                case 1 -> (byte) (message[at] + 1);
                case 2 -> (byte) 0x7f;
                default -> (byte) random.nextInt(256);
            };
        }
        return switch (random.nextInt(12)) {
            case 0 -> random.nextInt(length + 1);
            case 1 -> length + random.nextInt(BEHIND);
            default -> length;
        };
    }

    private static byte[] snapshot(final Store store) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final byte[] bytes = new byte[store.snapshot(buffer, 0)];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    /** Objects 1 to 17, one of each kind. */
    private void open(final Store store) {
        int made = 0;
        for (final Kind kind : Kind.values()) {
            if (kind != Kind.CUSTOM && kind != Kind.NULL_VAL) {
                common.open(++correlation, kind, kind.name(), argument(kind));
                store.onMessage(1, 0, common.buffer, Requests.OFFSET, common.length());
                made++;
            }
        }
        common.provide(++correlation, 1, "type");
        store.onMessage(1, 0, common.buffer, Requests.OFFSET, common.length());
        assertTrue(made > 10);
    }

    private static long argument(final Kind kind) {
        return switch (kind) {
            case CONDITION -> ConditionArgument.of(Kind.LOCK.ordinal() + 1, false);
            case ARRAY -> ArrayModel.ARGUMENT;
            case QUEUE, SEMAPHORE, BOUNDED_SEMAPHORE, BARRIER -> 2;
            default -> 0;
        };
    }

    private static int id(final Random random) {
        return random.nextInt(20);
    }

    private static byte[] bytes(final Random random) {
        if (random.nextInt(6) == 0) {
            final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
            ReferenceDescriptor.put(buffer, 0, Kind.values()[random.nextInt(17)], id(random));
            final byte[] reference = new byte[ReferenceDescriptor.LENGTH];
            buffer.getBytes(0, reference);
            return reference;
        }
        final byte[] bytes = new byte[random.nextInt(12)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] page(final Random random) {
        final List<byte[]> items = new ArrayList<>();
        for (int i = 2 * random.nextInt(3); i > 0; i--) {
            items.add(bytes(random));
        }
        return random.nextBoolean() ? ContainerRequests.entries(items) : ContainerRequests.items(items);
    }

    private static long timeout(final Random random) {
        return random.nextInt(3) - 1;
    }

    private Consumer<Random> common(final Consumer<Random> encoder) {
        return random -> {
            isSync = false;
            correlation++;
            encoder.accept(random);
        };
    }

    private Consumer<Random> sync(final Consumer<Random> encoder) {
        return random -> {
            isSync = true;
            correlation++;
            encoder.accept(random);
        };
    }

    private Consumer<Random> container(final BiConsumer<ContainerRequests, Random> encoder) {
        return common(random -> encoder.accept(ContainerRequests.to(common, correlation, id(random)), random));
    }

    private List<Consumer<Random>> messages() {
        final List<Consumer<Random>> all = new ArrayList<>();
        addObjects(all);
        addDicts(all);
        addLists(all);
        addQueues(all);
        addSync(all);
        return all;
    }

    private void addObjects(final List<Consumer<Random>> all) {
        all.add(common(r -> common.open(correlation, Kind.values()[r.nextInt(17)], "n" + r.nextInt(3), r.nextInt(4))));
        all.add(common(r -> common.attach(correlation, Kind.values()[r.nextInt(17)], id(r))));
        all.add(common(r -> common.release(id(r), 1)));
        all.add(common(r -> common.delete(correlation, "n" + r.nextInt(3))));
        all.add(common(r -> common.objectScan(correlation, id(r), r.nextInt(99))));
        all.add(common(r -> common.objectCount(correlation)));
        all.add(common(r -> common.cancel(correlation - r.nextInt(9))));
        all.add(common(r -> common.provide(correlation, 1, "t" + r.nextInt(3))));
        all.add(common(r -> common.customOpen(correlation, 1, "type", "c" + r.nextInt(2), bytes(r))));
        all.add(common(r -> common.customCall(correlation, id(r), r.nextInt(3), bytes(r))));
        all.add(common(r -> common.customResult(r.nextInt(9), id(r), Status.OK, bytes(r))));
    }

    private void addDicts(final List<Consumer<Random>> all) {
        all.add(common(r -> common.dictGet(correlation, id(r), bytes(r))));
        all.add(common(r ->
                common.dictPut(correlation, id(r), Condition.get((short) r.nextInt(4)), bytes(r), bytes(r), bytes(r))));
        all.add(common(r -> common.dictRemove(correlation, id(r), Condition.ALWAYS, bytes(r), bytes(r))));
        all.add(common(r -> common.dictSize(correlation, id(r))));
        all.add(common(r -> common.dictClear(correlation, id(r))));
        all.add(common(r -> common.dictScan(correlation, id(r), id(r), r.nextInt(99), Flag.YES)));
        all.add(container((out, r) -> out.putAll(Condition.ALWAYS, page(r))));
        all.add(container((out, r) -> out.getAll(r.nextInt(99), Flag.YES, page(r))));
        all.add(container((out, r) -> out.removeAll(page(r))));
        all.add(container((out, r) -> out.retainAll(page(r))));
        all.add(container((out, r) -> out.pop(Flag.NO)));
    }

    private void addLists(final List<Consumer<Random>> all) {
        all.add(container((out, r) -> out.insert(-1, r.nextInt(4) - 1, page(r))));
        all.add(container((out, r) -> out.get(r.nextInt(4))));
        all.add(container((out, r) -> out.set(-1, r.nextInt(4), Condition.ALWAYS, bytes(r), bytes(r))));
        all.add(container((out, r) -> out.remove(-1, r.nextInt(3), r.nextInt(4))));
        all.add(container((out, r) -> out.replace(-1, r.nextInt(3), page(r))));
        all.add(container((out, r) -> out.reorder(-1, r.nextInt(3), 1, 0)));
        all.add(container((out, r) -> out.removeAll(Flag.NO, page(r))));
        all.add(container((out, r) -> out.removeSome(-1, r.nextInt(2), 2 + r.nextInt(2))));
        all.add(container((out, r) -> out.find(0, -1, Flag.NO, Flag.YES, bytes(r))));
        all.add(container((out, r) -> out.scan(-1, r.nextInt(3), -1, r.nextInt(99))));
        all.add(container((out, r) -> out.arrayGet(r.nextInt(3), r.nextInt(3))));
        all.add(container((out, r) -> out.arraySet(r.nextInt(3), Condition.ALWAYS, bytes(r), bytes(r))));
        all.add(container((out, r) -> out.arrayAdd(r.nextInt(3), r.nextInt(3))));
    }

    private void addQueues(final List<Consumer<Random>> all) {
        all.add(common(r -> common.queuePut(correlation, id(r), timeout(r), r.nextInt(3), bytes(r))));
        all.add(common(r -> common.queuePut(0, id(r), timeout(r), bytes(r))));
        all.add(common(r -> common.queueTake(correlation, id(r), timeout(r))));
        all.add(common(r -> common.queueAck(id(r), r.nextInt(5))));
        all.add(common(r -> common.queueTaken(id(r))));
        all.add(common(r -> common.queueJoin(correlation, id(r), timeout(r))));
        all.add(common(r -> common.queueSize(correlation, id(r))));
        all.add(common(r -> common.queueScan(correlation, id(r), r.nextInt(3), 0, r.nextInt(99))));
        all.add(common(r -> common.queueDrain(correlation, id(r), r.nextInt(5) - 1)));
        all.add(common(r -> common.queueGiveBack(correlation, id(r), r.nextInt(5))));
        all.add(common(r -> common.queueRemove(correlation, id(r), 0, r.nextInt(5))));
        all.add(common(r -> common.queueDeadLetters(correlation, id(r), r.nextInt(3), id(r))));
        all.add(common(r -> common.queuePutAll(correlation, id(r), bytes(r), bytes(r))));
    }

    private void addSync(final List<Consumer<Random>> all) {
        all.add(sync(r -> sync.acquire(correlation, id(r), timeout(r), r.nextInt(3))));
        all.add(sync(r -> sync.release(r.nextInt(2) * correlation, id(r), r.nextInt(9))));
        all.add(sync(r -> sync.consistent(correlation, id(r), r.nextInt(9))));
        all.add(sync(r -> sync.semaphoreAcquire(correlation, id(r), timeout(r))));
        all.add(sync(r -> sync.semaphoreRelease(r.nextInt(2) * correlation, id(r))));
        all.add(sync(r -> sync.conditionWait(correlation, id(r), timeout(r), r.nextInt(9))));
        all.add(sync(r -> sync.conditionNotify(correlation, id(r), r.nextInt(9), r.nextInt(3))));
        all.add(sync(r -> sync.eventSet(correlation, id(r))));
        all.add(sync(r -> sync.eventWait(correlation, id(r), timeout(r))));
        all.add(sync(r -> sync.barrierWait(correlation, id(r), timeout(r), r.nextBoolean())));
        all.add(sync(r -> sync.barrierActed(correlation, id(r), correlation - r.nextInt(9), r.nextBoolean())));
        all.add(sync(r -> sync.barrierAbort(correlation, id(r), BreakCause.ABORT)));
        all.add(sync(r -> sync.barrierReset(correlation, id(r))));
    }

    /** Nobody reads what is answered. */
    private static final class Deaf implements Outbox {
        @Override
        public void send(final long session, final DirectBuffer buffer, final int offset, final int length) {
            // Nobody reads it.
        }

        @Override
        public void schedule(final long timerId, final long deadlineNs) {
            // Time stands still.
        }

        @Override
        public void cancel(final long timerId) {
            // It was not noted.
        }
    }
}
