package io.condatis.examples.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.examples.desk.book.Book;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class KillTest {
    @Test
    void shouldPlanTheSameKillsWhenSeedIsTheSame() {
        assertEquals(Kill.plan(4, 5, 5_882), Kill.plan(4, 5, 5_882));
        assertNotEquals(Kill.plan(4, 5, 5_882), Kill.plan(5, 5, 5_882));
    }

    @Test
    void shouldPutEachKillBeforeTheTradesRunOutWhenThereAreJustEnoughTrades() {
        for (int kills = 0; kills < 50; kills++) {
            final List<Kill> plan = Kill.plan(1, kills, kills + 1);

            assertEquals(kills, plan.size());
            for (int i = 0; i < kills; i++) {
                assertEquals(i, plan.get(i).sequence());
                assertEquals(i + 1, plan.get(i).releaseUpTo());
            }
        }
    }

    @Test
    void shouldKillInsideAndOutsideWhenThereAreManyKills() {
        final List<Kill> plan = Kill.plan(1, 100, 200_000);

        final long inside =
                plan.stream().filter(kill -> kill.place() == Kill.Place.INSIDE).count();
        assertTrue(inside > 20 && inside < 80, inside + " inside");
        assertTrue(plan.stream().allMatch(kill -> kill.step() >= Book.FIRST_CHANGE && kill.step() < Book.STEPS));
        assertTrue(plan.stream().allMatch(kill -> kill.sequence() < kill.releaseUpTo()));
    }
}
