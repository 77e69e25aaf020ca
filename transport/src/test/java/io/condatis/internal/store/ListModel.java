package io.condatis.internal.store;

import static io.condatis.internal.store.QueueModel.check;

import io.condatis.internal.protocol.ItemPage;
import io.condatis.internal.protocol.sbe.Condition;
import io.condatis.internal.protocol.sbe.Flag;
import io.condatis.internal.protocol.sbe.Status;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/** What a list must do. */
final class ListModel implements ContainerModel {
    private static final int END = -1;
    private static final byte[] EMPTY = {};

    private final List<byte[]> items = new ArrayList<>();
    private long moves;
    private long changes;

    @Override
    public void request(final SimulatedRequest request, final int list, final Random random) {
        switch (random.nextInt(14)) {
            case 0, 1 -> insert(request, list, random);
            case 2 -> get(request, list, random);
            case 3, 4 -> set(request, list, random);
            case 5, 6 -> remove(request, list, random);
            case 7, 8 -> find(request, list, random);
            case 9 -> scan(request, list, random);
            case 10 -> replace(request, list, random);
            case 11 -> removeAll(request, list, random);
            case 12 -> removeSome(request, list, random);
            default -> reorder(request, list, random);
        }
    }

    private void insert(final SimulatedRequest request, final int list, final Random random) {
        final long wanted = count(random, moves);
        final int index = random.nextInt(4) == 0 ? END : index(random);
        final List<byte[]> more = some(random, items.size() > 60 ? 1 : 5);
        request.encoder = out -> ContainerRequests.to(out, request.correlation, list)
                .insert(wanted, index, ContainerRequests.items(more));
        request.expectation = reply -> {
            final int at = index == END ? items.size() : index;
            if (isGranted(reply, wanted, moves, () -> at <= items.size())) {
                moves += at < items.size() && !more.isEmpty() ? 1 : 0;
                changes += more.isEmpty() ? 0 : 1;
                items.addAll(at, more);
                checkReply(reply, Status.OK, moves, EMPTY);
            }
        };
    }

    private void get(final SimulatedRequest request, final int list, final Random random) {
        final int index = index(random);
        request.encoder =
                out -> ContainerRequests.to(out, request.correlation, list).get(index);
        request.expectation = reply -> {
            if (isGranted(reply, -1, 0, () -> index < items.size())) {
                checkReply(reply, Status.OK, items.size(), items.get(index));
            }
        };
    }

    private void set(final SimulatedRequest request, final int list, final Random random) {
        final long wanted = count(random, moves);
        final int index = index(random);
        final byte[] item = item(random);
        final byte[] expected = item(random);
        final Condition condition = random.nextBoolean() ? Condition.ALWAYS : Condition.IF_EQUAL;
        request.encoder = out ->
                ContainerRequests.to(out, request.correlation, list).set(wanted, index, condition, item, expected);
        request.expectation = reply -> {
            if (!isGranted(reply, wanted, moves, () -> index < items.size())) {
                return;
            }
            final byte[] present = items.get(index);
            if (condition == Condition.IF_EQUAL && !Arrays.equals(present, expected)) {
                checkReply(reply, Status.REFUSED, 0, present);
            } else {
                checkReply(reply, Status.OK, 0, present);
                items.set(index, item);
                changes++;
            }
        };
    }

    private void remove(final SimulatedRequest request, final int list, final Random random) {
        final long wanted = count(random, moves);
        final int from = random.nextInt(4) == 0 ? END : index(random);
        final int to = from == END || random.nextInt(30) == 0 ? END : from + random.nextInt(4);
        request.encoder =
                out -> ContainerRequests.to(out, request.correlation, list).remove(wanted, from, to);
        request.expectation = reply -> {
            final int first = from == END ? items.size() - 1 : from;
            final int behind = to == END ? items.size() : to;
            if (!isGranted(reply, wanted, moves, () -> first >= 0 && first <= behind && behind <= items.size())) {
                return;
            }
            final List<byte[]> range = items.subList(first, behind);
            final byte[] removed = range.size() == 1 ? range.get(0) : EMPTY;
            if (!range.isEmpty()) {
                moves++;
                changes++;
            }
            range.clear();
            checkReply(reply, Status.OK, moves, removed);
        };
    }

