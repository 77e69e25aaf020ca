package io.condatis.internal.client;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class LeadTest {
    private final Lead lead = new Lead();

    @Test
    void shouldBeTakenByOneAtATime() {
        assertFalse(lead.isTaken());
        assertTrue(lead.take());
        assertTrue(lead.isTaken());
        assertFalse(lead.take());

        lead.resign();

        assertFalse(lead.isTaken());
        assertTrue(lead.take());
    }

    @Test
    void shouldBeTakenFromAThreadThatHasEnded() throws InterruptedException {
        final Thread leader = new Thread(lead::take);
        leader.start();
        leader.join();
        assertTrue(lead.isTaken());

        assertTrue(lead.take());
        assertFalse(lead.take());
    }
}
