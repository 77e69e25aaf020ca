package io.condatis.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.condatis.internal.protocol.EntryPage;
import io.condatis.internal.protocol.sbe.Condition;
import io.condatis.internal.protocol.sbe.Status;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StoredDictTest {
    private static final String ABSENT = "";

    private final StoreFixture fixture =
            new StoreFixture(new StoreLimits().maxValueBytes(100).maxTotalBytes(10_000)).sessions(1);
    private final int dict = fixture.dict(1);

    @Test
    void shouldAnswerTheValueWhenTheKeyIsPresent() {
        fixture.assertAnswer(fixture.get(1, dict, "k"), Status.ABSENT, 0, ABSENT);

        fixture.assertAnswer(fixture.put(1, dict, "k", "one"), Status.OK, 0, ABSENT);
        fixture.assertAnswer(fixture.get(1, dict, "k"), Status.OK, 0, "one");
        fixture.assertAnswer(fixture.put(1, dict, "k", "the second"), Status.OK, 1, "one");
        fixture.assertAnswer(fixture.get(1, dict, "k"), Status.OK, 0, "the second");
        fixture.assertAnswer(fixture.size(1, dict), Status.OK, 1, "");
    }

    @Test
    void shouldTakeEmptyKeysAndValues() {
        fixture.put(1, dict, "", "");

        fixture.assertAnswer(fixture.get(1, dict, ""), Status.OK, 0, "");
        fixture.assertAnswer(fixture.put(1, dict, "", "x"), Status.OK, 1, "");
    }

    @Test
    void shouldPutOnlyWhenTheConditionHolds() {
        fixture.assertAnswer(fixture.put(1, dict, Condition.IF_PRESENT, "k", "v", ""), Status.REFUSED, 0, ABSENT);
        fixture.assertAnswer(fixture.put(1, dict, Condition.IF_EQUAL, "k", "v", ""), Status.REFUSED, 0, ABSENT);
        fixture.assertAnswer(fixture.put(1, dict, Condition.IF_ABSENT, "k", "v", ""), Status.OK, 0, ABSENT);
        fixture.assertAnswer(fixture.put(1, dict, Condition.IF_ABSENT, "k", "w", ""), Status.REFUSED, 1, "v");
        fixture.assertAnswer(fixture.put(1, dict, Condition.IF_EQUAL, "k", "w", "u"), Status.REFUSED, 1, "v");
        fixture.assertAnswer(fixture.put(1, dict, Condition.IF_EQUAL, "k", "w", "v"), Status.OK, 1, "v");
        fixture.assertAnswer(fixture.put(1, dict, Condition.IF_PRESENT, "k", "x", ""), Status.OK, 1, "w");
        fixture.assertRefused(fixture.put(1, dict, Condition.NULL_VAL, "k", "x", ""), Status.ILLEGAL, "condition");
    }

    @Test
    void shouldRemoveOnlyWhenTheConditionHolds() {
        fixture.put(1, dict, "k", "v");

        fixture.assertAnswer(fixture.remove(1, dict, Condition.IF_EQUAL, "k", "w"), Status.REFUSED, 0, "v");
        fixture.assertAnswer(fixture.remove(1, dict, Condition.IF_EQUAL, "k", "v"), Status.OK, 0, "v");
        fixture.assertAnswer(fixture.remove(1, dict, Condition.ALWAYS, "k", ""), Status.ABSENT, 0, ABSENT);
        fixture.assertRefused(fixture.remove(1, dict, Condition.IF_ABSENT, "k", ""), Status.ILLEGAL, "condition");
    }

    @Test
    void shouldFindEveryKeyWhenManyWereAddedAndRemoved() {
        for (int i = 0; i < 60; i++) {
            fixture.put(1, dict, "key-" + i, "v" + i);
        }
        for (int i = 0; i < 60; i += 2) {
            fixture.assertAnswer(fixture.remove(1, dict, Condition.ALWAYS, "key-" + i, ""), Status.OK, 0, "v" + i);
        }

        for (int i = 0; i < 60; i++) {
            fixture.assertAnswer(
                    fixture.get(1, dict, "key-" + i),
                    i % 2 == 0 ? Status.ABSENT : Status.OK,
                    0,
                    i % 2 == 0 ? "" : "v" + i);
        }
        fixture.assertAnswer(fixture.size(1, dict), Status.OK, 30, "");
    }

    @Test
    void shouldShowEachLastingEntryOnceWhenTheDictChangesDuringTheScan() {
        for (int i = 0; i < 20; i++) {
            fixture.put(1, dict, "stay-" + i, "v");
            fixture.put(1, dict, "go-" + i, "v");
        }
        final List<String> seen = new ArrayList<>();
        long cursor = 0;
        int page = 0;
        do {
            final Received answer = fixture.answer(fixture.scan(1, dict, cursor, 40));
            keys(answer, seen);
            cursor = answer.number();
            fixture.remove(1, dict, Condition.ALWAYS, "go-" + page, "");
            fixture.remove(1, dict, Condition.ALWAYS, "go-" + (19 - page), "");
            fixture.put(1, dict, "new-" + page++, "v");
            fixture.put(1, dict, "stay-5", "changed" + page);
        } while (cursor != 0);

        for (int i = 0; i < 20; i++) {
            final String key = "stay-" + i;
            assertEquals(1, seen.stream().filter(key::equals).count(), key);
        }
        assertEquals(seen.size(), seen.stream().distinct().count());
    }

    @Test
    void shouldKeepInsertionOrderWhenAValueIsReplaced() {
        fixture.put(1, dict, "a", "1");
        fixture.put(1, dict, "b", "2");
        fixture.put(1, dict, "a", "3");

        assertEquals(List.of("a", "b"), keys(fixture.answer(fixture.scan(1, dict, 0, 1_000)), new ArrayList<>()));
    }

    @Test
    void shouldShowOneEntryWhenThePageIsTooSmallForIt() {
        fixture.put(1, dict, "a", "0123456789");
        fixture.put(1, dict, "b", "0123456789");

        final Received first = fixture.answer(fixture.scan(1, dict, 0, 1));
        assertEquals(List.of("a"), keys(first, new ArrayList<>()));
        final Received second = fixture.answer(fixture.scan(1, dict, first.number(), -1));
        assertEquals(List.of("b"), keys(second, new ArrayList<>()));
        assertEquals(0, second.number());
    }

    @Test
    void shouldBeEmptyAfterClear() {
        fixture.put(1, dict, "a", "1");
        fixture.put(1, dict, "b", "2");

        fixture.assertAnswer(fixture.clear(1, dict), Status.OK, 2, "");
        fixture.assertAnswer(fixture.size(1, dict), Status.OK, 0, "");
        fixture.assertAnswer(fixture.scan(1, dict, 0, 100), Status.OK, 0, "");
        fixture.assertAnswer(fixture.get(1, dict, "a"), Status.ABSENT, 0, "");
    }

    @Test
    void shouldRefuseAndChangeNothingWhenAnEntryIsTooLarge() {
        fixture.put(1, dict, "k", "v");

        fixture.assertRefused(
                fixture.put(1, dict, "k", "x".repeat(100)), Status.LIMIT, "the limit is 100 (maxValueBytes)");
        fixture.assertAnswer(fixture.get(1, dict, "k"), Status.OK, 0, "v");
        fixture.assertAnswer(fixture.put(1, dict, "k", "x".repeat(99)), Status.OK, 1, "v");
    }

    @Test
    void shouldRefuseWhenTheTotalIsUsedUpAndAcceptAgainAfterARemoval() {
        int count = 0;
        while (fixture.answer(fixture.put(1, dict, "key" + count, "x".repeat(50)))
                        .status()
                == Status.OK) {
            count++;
        }

        assertEquals(10_000 / (StoreLimits.OVERHEAD_BYTES + 50 + 5), count);
        fixture.assertRefused(fixture.put(1, dict, "y", "x".repeat(50)), Status.LIMIT, "10000 bytes (maxTotalBytes)");
        fixture.remove(1, dict, Condition.ALWAYS, "key1", "");
        fixture.assertStatus(fixture.put(1, dict, "y", "x".repeat(50)), Status.OK);
        fixture.clear(1, dict);
        fixture.assertStatus(fixture.put(1, dict, "z", "x".repeat(50)), Status.OK);
    }

    private static List<String> keys(final Received answer, final List<String> into) {
        final UnsafeBuffer buffer = new UnsafeBuffer(answer.value());
        final EntryPage.Reader page = new EntryPage.Reader().wrap(buffer, 0, buffer.capacity());
        while (page.next()) {
            into.add(buffer.getStringWithoutLengthUtf8(page.keyOffset(), page.keyLength()));
        }
        return into;
    }
}