    private void find(final SimulatedRequest request, final int list, final Random random) {
        final byte[] item = item(random);
        final boolean backwards = random.nextBoolean();
        final boolean remove = random.nextInt(4) == 0;
        final int from = random.nextInt(3) == 0 ? (backwards ? END : 0) : index(random);
        final int to = random.nextInt(3) > 0 ? (backwards ? 0 : END) : index(random);
        request.encoder = out -> ContainerRequests.to(out, request.correlation, list)
                .find(from, to, backwards ? Flag.YES : Flag.NO, remove ? Flag.YES : Flag.NO, item);
        request.expectation = reply -> {
            final int found = backwards ? last(item, from, to) : first(item, from, to);
            checkReply(reply, found == END ? Status.ABSENT : Status.OK, found, EMPTY);
            if (remove && found != END) {
                items.remove(found);
                moves++;
                changes++;
            }
        };
    }

    private int first(final byte[] item, final int from, final int to) {
        final int end = to == END ? items.size() : Math.min(to, items.size());
        for (int i = from; i < end; i++) {
            if (Arrays.equals(items.get(i), item)) {
                return i;
            }
        }
        return END;
    }

    private int last(final byte[] item, final int from, final int to) {
        final int first = from == END ? items.size() - 1 : Math.min(from, items.size() - 1);
        for (int i = first; i >= to; i--) {
            if (Arrays.equals(items.get(i), item)) {
                return i;
            }
        }
        return END;
    }

    private void scan(final SimulatedRequest request, final int list, final Random random) {
        if (random.nextInt(4) == 0) {
            request.encoder =
                    out -> ContainerRequests.to(out, request.correlation, list).size();
            request.expectation = reply -> checkReply(reply, Status.OK, items.size(), EMPTY);
            return;
        }
        final long wanted = count(random, moves);
        final int from = index(random);
        final int to = random.nextBoolean() ? END : from + random.nextInt(20);
        final int maxBytes = random.nextInt(150);
        request.encoder =
                out -> ContainerRequests.to(out, request.correlation, list).scan(wanted, from, to, maxBytes);
        request.expectation = reply -> {
            if (isGranted(reply, wanted, moves, () -> true)) {
                checkPage(reply, from, to == END ? items.size() : Math.min(to, items.size()), maxBytes);
            }
        };
    }

    private void checkPage(final Received reply, final int from, final int to, final int maxBytes) {
        check(reply.status() == Status.OK && reply.number() == items.size(), "a scan was answered ", reply);
        final UnsafeBuffer buffer = new UnsafeBuffer(reply.value());
        check(buffer.getLong(ItemPage.SCAN_MOVES_OFFSET, ByteOrder.LITTLE_ENDIAN) == moves, "wrong moves");
        check(buffer.getLong(ItemPage.SCAN_CHANGES_OFFSET, ByteOrder.LITTLE_ENDIAN) == changes, "wrong changes");
        final int bytes = buffer.capacity() - ItemPage.SCAN_ITEMS_OFFSET;
        final ItemPage.Reader page = new ItemPage.Reader().wrap(buffer, ItemPage.SCAN_ITEMS_OFFSET, bytes);
        int index = from;
        while (page.next()) {
            final byte[] item = new byte[page.length()];
            buffer.getBytes(page.offset(), item);
            check(index < to && Arrays.equals(item, items.get(index)), "a scan shows a wrong item");
            index++;
        }
        check(index > from || from >= to, "an empty page before the end");
        check(index - from == 1 || bytes <= Math.max(0, maxBytes), "a page is too long");
    }

    private void replace(final SimulatedRequest request, final int list, final Random random) {
        final long wanted = count(random, changes);
        final int from = index(random);
        final List<byte[]> others = some(random, 4);
        request.encoder = out -> ContainerRequests.to(out, request.correlation, list)
                .replace(wanted, from, ContainerRequests.items(others));
        request.expectation = reply -> {
            if (isGranted(reply, wanted, changes, () -> from + others.size() <= items.size())) {
                for (int i = 0; i < others.size(); i++) {
                    items.set(from + i, others.get(i));
                    changes++;
                }
                checkReply(reply, Status.OK, changes, EMPTY);
            }
        };
    }

