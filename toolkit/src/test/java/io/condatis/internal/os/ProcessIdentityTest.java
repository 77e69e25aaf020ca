package io.condatis.internal.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ProcessIdentityTest {
    @Test
    void shouldIdentifyThisProcess() {
        assertEquals(ProcessHandle.current().pid(), ProcessIdentity.pid());
        assertTrue(ProcessIdentity.startTicks() > 0);
        assertTrue(ProcessIdentity.pidNamespace() > 0);
        assertEquals(36, ProcessIdentity.bootId().length());
    }

    @Test
    void shouldKnowThatThisProcessCanRun() {
        assertTrue(ProcessIdentity.canRun(ProcessIdentity.pid(), ProcessIdentity.startTicks()));
    }

    @Test
    void shouldNotTakeALaterProcessForAnEarlierOne() {
        assertFalse(ProcessIdentity.canRun(ProcessIdentity.pid(), ProcessIdentity.startTicks() - 1));
    }

    @Test
    void shouldKnowThatNobodyRunsUnderAFreePid() {
        assertFalse(ProcessIdentity.canRun(Integer.MAX_VALUE, 1));
        assertEquals(new ProcessStatus((char) 0, 0, 0, 0), ProcessStatus.of("2147483647"));
    }

    @Test
    void shouldCountAZombieAsDeadOnlyWhenItsLastThreadHasEnded() {
        assertFalse(new ProcessStatus('Z', 0, 1, 5).canRun());
        assertTrue(new ProcessStatus('Z', 0, 2, 5).canRun());
        assertTrue(new ProcessStatus('T', 0, 1, 5).canRun());
    }
}
