package io.condatis.perf.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    @Test
    void shouldAlignFiguresBesideTheirBaselinesAndJudgeTheBars() {
        final Figure theirs = new Figure("theirs", "ns/op", List.of(4.0, 4.5, 5.25));
        final Figure ours = new Figure("our operation", "ns/op", List.of(12.0, 9.0, 1234.0));
        final Section section = new Section("locks")
                .add(theirs)
                .add(ours, theirs)
                .add(Bar.ratio(ours, theirs, 2.4))
                .note("read with care");

        assertEquals(
                """
                suite  what           median  least   most  unit   trials  ratio  to
                -----  -------------  ------  -----  -----  -----  ------  -----  ------
                locks  theirs           4.50   4.00   5.25  ns/op       3
                locks  our operation    12.0   9.00  1,234  ns/op       3   2.47  theirs

                Notes
                - locks: read with care

                suite  bar                     measured  below  verdict
                -----  ----------------------  --------  -----  -------
                locks  our operation / theirs      2.47   2.40  missed
                """,
                new Report(List.of(section)).text());
    }

    @Test
    void shouldShowNoTableOfBarsWhenThereAreNone() {
        final Section section = new Section("values").add(new Figure("get", "ns/op", List.of(0.8754)));

        assertEquals(
                """
                suite   what  median  least   most  unit   trials  ratio  to
                ------  ----  ------  -----  -----  -----  ------  -----  --
                values  get    0.875  0.875  0.875  ns/op       1
                """,
                new Report(List.of(section)).text());
    }
}
