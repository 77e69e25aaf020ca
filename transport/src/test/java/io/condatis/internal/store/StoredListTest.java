package io.condatis.internal.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.condatis.internal.protocol.ReferenceDescriptor;
import io.condatis.internal.protocol.sbe.Condition;
import io.condatis.internal.protocol.sbe.Flag;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StoredListTest {
    private static final long ANY = -1;
    private static final int END = -1;

    private final StoreFixture fixture =
            new StoreFixture(new StoreLimits().maxValueBytes(100).maxTotalBytes(10_000)).sessions(2);
    private final int list =
            (int) fixture.answer(fixture.open(1, Kind.LIST, "list", 0)).number();

    private long insert(final int index, final String... items) {
        return insertIf(ANY, index, items);
    }

    private long insertIf(final long moves, final int index, final String... items) {
        final List<byte[]> bytes =
                List.of(items).stream().map(StoreFixture::bytes).toList();
        return fixture.request(1, (out, correlation) -> ContainerRequests.to(out, correlation, list)
                .insert(moves, index, ContainerRequests.items(bytes)));
    }

    private long remove(final int from, final int to) {
        return fixture.request(1, (out, correlation) -> ContainerRequests.to(out, correlation, list)
                .remove(ANY, from, to));
    }

    private long find(final int from, final int to, final Flag backwards, final String item) {
        return fixture.request(1, (out, correlation) -> ContainerRequests.to(out, correlation, list)
                .find(from, to, backwards, Flag.NO, StoreFixture.bytes(item)));
    }

    private String get(final int index) {
        return fixture.answer(fixture.request(1, (out, correlation) -> ContainerRequests.to(out, correlation, list)
                        .get(index)))
                .text();
    }

    private long size() {
        return fixture.answer(fixture.request(1, (out, correlation) -> ContainerRequests.to(out, correlation, list)
                        .size()))
                .number();
    }

    @Test
    void shouldCountAMoveOnlyWhenAnItemThatStaysGetsAnotherIndex() {
        fixture.assertAnswer(insert(END, "a", "b"), Status.OK, 0, "");
        fixture.assertAnswer(insert(2, "c"), Status.OK, 0, "");
        fixture.assertAnswer(insert(1, "x"), Status.OK, 1, "");
        fixture.assertAnswer(insertIf(0, END, "y"), Status.REFUSED, -1, "");
        fixture.assertAnswer(insertIf(1, END, "d"), Status.OK, 1, "");
        fixture.assertAnswer(remove(1, 2), Status.OK, 2, "x");
        fixture.assertAnswer(remove(END, END), Status.OK, 3, "d");
        fixture.assertAnswer(insert(0), Status.OK, 3, "");

        assertEquals(List.of("a", "b", "c"), List.of(get(0), get(1), get(2)));
    }

    @Test
    void shouldRefuseWhatIsOutOfBoundsAndChangeNothing() {
        insert(END, "a");

        fixture.assertRefused(insert(2, "x"), Status.OUT_OF_BOUNDS, "list of 1 items");
        fixture.assertRefused(insert(-7, "x"), Status.OUT_OF_BOUNDS, "-7");
        fixture.assertRefused(remove(0, 2), Status.OUT_OF_BOUNDS, "range of 2");
        fixture.assertRefused(remove(1, 0), Status.OUT_OF_BOUNDS, "range");
        fixture.assertRefused(remove(Integer.MAX_VALUE, Integer.MIN_VALUE), Status.OUT_OF_BOUNDS, "index");
        assertEquals(1, size());
    }

    @Test
    void shouldStoreAllItemsOfAPageOrNone() {
        fixture.assertRefused(insert(END, "a", "x".repeat(90)), Status.LIMIT, "maxValueBytes");
        assertEquals(0, size());
        final String[] many = Collections.nCopies(200, "x".repeat(20)).toArray(String[]::new);
        fixture.assertRefused(insert(END, many), Status.LIMIT, "maxTotalBytes");
        assertEquals(0, size());
        fixture.assertStatus(
                insert(END, Collections.nCopies(100, "x".repeat(20)).toArray(String[]::new)), Status.OK);
        fixture.assertRefused(insert(END, many), Status.LIMIT, "maxTotalBytes");
        fixture.assertStatus(remove(0, END), Status.OK);
        fixture.assertStatus(
                insert(END, Collections.nCopies(100, "y".repeat(20)).toArray(String[]::new)), Status.OK);
        assertEquals(100, size());
    }

    @Test
    void shouldExpelWhoeverSendsAGarbledPageOrOrder() {
        insert(END, "a", "b", "c");
        final byte[] cut = {5, 0, 0, 0, 1};

        assertThrows(
                ProtocolException.class,
                () -> fixture.request(1, (out, correlation) -> ContainerRequests.to(out, correlation, list)
                        .insert(ANY, 0, cut)));
        assertThrows(
                ProtocolException.class,
                () -> fixture.request(1, (out, correlation) -> ContainerRequests.to(out, correlation, list)
                        .reorder(ANY, 0, 0, 0)));
        assertThrows(
                ProtocolException.class,
                () -> fixture.request(1, (out, correlation) -> ContainerRequests.to(out, correlation, list)
                        .reorder(ANY, 0, 1, 2)));
        assertEquals(List.of("a", "b", "c"), List.of(get(0), get(1), get(2)));
    }

    @Test
    void shouldSearchInSlices() {
        final StoreFixture large = new StoreFixture().sessions(1);
        final int id = (int) large.answer(large.open(1, Kind.LIST, "large", 0)).number();
        final byte[] page = ContainerRequests.items(Collections.nCopies(ListType.FIND_SLICE + 10, new byte[1]));
        large.request(1, (out, correlation) -> ContainerRequests.to(out, correlation, id)
                .insert(ANY, END, page));
        final byte[] last = ContainerRequests.items(List.of(StoreFixture.bytes("last")));
        large.request(1, (out, correlation) -> ContainerRequests.to(out, correlation, id)
                .insert(ANY, END, last));

        large.assertAnswer(
                large.request(1, (out, correlation) -> ContainerRequests.to(out, correlation, id)
                        .find(0, END, Flag.NO, Flag.NO, StoreFixture.bytes("last"))),
                Status.ABSENT,
                ListType.FIND_SLICE,
                "");
        large.assertAnswer(
                large.request(1, (out, correlation) -> ContainerRequests.to(out, correlation, id)
                        .find(ListType.FIND_SLICE, END, Flag.NO, Flag.NO, StoreFixture.bytes("last"))),
                Status.OK,
                ListType.FIND_SLICE + 10,
                "");
        large.assertAnswer(
                large.request(1, (out, correlation) -> ContainerRequests.to(out, correlation, id)
                        .find(END, 0, Flag.YES, Flag.NO, StoreFixture.bytes("none"))),
                Status.ABSENT,
                10,
                "");
        large.assertAnswer(
                large.request(1, (out, correlation) -> ContainerRequests.to(out, correlation, id)
                        .find(10, 0, Flag.YES, Flag.NO, StoreFixture.bytes("none"))),
                Status.ABSENT,
                -1,
                "");
    }

    @Test
    void shouldSearchOnlyWhatIsThere() {
        fixture.assertAnswer(find(0, END, Flag.NO, "a"), Status.ABSENT, -1, "");
        fixture.assertAnswer(find(END, 0, Flag.YES, "a"), Status.ABSENT, -1, "");
        insert(END, "a", "b", "a");
        fixture.assertAnswer(find(1, END, Flag.NO, "a"), Status.OK, 2, "");
        fixture.assertAnswer(find(1, 2, Flag.NO, "a"), Status.ABSENT, -1, "");
        fixture.assertAnswer(find(9, 12, Flag.NO, "a"), Status.ABSENT, -1, "");
        fixture.assertAnswer(find(9, 0, Flag.YES, "a"), Status.OK, 2, "");
        fixture.assertAnswer(find(1, 0, Flag.YES, "a"), Status.OK, 0, "");
        fixture.assertAnswer(find(1, 1, Flag.YES, "a"), Status.ABSENT, -1, "");
        fixture.assertAnswer(find(1, Integer.MIN_VALUE, Flag.NO, "x"), Status.ABSENT, -1, "");
        fixture.assertAnswer(find(Integer.MIN_VALUE, Integer.MAX_VALUE, Flag.YES, "x"), Status.ABSENT, -1, "");
        fixture.assertAnswer(find(Integer.MAX_VALUE, Integer.MIN_VALUE, Flag.YES, "x"), Status.ABSENT, -1, "");
        fixture.assertAnswer(find(Integer.MIN_VALUE, Integer.MAX_VALUE, Flag.NO, "b"), Status.OK, 1, "");
    }

    @Test
    void shouldKeepItsOrderWhateverSideItGrowsAndShrinksOn() {
        final Core core = new Core(new RecordingOutbox(), new SimulatedWindows(), new StoreLimits());
        final StoredList stored = new StoredList(core, 1);
        final List<Byte> model = new ArrayList<>();
        final Random random = new Random(11);
        final UnsafeBuffer item = new UnsafeBuffer(new byte[1]);
        for (int i = 0; i < 40_000; i++) {
            final boolean grow = random.nextInt(20_000) > model.size() - (i < 20_000 ? 0 : 20_000);
            final int side = random.nextInt(4);
            if (grow || model.isEmpty()) {
                final int at = side == 0 ? 0 : side == 1 ? model.size() : random.nextInt(model.size() + 1);
                item.putByte(0, (byte) i);
                stored.open(at, 1);
                stored.fill(at, item, 0, 1);
                model.add(at, (byte) i);
            } else {
                final int from = side == 0 ? 0 : random.nextInt(model.size());
                final int to = Math.min(model.size(), from + random.nextInt(3));
                stored.remove(from, to);
                model.subList(from, to).clear();
            }
        }
        assertEquals(model.size(), stored.size());
        for (int i = 0; i < model.size(); i++) {
            assertEquals(model.get(i), stored.get(i).bytes()[Body.OFFSET]);
        }
        assertEquals((1L + StoreLimits.OVERHEAD_BYTES) * model.size(), core.budget.used());
        stored.delete();
        assertEquals(0, core.budget.used());
    }

    @Test
    void shouldKeepAnAnonymousObjectWhileAnItemRefersToIt() {
        final int inner = fixture.make(1, Kind.DICT);
        final byte[] reference = new byte[ReferenceDescriptor.LENGTH];
        ReferenceDescriptor.put(new UnsafeBuffer(reference), 0, Kind.DICT, inner);
        final byte[] page = ContainerRequests.items(List.of(reference));
        fixture.request(1, (out, correlation) -> ContainerRequests.to(out, correlation, list)
                .insert(ANY, END, page));
        fixture.release(1, inner, 1);
        assertEquals(2, fixture.objectCount(1));

        fixture.request(2, (out, correlation) -> ContainerRequests.to(out, correlation, list)
                .scan(ANY, 0, END, 90));
        fixture.request(1, (out, correlation) -> ContainerRequests.to(out, correlation, list)
                .set(ANY, 0, Condition.ALWAYS, new byte[1], new byte[0]));
        assertEquals(2, fixture.objectCount(1), "sessions were sent it");
        fixture.release(1, inner, 1);
        assertEquals(2, fixture.objectCount(1));
        fixture.close(2);
        assertEquals(1, fixture.objectCount(1));
        fixture.assertRefused(
                fixture.request(1, (out, correlation) -> ContainerRequests.to(out, correlation, list)
                        .insert(ANY, END, page)),
                Status.ILLEGAL,
                "does not exist");
        assertEquals(1, size());
    }

    @Test
    void shouldHaveTheSameBytesWhenLoadedIntoAnotherStore() {
        insert(END, "a", "b", "");
        insert(0, "z");
        final int array = (int) fixture.answer(fixture.request(
                        1, (out, correlation) -> out.open(correlation, Kind.ARRAY, "array", ArrayModel.ARGUMENT)))
                .number();
        fixture.request(1, (out, correlation) -> ContainerRequests.to(out, correlation, array)
                .arrayAdd(3, -5));
        final int set =
                (int) fixture.answer(fixture.open(1, Kind.SET, "set", 0)).number();
        fixture.put(1, set, "element", "");
        fixture.open(1, Kind.NAMESPACE, "namespace", 0);
        fixture.open(1, Kind.VALUE, "value", 0);
        final byte[] before = fixture.snapshot();

        fixture.reload();
        assertArrayEquals(before, fixture.snapshot());
        assertEquals("z", get(0));
        fixture.assertAnswer(insert(0, "first"), Status.OK, 2, "");
    }
}
