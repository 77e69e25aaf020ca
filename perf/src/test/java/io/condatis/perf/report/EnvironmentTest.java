package io.condatis.perf.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EnvironmentTest {
    @Test
    void shouldNameMachineJvmAndLoad() {
        final Environment environment = Environment.begin("condatis perf locks");
        environment.end();

        final String text = environment.text();
        for (final String fact :
                new String[] {"command", "processor", "cores", "kernel", "jdk", "jvm flags", "load average"}) {
            assertTrue(text.lines().anyMatch(line -> line.startsWith(fact + " ")), fact + " in\n" + text);
        }
        assertTrue(text.contains("condatis perf locks\n"), text);
    }

    @Test
    void shouldCallAMachineBusyWhenOthersRanOnIt() {
        assertEquals("quiet machine", Environment.judgement(0.02, 0.3));
        assertEquals("quiet machine", Environment.judgement(0.02, 3.9), "the load of a run before this one");
        assertEquals(
                "BUSY machine: others used 1.25 cores during the run; use ratios only, and with care",
                Environment.judgement(1.25, 0.3));
        assertEquals(
                "BUSY machine: load average 3.90 before the run; use ratios only, and with care",
                Environment.judgement(Double.NaN, 3.9));
        assertEquals("quiet machine", Environment.judgement(Double.NaN, Double.NaN));
    }

    @Test
    void shouldCountWhatTheMachineDidAndNotItsIdleTime() {
        final String stat = "cpu  100 20 3 4000 500 7 6 5 0 0\ncpu0 1 2 3 4 5 6 7 8 9 10\n";

        assertEquals(100 + 20 + 3 + 7 + 6 + 5, LoadMeter.machineTicks(stat));
        assertEquals(5, LoadMeter.stolenTicks(stat));
    }

    @Test
    void shouldCountItsOwnTimeAndThatOfItsChildren() {
        final String stat = "77 (a) b) S 1 77 77 0 -1 4194560 90 0 0 0 11 22 33 44 20 0 30 0 555 666";

        assertEquals(11 + 22 + 33 + 44, LoadMeter.ownTicks(stat));
    }
}
