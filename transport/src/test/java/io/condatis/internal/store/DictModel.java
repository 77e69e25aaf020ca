package io.condatis.internal.store;

import static io.condatis.internal.store.QueueModel.check;

import io.condatis.internal.protocol.EntryPage;
import io.condatis.internal.protocol.sbe.Condition;
import io.condatis.internal.protocol.sbe.Flag;
import io.condatis.internal.protocol.sbe.Status;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;

/** What a dict must do: makes random requests for it, and knows the answer to each once it is its turn. */
final class DictModel implements ContainerModel {
    private static final int KEYS = 40;
    private static final byte[] EMPTY = {};

    /** Key index to entry number, and entry number to key index and value. */
    private final Map<Integer, Long> numbers = new HashMap<>();

    private final TreeMap<Long, byte[]> values = new TreeMap<>();
    private final TreeMap<Long, Integer> keys = new TreeMap<>();
    private long lastNumber;

    @Override
    public void request(final SimulatedRequest request, final int dict, final Random random) {
        final int key = random.nextInt(KEYS);
        final long correlation = request.correlation;
        switch (random.nextInt(19)) {
            case 0, 1, 2 -> {
                request.encoder = out -> out.dictGet(correlation, dict, key(key));
                request.expectation = reply -> checkGet(key, reply);
            }
            case 3, 4, 5, 6 -> put(request, dict, key, random);
            case 7, 8 -> remove(request, dict, key, random);
            case 9 -> {
                request.encoder = out -> out.dictSize(correlation, dict);
                request.expectation = reply -> checkReply(reply, Status.OK, numbers.size(), EMPTY);
            }
            case 10 -> scan(request, dict, random);
            case 11, 12, 13 -> putAll(request, dict, random);
            case 14 -> getAll(request, dict, random);
            case 15 -> removeAll(request, dict, random);
            case 16 -> pop(request, dict, random);
            case 17 -> retainAll(request, dict, random);
            default -> clear(request, dict, random);
        }
    }

    private void put(final SimulatedRequest request, final int dict, final int key, final Random random) {
        final Condition condition = Condition.get((short) random.nextInt(4));
        final byte[] value = value(random);
        final byte[] expected = value(random);
        request.encoder = out -> out.dictPut(request.correlation, dict, condition, key(key), value, expected);
        request.expectation = reply -> {
            final byte[] present = present(key);
            final boolean holds =
                    switch (condition) {
                        case IF_ABSENT -> present == null;
                        case IF_PRESENT -> present != null;
                        case IF_EQUAL -> present != null && Arrays.equals(present, expected);
                        default -> true;
                    };
            checkReply(
                    reply,
                    holds ? Status.OK : Status.REFUSED,
                    present == null ? 0 : 1,
                    present == null ? EMPTY : present);
            if (holds) {
                final long number = numbers.computeIfAbsent(key, absent -> ++lastNumber);
                keys.put(number, key);
                values.put(number, value);
            }
        };
    }

    private void remove(final SimulatedRequest request, final int dict, final int key, final Random random) {
        final Condition condition = random.nextBoolean() ? Condition.ALWAYS : Condition.IF_EQUAL;
        final byte[] expected = value(random);
        request.encoder = out -> out.dictRemove(request.correlation, dict, condition, key(key), expected);
        request.expectation = reply -> {
            final byte[] present = present(key);
            if (present == null) {
                checkReply(reply, Status.ABSENT, 0, EMPTY);
            } else if (condition == Condition.IF_EQUAL && !Arrays.equals(present, expected)) {
                checkReply(reply, Status.REFUSED, 0, present);
            } else {
                checkReply(reply, Status.OK, 0, present);
                final long number = numbers.remove(key);
                keys.remove(number);
                values.remove(number);
            }
        };
    }

    private void putAll(final SimulatedRequest request, final int dict, final Random random) {
        final boolean ifAbsent = random.nextBoolean();
        final int[] some = someKeys(random);
        final List<byte[]> page = new ArrayList<>();
        for (final int key : some) {
            page.add(key(key));
            page.add(value(random));
        }
        request.encoder = out -> ContainerRequests.to(out, request.correlation, dict)
                .putAll(ifAbsent ? Condition.IF_ABSENT : Condition.ALWAYS, ContainerRequests.entries(page));
        request.expectation = reply -> {
            int added = 0;
            for (int i = 0; i < some.length; i++) {
                final boolean isPresent = present(some[i]) != null;
                added += isPresent ? 0 : 1;
                if (!isPresent || !ifAbsent) {
                    store(some[i], page.get(2 * i + 1));
                }
            }
            checkReply(reply, Status.OK, added, EMPTY);
        };
    }

    private void getAll(final SimulatedRequest request, final int dict, final Random random) {
        final int[] some = someKeys(random);
        final int maxBytes = random.nextInt(120);
        request.encoder =
                out -> ContainerRequests.to(out, request.correlation, dict).getAll(maxBytes, Flag.YES, keysPage(some));
        request.expectation = reply -> {
            final List<byte[]> page = new ArrayList<>();
            int bytes = 0;
            int lookedUp = 0;
            for (final int key : some) {
                final byte[] present = present(key);
                if (present != null) {
                    bytes += EntryPage.ENTRY_OVERHEAD + key(key).length + present.length;
                    if (!page.isEmpty() && bytes > maxBytes) {
                        break;
                    }
                    page.add(key(key));
                    page.add(present);
                }
                lookedUp++;
            }
            checkReply(reply, Status.OK, lookedUp, ContainerRequests.entries(page));
        };
    }