    private void reorder(final SimulatedRequest request, final int list, final Random random) {
        final long wanted = count(random, changes);
        final int from = index(random);
        final List<Integer> places = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            places.add(places.size());
        }
        Collections.shuffle(places, random);
        final int[] order = places.stream().mapToInt(place -> place).toArray();
        request.encoder =
                out -> ContainerRequests.to(out, request.correlation, list).reorder(wanted, from, order);
        request.expectation = reply -> {
            if (isGranted(reply, wanted, changes, () -> from + order.length <= items.size())) {
                final List<byte[]> range = new ArrayList<>(items.subList(from, from + order.length));
                for (int i = 0; i < order.length; i++) {
                    items.set(from + i, range.get(order[i]));
                }
                moves++;
                changes++;
                checkReply(reply, Status.OK, changes, EMPTY);
            }
        };
    }

    private void removeAll(final SimulatedRequest request, final int list, final Random random) {
        final boolean retain = random.nextInt(4) == 0;
        final List<byte[]> given = some(random, retain ? 9 : 3);
        request.encoder = out -> ContainerRequests.to(out, request.correlation, list)
                .removeAll(retain ? Flag.YES : Flag.NO, ContainerRequests.items(given));
        request.expectation = reply -> {
            final int before = items.size();
            items.removeIf(item -> given.stream().anyMatch(one -> Arrays.equals(one, item)) != retain);
            moves += items.size() < before ? 1 : 0;
            changes += items.size() < before ? 1 : 0;
            checkReply(reply, Status.OK, before - items.size(), EMPTY);
        };
    }

    private void removeSome(final SimulatedRequest request, final int list, final Random random) {
        final long wanted = count(random, changes);
        final int[] indexes = random.ints(random.nextInt(4), 0, items.size() + 1)
                .sorted()
                .distinct()
                .toArray();
        request.encoder =
                out -> ContainerRequests.to(out, request.correlation, list).removeSome(wanted, indexes);
        request.expectation = reply -> {
            final int behind = indexes.length == 0 ? 0 : indexes[indexes.length - 1] + 1;
            if (isGranted(reply, wanted, changes, () -> behind <= items.size())) {
                for (int i = indexes.length - 1; i >= 0; i--) {
                    items.remove(indexes[i]);
                }
                moves += indexes.length > 0 ? 1 : 0;
                changes += indexes.length > 0 ? 1 : 0;
                checkReply(reply, Status.OK, moves, EMPTY);
            }
        };
    }

    /** Whether the request had to be granted; checks the answer otherwise. */
    private boolean isGranted(
            final Received reply, final long wanted, final long actual, final BooleanSupplier isWithin) {
        if (wanted != -1 && wanted != actual) {
            checkReply(reply, Status.REFUSED, -1, EMPTY);
            return false;
        }
        if (!isWithin.getAsBoolean()) {
            check(reply.status() == Status.OUT_OF_BOUNDS, "not out of bounds: ", reply);
            return false;
        }
        return true;
    }

    /** Any count, or the one that is right for now, which may be another when it arrives. */
    private static long count(final Random random, final long now) {
        return random.nextInt(3) > 0 ? -1 : now;
    }

    /** Mostly within. */
    private int index(final Random random) {
        return random.nextInt(items.size() + 2);
    }

    private static List<byte[]> some(final Random random, final int bound) {
        final List<byte[]> some = new ArrayList<>();
        for (int i = random.nextInt(bound); i > 0; i--) {
            some.add(item(random));
        }
        return some;
    }

    /** A few values, so that conditions often hold. */
    private static byte[] item(final Random random) {
        final byte[] item = new byte[random.nextInt(3) * 9];
        if (item.length > 0) {
            item[random.nextBoolean() ? 0 : item.length - 1] = (byte) random.nextInt(2);
        }
        return item;
    }

    private static void checkReply(final Received reply, final Status status, final long number, final byte[] value) {
        if (reply.status() != status || reply.number() != number || !Arrays.equals(reply.value(), value)) {
            throw new AssertionError("expected " + status + " " + number + " " + Arrays.toString(value) + ", was "
                    + reply + " " + reply.text());
        }
    }
}