    private void removeAll(final SimulatedRequest request, final int dict, final Random random) {
        final int[] some = someKeys(random);
        request.encoder =
                out -> ContainerRequests.to(out, request.correlation, dict).removeAll(keysPage(some));
        request.expectation = reply -> {
            int removed = 0;
            for (final int key : some) {
                removed += present(key) == null ? 0 : 1;
                drop(key);
            }
            checkReply(reply, Status.OK, removed, EMPTY);
        };
    }

    private void retainAll(final SimulatedRequest request, final int dict, final Random random) {
        final int[] some = random.ints(3 * KEYS / 2, 0, KEYS).toArray();
        request.encoder =
                out -> ContainerRequests.to(out, request.correlation, dict).retainAll(keysPage(some));
        request.expectation = reply -> {
            final List<Integer> others = new ArrayList<>(numbers.keySet());
            others.removeIf(key -> Arrays.stream(some).anyMatch(kept -> kept == key));
            others.forEach(this::drop);
            checkReply(reply, Status.OK, others.size(), EMPTY);
        };
    }

    private void pop(final SimulatedRequest request, final int dict, final Random random) {
        final boolean last = random.nextBoolean();
        request.encoder =
                out -> ContainerRequests.to(out, request.correlation, dict).pop(last ? Flag.YES : Flag.NO);
        request.expectation = reply -> {
            if (values.isEmpty()) {
                checkReply(reply, Status.ABSENT, 0, EMPTY);
            } else {
                final int key = (last ? keys.lastEntry() : keys.firstEntry()).getValue();
                checkReply(reply, Status.OK, 0, ContainerRequests.entries(List.of(key(key), present(key))));
                drop(key);
            }
        };
    }

    private void store(final int key, final byte[] value) {
        final long number = numbers.computeIfAbsent(key, absent -> ++lastNumber);
        keys.put(number, key);
        values.put(number, value);
    }

    private void drop(final int key) {
        final Long number = numbers.remove(key);
        if (number != null) {
            keys.remove(number);
            values.remove(number);
        }
    }

    private static int[] someKeys(final Random random) {
        return random.ints(random.nextInt(5), 0, KEYS).toArray();
    }

    private static byte[] keysPage(final int... some) {
        final List<byte[]> page = new ArrayList<>();
        for (final int key : some) {
            page.add(key(key));
            page.add(EMPTY);
        }
        return ContainerRequests.entries(page);
    }

    private void clear(final SimulatedRequest request, final int dict, final Random random) {
        if (random.nextInt(10) > 0) {
            scan(request, dict, random);
            return;
        }
        request.encoder = out -> out.dictClear(request.correlation, dict);
        request.expectation = reply -> {
            checkReply(reply, Status.OK, numbers.size(), EMPTY);
            numbers.clear();
            keys.clear();
            values.clear();
        };
    }

    private void scan(final SimulatedRequest request, final int dict, final Random random) {
        final long cursor = random.nextBoolean() ? 0 : random.nextInt((int) lastNumber + 2);
        final int maxBytes = random.nextInt(200);
        final Flag withValues = Flag.get((short) random.nextInt(2));
        request.encoder = out -> out.dictScan(request.correlation, dict, cursor, maxBytes, withValues);
        request.expectation = reply -> checkPage(reply, cursor, maxBytes, withValues == Flag.YES);
    }

    private void checkPage(final Received reply, final long cursor, final int maxBytes, final boolean withValues) {
        check(reply.status() == Status.OK, "a scan was answered ", reply.status());
        final UnsafeBuffer buffer = new UnsafeBuffer(reply.value());
        final EntryPage.Reader page = new EntryPage.Reader().wrap(buffer, 0, buffer.capacity());
        int bytes = 0;
        int count = 0;
        Map.Entry<Long, byte[]> entry = values.higherEntry(cursor);
        long last = 0;
        while (page.next()) {
            check(entry != null, "a scan shows an entry too many");
            checkBytes(buffer, page.keyOffset(), page.keyLength(), key(keys.get(entry.getKey())));
            checkBytes(buffer, page.valueOffset(), page.valueLength(), withValues ? entry.getValue() : EMPTY);
            bytes += EntryPage.ENTRY_OVERHEAD + page.keyLength() + page.valueLength();
            last = entry.getKey();
            check(++count == 1 || bytes <= maxBytes, "a page is too long");
            entry = values.higherEntry(last);
        }
        check(reply.number() == (entry == null ? 0 : last), "wrong cursor ", reply.number());
        check(last != 0 || entry == null, "an empty page before the end");
    }

    private static void checkBytes(
            final UnsafeBuffer buffer, final int offset, final int length, final byte[] expected) {
        final byte[] actual = new byte[length];
        buffer.getBytes(offset, actual);
        check(Arrays.equals(actual, expected), "a scan shows a wrong key or value");
    }

    private void checkGet(final int key, final Received reply) {
        final byte[] present = present(key);
        checkReply(reply, present == null ? Status.ABSENT : Status.OK, 0, present == null ? EMPTY : present);
    }

    private static void checkReply(final Received reply, final Status status, final long number, final byte[] value) {
        if (reply.status() != status || reply.number() != number || !Arrays.equals(reply.value(), value)) {
            throw new AssertionError("expected " + status + " " + number + " " + Arrays.toString(value) + ", was "
                    + reply + " " + reply.text());
        }
    }

    private byte[] present(final int key) {
        final Long number = numbers.get(key);
        return number == null ? null : values.get(number);
    }

    private static byte[] key(final int index) {
        return ByteBuffer.allocate(4 + index % 13).putInt(index).array();
    }

    /** A few values, so that conditions often hold. */
    private static byte[] value(final Random random) {
        final byte[] value = new byte[random.nextInt(3) * 9];
        if (value.length > 0) {
            value[random.nextBoolean() ? 0 : value.length - 1] = (byte) random.nextInt(2);
        }
        return value;
    }
}
